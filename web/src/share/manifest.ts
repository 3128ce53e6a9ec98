import { z } from 'zod';
import { type Bytes, fromBase64url, joined, utf8 } from './encoding';
import { manifestKey, randomBytes } from './keys';

z.config({ jitless: true });

/** A link's right. Who may more holds the keys of more files. */
export type Right = 'listen' | 'stems' | 'edit';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const title = z.string().max(400);

const fileSchema = z.object({
  /** base64url, 32 bytes. */
  key: z.string().refine((text) => fromBase64url(text)?.length === 32),
  /** Of the content. */
  sha256: hash,
  bytes: count,
  chunksPerPiece: z.number().int().min(1).max(4),
  pieces: z
    .array(
      z.object({
        id: hash,
        bytes: z
          .number()
          .int()
          .min(1)
          .max(4 * (1 << 20) + 64),
      }),
    )
    .min(1)
    .max(65_536),
});

const sourceSchema = z.object({
  /** As the document names it: the SHA-256 of the original file. */
  id: hash,
  name: title,
  /** Of the file that travels: 'flac' for integer PCM, else that of the original. */
  ext: z.string().regex(/^[a-z0-9]{1,8}$/),
  file: fileSchema,
});

const manifestSchema = z.object({
  format: z.literal('mixwell-share'),
  version: z.literal(1),
  right: z.enum(['listen', 'stems', 'edit']),
  /** Grows with every sharing of the same link. */
  revision: z.number().int().min(1),
  title,
  /** Milliseconds since 1970. */
  sharedAt: count,
  tempoBpm: z.number().positive().nullable(),
  mix: z.object({
    what: z.enum(['mix', 'master']),
    sampleRateHz: z.number().int().min(8000).max(192_000),
    frames: count,
    /** Of the 24-bit little-endian interleaved PCM that an export of the whole song writes. */
    pcmSha256: hash,
    engineVersion: z.string().max(100),
    integratedLufs: z.number().nullable(),
  }),
  markers: z.array(z.object({ frame: count, name: title })).max(2000),
  /** Peak of each column of the song, 0 to 255, base64url. */
  waveform: z.string().max(16_384),
  preview: z.object({
    /** As a media element takes it. */
    mimeType: z.enum(['audio/webm; codecs="opus"', 'audio/flac']),
    file: fileSchema,
  }),
  /**
   * Of 'stems' and 'edit': a project.json, and the sound it plays. With 'stems' it is a project of rendered stems, with 'edit' the
   * project itself.
   */
  project: z.object({ file: fileSchema, sources: z.array(sourceSchema).max(20_000) }).nullable(),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type SharedFile = z.infer<typeof fileSchema>;
export type SharedSource = z.infer<typeof sourceSchema>;

/** The longest manifest that is read, encrypted or not. */
export const maxManifestBytes = 4 << 20;

/** The link or the password does not open it, or the server changed it. */
export class ManifestRefused extends Error {
  override readonly name = 'ManifestRefused';

  constructor(
    readonly reason: 'key' | 'password' | 'newer',
    message: string,
  ) {
    super(message);
  }
}

export interface ManifestLock {
  readonly linkKey: Bytes;
  readonly shareId: string;
  readonly password: { readonly text: string; readonly salt: Bytes; readonly iterations: number } | null;
}

const ivBytes = 12;

/** Encrypts a manifest for the server: 12 bytes of nonce, then AES-256-GCM of the JSON. */
export async function sealManifest(manifest: Manifest, lock: ManifestLock): Promise<Bytes> {
  const iv = randomBytes(ivBytes);
  const key = await manifestKey(lock.linkKey, lock.shareId, lock.password);
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, utf8(JSON.stringify(manifest)));
  return joined(iv, new Uint8Array(sealed));
}

/** Throws ManifestRefused. */
export async function openManifest(sealed: Bytes, lock: ManifestLock): Promise<Manifest> {
  const key = await manifestKey(lock.linkKey, lock.shareId, lock.password);
  const iv = sealed.subarray(0, ivBytes);
  const opened = await crypto.subtle
    .decrypt({ name: 'AES-GCM', iv }, key, sealed.subarray(ivBytes))
    .catch(() => null);
  if (!opened) {
    throw lock.password
      ? new ManifestRefused('password', 'That is not the password of this link.')
      : new ManifestRefused('key', 'The key in the link does not open this session.');
  }
  const parsed = manifestSchema.safeParse(parseJson(opened));
  if (parsed.success) return parsed.data;
  throw new ManifestRefused(
    'newer',
    'This session was shared by a newer version of Mixwell: reload the page.',
  );
}

function parseJson(bytes: ArrayBuffer): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}

/** All pieces that a link's files consist of, each once. */
export function piecesOf(manifest: Manifest): string[] {
  const files = [
    manifest.preview.file,
    ...(manifest.project ? [manifest.project.file, ...manifest.project.sources.map(({ file }) => file)] : []),
  ];
  return [...new Set(files.flatMap(({ pieces }) => pieces.map(({ id }) => id)))];
}
