import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sweep } from '../../../web/server/shares/sweep';
import { doomedKey, pieceKey, type Store, shareKey } from '../../../web/server/store/store';
import { type Piece, randomPiece, randomShareId, randomToken } from '../../support/shareClient';
import { DAY_MS, HOUR_MS, ShareServer } from '../../support/shareServer';

const has = async (server: ShareServer, key: string) => (await server.store.stat(key)) !== null;

/** A server with a piece that nothing refers to and that is marked since long: the next sweep removes it. */
async function withDuePiece() {
  const server = new ShareServer();
  const piece = randomPiece(64);
  await server.client.upload(piece);
  server.pass(25 * HOUR_MS);
  expect((await sweep(server.sharing)).marked).toBe(1);
  server.pass(2 * HOUR_MS);
  return { server, piece };
}

/** What a browser does until it is told that its share is stored. */
async function shareUntilStored(server: ShareServer, ...pieces: Piece[]) {
  const [id, token] = [randomShareId(), randomToken()];
  for (let tries = 0; tries < 5; tries++) {
    await server.client.upload(...pieces);
    const { status } = await server.client.share(id, token, { pieces: pieces.map((piece) => piece.id) });
    if (status < 300) return { id, token };
    expect(status).toBe(409);
  }
  throw new Error('never stored');
}

