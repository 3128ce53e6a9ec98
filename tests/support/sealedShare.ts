import { createHash } from 'node:crypto';
import { MemoryReader } from '../../web/src/engine/byteReader';
import { encryptPieces } from '../../web/src/share/chunks';
import { type Bytes, toBase64url } from '../../web/src/share/encoding';
import { fileKey, randomBytes } from '../../web/src/share/keys';
import { linkText, type ShareLink } from '../../web/src/share/link';
import { type Manifest, piecesOf, type SharedFile, sealManifest } from '../../web/src/share/manifest';
import { ShareServer } from '../../web/src/share/shareServer';

export interface SealedFile {
  readonly file: SharedFile;
  /** Ciphertext by the name of the piece. */
  readonly bodies: ReadonlyMap<string, Bytes>;
}

export async function sealFile(secret: Bytes, bytes: Bytes, perPiece: number): Promise<SealedFile> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const key = await fileKey(secret, sha256);
  const bodies = new Map<string, Bytes>();
  const pieces = [];
  for await (const { piece, body } of encryptPieces(new MemoryReader(bytes), key, perPiece)) {
    pieces.push(piece);
    bodies.set(piece.id, body);
  }
  const file = { key: toBase64url(key), sha256, bytes: bytes.length, chunksPerPiece: perPiece, pieces };
  return { file, bodies };
}

/** What a share is made of; a source's id is that of the document, its file what travels. */
export interface ShareContent {
  readonly right: Manifest['right'];
  readonly title: string;
  readonly mix: Manifest['mix'];
  readonly preview: { readonly bytes: Bytes; readonly mimeType: Manifest['preview']['mimeType'] };
  readonly project?: {
    readonly json: Bytes;
    readonly sources: readonly {
      readonly id: string;
      readonly name: string;
      readonly ext: string;
      readonly bytes: Bytes;
    }[];
  };
  readonly markers?: Manifest['markers'];
  readonly waveform?: string;
  readonly revision?: number;
}

export interface SealedShare {
  readonly manifest: Manifest;
  readonly bodies: Map<string, Bytes>;
}

export async function sealShare(
  content: ShareContent,
  secret: Bytes = randomBytes(32),
): Promise<SealedShare> {
  const bodies = new Map<string, Bytes>();
  const seal = async (bytes: Bytes, perPiece: number) => {
    const sealed = await sealFile(secret, bytes, perPiece);
    for (const [id, body] of sealed.bodies) bodies.set(id, body);
    return sealed.file;
  };
  const { title, right, mix, preview, project } = content;
  const sources = [];
  for (const { bytes, ...source } of project?.sources ?? []) {
    sources.push({ ...source, file: await seal(bytes, 4) });
  }
  const manifest: Manifest = {
    format: 'mixwell-share',
    version: 1,
    right,
    revision: content.revision ?? 1,
    title,
    sharedAt: Date.UTC(2026, 10, 21, 14, 20),
    tempoBpm: 96,
    mix,
    markers: content.markers ?? [],
    waveform: content.waveform ?? toBase64url(Uint8Array.from({ length: 400 }, (_, at) => 60 + (at % 120))),
    preview: { mimeType: preview.mimeType, file: await seal(preview.bytes, 1) },
    project: project ? { file: await seal(project.json, 1), sources } : null,
  };
  return { manifest, bodies };
}

export interface Published {
  readonly link: ShareLink;
  readonly text: string;
  readonly token: string;
  /** Publishes another state at the same link. */
  again(share: SealedShare, revision: number): Promise<void>;
}

const rounds = 1000;

/** Uploads a share as a browser does; `listed` leaves out pieces that the server is not to have. */
export async function publishShare(
  origin: string,
  share: SealedShare,
  options: { readonly password?: string; readonly expiresAt?: number; readonly withoutPieces?: boolean } = {},
): Promise<Published> {
  const server = new ShareServer(origin);
  const link: ShareLink = { origin, id: toBase64url(randomBytes(16)), key: randomBytes(32) };
  const token = toBase64url(randomBytes(32));
  const salt = randomBytes(16);
  const publish = async ({ manifest, bodies }: SealedShare, revision: number) => {
    const pieces = options.withoutPieces
      ? manifest.preview.file.pieces.map(({ id }) => id)
      : piecesOf(manifest);
    const places = await server.missing(pieces.map((id) => ({ id, bytes: bodies.get(id)?.length ?? 0 })));
    for (const place of places) await server.upload(place, bodies.get(place.id) as Bytes);
    const { password } = options;
    const lock = {
      linkKey: link.key,
      shareId: link.id,
      password: password === undefined ? null : { text: password, salt, iterations: rounds },
    };
    await server.publish(link.id, token, {
      manifest: await sealManifest(manifest, lock),
      pieces,
      password: password === undefined ? null : { salt: toBase64url(salt), iterations: rounds },
      expiresAt: options.expiresAt ?? null,
      revision,
    });
  };
  await publish(share, share.manifest.revision);
  return { link, text: linkText(link), token, again: publish };
}

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A hash that is none of anything. */
export const noHash = '0'.repeat(64);
