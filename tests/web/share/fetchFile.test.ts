import { afterEach, describe, expect, it, vi } from 'vitest';
import { chunkBytes, PieceDamaged } from '../../../web/src/share/chunks';
import { type Bytes, toBase64url } from '../../../web/src/share/encoding';
import { fetchFile, fetchWhole } from '../../../web/src/share/fetchFile';
import { randomBytes } from '../../../web/src/share/keys';
import { isBearable, lockOf } from '../../../web/src/share/lock';
import { type Manifest, ManifestRefused, openManifest, sealManifest } from '../../../web/src/share/manifest';
import { ServerRefusal, ShareServer } from '../../../web/src/share/shareServer';
import { noHash, sealFile, sealShare } from '../../support/sealedShare';

const content = (length: number, seed: number): Bytes =>
  Uint8Array.from({ length }, (_, at) => (at * seed + (at >> 8) * 7) & 255);

const secret = randomBytes(32);
const file = await sealFile(secret, content(3 * chunkBytes + 17, 31), 1);
const other = await sealFile(secret, content(3 * chunkBytes + 17, 37), 1);
const ids = file.file.pieces.map(({ id }) => id);
const server = new ShareServer('http://localhost:1');

/** Answers for pieces; what is not said is the piece itself. */
function answering(change: (id: string, body: Bytes) => Bytes | ReadableStream | Response): void {
  vi.stubGlobal('fetch', async (url: URL) => {
    const id = url.pathname.split('/').at(-1) ?? '';
    const body = file.bodies.get(id) ?? other.bodies.get(id) ?? new Uint8Array(0);
    const answer = change(id, body);
    return answer instanceof Response ? answer : new Response(answer as BodyInit);
  });
}

async function fetched(wanted = file.file): Promise<Buffer> {
  const parts: Bytes[] = [];
  for await (const part of fetchFile(server, 'share', wanted)) parts.push(part);
  return Buffer.concat(parts);
}

afterEach(() => vi.unstubAllGlobals());

describe('a file that is fetched', () => {
  it('comes piece by piece, as it was', async () => {
    answering((_, body) => body);
    expect((await fetched()).equals(content(3 * chunkBytes + 17, 31))).toBe(true);
  });

  it.each<[string, (body: Bytes) => Bytes]>([
    ['with one bit flipped', (body) => body.map((byte, at) => (at === 5000 ? byte ^ 4 : byte))],
    ['cut short', (body) => body.slice(0, -1)],
    ['empty', () => new Uint8Array(0)],
    ['longer than it is', (body) => new Uint8Array([...body.subarray(0, 10), ...body])],
  ])('names the piece that comes %s', async (_, change) => {
    answering((id, body) => (id === ids[1] ? change(body) : body));
    const error = await fetched().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(PieceDamaged);
    expect((error as PieceDamaged).pieceId).toBe(ids[1]);
  });

  it('names a piece in whose place another of the file, or of another file, comes', async () => {
    for (const wrong of [ids[2], other.file.pieces[1]?.id]) {
      const body = file.bodies.get(wrong as string) ?? other.bodies.get(wrong as string);
      answering((id, right) => (id === ids[1] ? (body as Bytes) : right));
      await expect(fetched()).rejects.toMatchObject({ name: 'PieceDamaged', pieceId: ids[1] });
    }
  });

  it('is refused where a manifest swaps its pieces, leaves one out, or names another length', async () => {
    answering((_, body) => body);
    const { pieces, ...facts } = file.file;
    const [first, second, ...rest] = pieces;
    if (!first || !second) throw new Error('too few pieces');
    await expect(fetched({ ...facts, pieces: [second, first, ...rest] })).rejects.toThrow(PieceDamaged);
    await expect(fetched({ ...facts, pieces: [first, ...rest] })).rejects.toThrow(PieceDamaged);
    await expect(fetched({ ...facts, pieces, bytes: facts.bytes - 1 })).rejects.toThrow(PieceDamaged);
    await expect(fetched({ ...facts, pieces, sha256: noHash })).rejects.toThrow(PieceDamaged);
  });

  it('is never read further than announced: a server that sends without end is left', async () => {
    let sent = 0;
    let left = false;
    const endless = () =>
      new ReadableStream({
        pull(controller) {
          sent += 65_536;
          controller.enqueue(new Uint8Array(65_536));
        },
        cancel() {
          left = true;
        },
      });
    answering((id, body) => (id === ids[0] ? endless() : body));
    await expect(fetched()).rejects.toThrow(PieceDamaged);
    expect(left).toBe(true);
    expect(sent).toBeLessThan(2 * chunkBytes);
  });

  it('is not begun where it is larger than its kind', async () => {
    answering(() => {
      throw new Error('asked');
    });
    await expect(fetchWhole(server, 'share', file.file, chunkBytes)).rejects.toThrow('larger than any');
  });
});

describe('a share that is asked for', () => {
  it('is refused where the answer is larger than any, or none of ours', async () => {
    let sent = 0;
    const endless = new ReadableStream({
      pull(controller) {
        sent += 1 << 20;
        controller.enqueue(new Uint8Array(1 << 20).fill(32));
      },
    });
    for (const body of [endless, '<html>', '{"manifest":']) {
      answering(() => new Response(body));
      const error = await server.record('id').catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(ServerRefusal);
      expect(error).toMatchObject({ code: 'odd-answer', passes: false });
    }
    expect(sent).toBeLessThan(16 << 20);
  });

  it('does not cost more than a password may', () => {
    const salt = toBase64url(randomBytes(16));
    expect(isBearable({ salt, iterations: 600_000 })).toBe(true);
    for (const iterations of [0, -1, 1.5, 1e9, Number.NaN])
      expect(isBearable({ salt, iterations })).toBe(false);
    expect(isBearable({ salt: '***', iterations: 1000 })).toBe(false);
  });

  it('opens for no other share, however old it is', async () => {
    const link = { origin: 'http://localhost', id: toBase64url(randomBytes(16)), key: randomBytes(32) };
    const { manifest } = await sealShare({
      right: 'listen',
      title: 'Song',
      mix: {
        what: 'mix',
        sampleRateHz: 48_000,
        frames: 1,
        pcmSha256: noHash,
        engineVersion: '1',
        integratedLufs: null,
      },
      preview: { bytes: new Uint8Array(10), mimeType: 'audio/flac' },
    });
    const sealed = await sealManifest(manifest, lockOf(link, null, null));
    await expect(openManifest(sealed, lockOf(link, null, null))).resolves.toEqual(manifest);
    const elsewhere = { ...link, id: toBase64url(randomBytes(16)) };
    const opened = openManifest(sealed, lockOf(elsewhere, null, null));
    await expect(opened).rejects.toMatchObject({ name: 'ManifestRefused', reason: 'key' });
    const newer = { ...manifest, version: 2 } as unknown as Manifest;
    const refused = openManifest(
      await sealManifest(newer, lockOf(link, null, null)),
      lockOf(link, null, null),
    );
    await expect(refused).rejects.toThrow(ManifestRefused);
    await expect(refused).rejects.toMatchObject({ reason: 'newer' });
  });
});