describe('the sweep', () => {
  it('takes a day and an hour to remove what nothing refers to', async () => {
    const server = new ShareServer();
    const [kept, loose] = [randomPiece(), randomPiece()];
    await shareUntilStored(server, kept);
    await server.client.upload(loose);
    const states: boolean[][] = [];
    for (const hours of [0, 23, 2, 0.5, 1]) {
      server.pass(hours * HOUR_MS);
      await sweep(server.sharing);
      states.push([await has(server, pieceKey(loose.id)), await has(server, doomedKey(loose.id))]);
    }
    expect(states).toEqual([
      [true, false],
      [true, false],
      [true, true],
      [true, true],
      [false, false],
    ]);
    expect(await has(server, pieceKey(kept.id))).toBe(true);
  });

  it('counts what is in the store', async () => {
    const server = new ShareServer({ limits: { maxStoreBytes: 10_000 } });
    await shareUntilStored(server, randomPiece(4000), randomPiece(4000));
    const other = new ShareServer({ store: server.store, limits: { maxStoreBytes: 10_000 } });
    expect(await sweep(other.sharing)).toMatchObject({ shares: 1, pieces: 2, bytes: 8000 });
    expect((await other.client.missing([randomPiece(4000)])).body.error).toBe('full');
  });

  it('turns an expired share into a tombstone, and forgets that after 30 days', async () => {
    const server = new ShareServer();
    const [id, token] = [randomShareId(), randomToken()];
    await server.client.share(id, token, { pieces: [], expiresAt: server.nowMs + HOUR_MS });
    server.pass(HOUR_MS);
    expect((await sweep(server.sharing)).expired).toBe(1);
    expect((await server.client.open(id)).body.error).toBe('expired');
    server.pass(30 * DAY_MS - 1);
    expect((await sweep(server.sharing)).forgotten).toBe(0);
    server.pass(1);
    expect((await sweep(server.sharing)).forgotten).toBe(1);
    expect((await server.client.open(id)).body.error).toBe('unknown');
  });

  it('removes no piece while a share can’t be read', async () => {
    const { server, piece } = await withDuePiece();
    await server.store.write(shareKey(randomShareId()), new TextEncoder().encode('{"format":2}'));
    await expect(sweep(server.sharing)).rejects.toThrow();
    expect(await has(server, pieceKey(piece.id))).toBe(true);
  });

  it('spares a marked piece that was uploaded again', async () => {
    const { server, piece } = await withDuePiece();
    expect((await server.client.missing([piece])).body.missing).toHaveLength(1);
    await server.client.put(`/api/pieces/${piece.id}`, piece.bytes);
    expect(await has(server, doomedKey(piece.id))).toBe(false);
    await sweep(server.sharing);
    expect(await has(server, pieceKey(piece.id))).toBe(true);
  });

  it('spares a marked piece that was uploaded past the server', async () => {
    const { server, piece } = await withDuePiece();
    await server.store.write(pieceKey(piece.id), piece.bytes);
    expect((await sweep(server.sharing)).spared).toBe(1);
    expect(await has(server, pieceKey(piece.id))).toBe(true);
  });

  it('leaves alone what someone has just been told to upload', async () => {
    const { server, piece } = await withDuePiece();
    await server.client.missing([piece]);
    expect((await sweep(server.sharing)).removed).toBe(0);
    server.pass(HOUR_MS);
    expect((await sweep(server.sharing)).removed).toBe(1);
  });

  it('lets no share rely on a marked piece', async () => {
    const { server, piece } = await withDuePiece();
    const offer = { pieces: [piece.id] };
    const refused = await server.client.share(randomShareId(), randomToken(), offer);
    expect(refused.body).toMatchObject({ error: 'missing-pieces', missing: [piece.id] });
  });

  it('takes the mark off a piece that a share came to need', async () => {
    const server = new ShareServer();
    const piece = randomPiece(64);
    await server.client.upload(piece);
    server.pass(25 * HOUR_MS);
    // The share comes after the sweep has read the shares and before it marks.
    const write = server.store.write.bind(server.store);
    let shared = false;
    server.store.write = async (key, bytes, expected) => {
      if (key.startsWith('doomed/') && !shared) {
        shared = true;
        const offer = { pieces: [piece.id] };
        expect((await server.client.share(randomShareId(), randomToken(), offer)).status).toBe(201);
      }
      await write(key, bytes, expected);
    };
    expect((await sweep(server.sharing)).marked).toBe(1);
    server.pass(2 * HOUR_MS);
    expect(await sweep(server.sharing)).toMatchObject({ spared: 1, removed: 0 });
    expect(await has(server, pieceKey(piece.id))).toBe(true);
  });

  it('lets no share be acknowledged whose piece went while it was stored', async () => {
    const server = new ShareServer();
    const piece = randomPiece(64);
    await server.client.upload(piece);
    const write = server.store.write.bind(server.store);
    server.store.write = async (key, bytes, expected) => {
      await server.store.remove(pieceKey(piece.id));
      await write(key, bytes, expected);
    };
    const [id, token] = [randomShareId(), randomToken()];
    const refused = await server.client.share(id, token, { pieces: [piece.id] });
    expect(refused.body).toMatchObject({ error: 'missing-pieces', missing: [piece.id] });
    await server.client.upload(piece);
    // The very same offer is taken now, though its record is there already.
    expect((await server.client.share(id, token, { pieces: [piece.id] })).status).toBe(200);
  });

  it('loses no share that was acknowledged, in whatever order steps of sweeps and requests fall', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.boolean(), async (scheduler, due) => {
        const { server, piece } = await withDuePiece();
        if (!due) {
          await server.store.remove(doomedKey(piece.id));
          server.pass(-2 * HOUR_MS);
        }
        interleave(server.store, scheduler);
        const other = new ShareServer({ store: server.store });
        other.nowMs = server.nowMs;
        const sharing = shareUntilStored(server, piece);
        const sweeping = [sweep(server.sharing), sweep(other.sharing)];
        const all = Promise.all([sharing, ...sweeping]);
        await scheduler.waitFor(all);
        const { id } = await sharing;
        const alone = new ShareServer({ store: unscheduled(server.store) });
        alone.nowMs = server.nowMs;
        expect(await alone.client.piece(id, piece.id)).toEqual(piece.bytes);
        for (const hours of [2, 25]) {
          alone.pass(hours * HOUR_MS);
          await sweep(alone.sharing);
        }
        expect(await alone.client.piece(id, piece.id)).toEqual(piece.bytes);
      }),
      { numRuns: 60 },
    );
  });
});

const plain = new WeakMap<Store, Store>();
const SCHEDULED = ['read', 'stat', 'open', 'write', 'receive', 'remove'] as const;

/** Lets a scheduler decide when each call to the store happens. */
function interleave(store: Store, scheduler: fc.Scheduler): void {
  plain.set(store, Object.create(store, {}) as Store);
  const own = store as unknown as Record<string, unknown>;
  const before = plain.get(store) as unknown as Record<string, unknown>;
  for (const name of SCHEDULED) {
    const original = (own[name] as (...rest: unknown[]) => Promise<unknown>).bind(store);
    before[name] = original;
    own[name] = async (...rest: unknown[]) => {
      await scheduler.schedule(Promise.resolve(), name);
      return original(...rest);
    };
  }
}

const unscheduled = (store: Store): Store => plain.get(store) ?? store;
