import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemoryReader } from '../../../web/src/engine/byteReader';
import { chunkBytes } from '../../../web/src/share/chunks';
import type { Bytes } from '../../../web/src/share/encoding';
import { fetchWhole } from '../../../web/src/share/fetchFile';
import { randomBytes } from '../../../web/src/share/keys';
import { ServerAway, ServerRefusal, type ShareServer } from '../../../web/src/share/shareServer';
import {
  measureFile,
  missingPieces,
  Pauses,
  sharedFile,
  type Transfer,
  uploadFile,
} from '../../../web/src/share/upload';
import { FakeShareServer } from '../../support/fakeShareServer';

const secret = randomBytes(32);

/** Bytes of which no chunk is like another. */
function content(length: number, seed: number): Bytes {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += 4096) bytes[at] = (seed + (at >> 12) * 37) & 255;
  if (length > 8) new DataView(bytes.buffer).setUint32(4, seed);
  return bytes;
}

function transferTo(server: FakeShareServer, more: Partial<Transfer> = {}): Transfer {
  return { server, pauses: new Pauses(), signal: new AbortController().signal, ...more };
}

const lengths = fc.nat({ max: 4 * chunkBytes });
const perPiece = fc.constantFrom(1, 2, 4);

describe('an upload', () => {
  it('sends what is not there, once, and nothing else', async () => {
    const scenario = fc.record({
      length: lengths,
      seed: fc.nat(),
      perPiece,
      there: fc.infiniteStream(fc.boolean()),
    });
    await fc.assert(
      fc.asyncProperty(scenario, async ({ length, seed, perPiece, there }) => {
        const bytes = content(length, seed);
        const reader = new MemoryReader(bytes);
        const file = await measureFile(reader, secret, perPiece);
        const full = new FakeShareServer();
        await uploadFile(reader, file, secret, transferTo(full));
        const server = new FakeShareServer();
        for (const [id, body] of full.pieces) if (there.next().value) server.pieces.set(id, body);
        const stored = new Set(server.pieces.keys());
        let doneBytes = 0;
        const onDone = (count: number) => {
          doneBytes += count;
        };
        await uploadFile(reader, file, secret, transferTo(server, { onDone }));
        expect(server.taken.filter((id) => stored.has(id))).toEqual([]);
        expect(new Set(server.taken).size).toBe(server.taken.length);
        expect([...server.pieces.keys()].sort()).toEqual([...full.pieces.keys()].sort());
        expect(doneBytes).toBe(file.pieces.reduce((sum, piece) => sum + piece.bytes, 0));
        expect(server.mostAtOnce).toBeLessThanOrEqual(3);
        expect(await missingPieces(file.pieces, transferTo(server))).toEqual(new Set());
        const shared = await sharedFile(file, secret);
        const download = {
          piece: async (_: string, id: string) => server.pieces.get(id),
        } as unknown as ShareServer;
        const back = await fetchWhole(download, 'share', shared, length);
        expect(Buffer.from(back).equals(bytes)).toBe(true);
      }),
      { numRuns: 6 },
    );
  });

  it('is carried on after any cut, and sends again only what was under way', async () => {
    await fc.assert(
      fc.asyncProperty(
        lengths,
        fc.nat(),
        fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }),
        async (length, seed, cuts) => {
          const reader = new MemoryReader(content(length, seed));
          const file = await measureFile(reader, secret, 1);
          const server = new FakeShareServer();
          for (const cut of cuts) {
            const control = new AbortController();
            const until = server.taken.length + cut;
            server.onUpload = () => {
              if (server.taken.length >= until) control.abort(new DOMException('cut', 'AbortError'));
            };
            await uploadFile(reader, file, secret, transferTo(server, { signal: control.signal })).catch(
              (error: unknown) => expect((error as DOMException).name).toBe('AbortError'),
            );
          }
          server.onUpload = () => {};
          await uploadFile(reader, file, secret, transferTo(server));
          expect([...server.pieces.keys()].sort()).toEqual(
            [...new Set(file.pieces.map(({ id }) => id))].sort(),
          );
          expect(new Set(server.taken).size).toBe(server.taken.length);
        },
      ),
      { numRuns: 6 },
    );
  });

  it('waits for a server that is away or busy, and says so', async () => {
    const reader = new MemoryReader(content(3 * chunkBytes, 1));
    const file = await measureFile(reader, secret, 1);
    const server = new FakeShareServer();
    server.onUpload = (count) => {
      if (count === 1) throw new ServerRefusal('slow-down', 429, 'Later.', [], 0);
      if (count === 3) throw new ServerAway();
    };
    const waits: (number | null)[] = [];
    await uploadFile(reader, file, secret, transferTo(server, { onWaiting: (ms) => waits.push(ms) }));
    expect(server.pieces.size).toBe(3);
    expect(waits).toContain(0);
    expect(waits.some((ms) => ms !== null && ms >= 500)).toBe(true);
    expect(waits.at(-1)).toBeNull();
  });

  it('asks anew where a place has expired or a body was damaged on the way, and gives up at a full server', async () => {
    const reader = new MemoryReader(content(chunkBytes, 2));
    const file = await measureFile(reader, secret, 1);
    const server = new FakeShareServer();
    server.onUpload = (count) => {
      if (count === 1) throw new ServerRefusal('failed', 403, 'Request has expired');
      if (count === 2) throw new ServerRefusal('wrong-hash', 422, 'Another piece.');
    };
    await uploadFile(reader, file, secret, transferTo(server));
    expect(server.pieces.size).toBe(1);
    const full = new FakeShareServer();
    full.onUpload = () => {
      throw new ServerRefusal('full', 507, 'No room.');
    };
    await expect(uploadFile(reader, file, secret, transferTo(full))).rejects.toMatchObject({ code: 'full' });
    full.onUpload = () => {
      throw new ServerRefusal('slow-down', 429, 'Tomorrow.', [], 7200);
    };
    await expect(uploadFile(reader, file, secret, transferTo(full))).rejects.toMatchObject({
      code: 'slow-down',
    });
  });

  it('stands still while it is paused', async () => {
    const reader = new MemoryReader(content(4 * chunkBytes, 3));
    const file = await measureFile(reader, secret, 1);
    const server = new FakeShareServer();
    const pauses = new Pauses();
    server.onUpload = (count) => {
      if (count === 2) pauses.pause();
    };
    const upload = uploadFile(reader, file, secret, transferTo(server, { pauses }));
    await expect.poll(() => pauses.paused).toBe(true);
    const held = await Promise.race([
      upload.then(() => 'done'),
      new Promise((go) => setTimeout(go, 200, 'held')),
    ]);
    expect(held).toBe('held');
    expect(server.taken.length).toBeLessThan(4);
    pauses.resume();
    await upload;
    expect(server.pieces.size).toBe(4);
  });
});
