import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sweep } from '../../../web/server/shares/sweep';
import { type Piece, pieceOf } from '../../support/shareClient';
import { DAY_MS, HOUR_MS, ShareServer } from '../../support/shareServer';

const PIECES: Piece[] = Array.from({ length: 6 }, (_, n) => pieceOf(new Uint8Array(40 + n).fill(n)));
const IDS = ['A', 'B', 'C'].map((letter) => letter.repeat(22));
const TOKENS = ['x', 'y'].map((letter) => letter.repeat(43));

/** What must be so of a share, told in a few words. */
interface Expected {
  token: number;
  revision: number;
  pieces: number[];
  expiresAt: number | null;
  endedAt: number | null;
  ended: 'revoked' | 'expired' | null;
}

/** The API as a person would explain it, without store, marks or versions. */
class Model {
  readonly server = new ShareServer();
  readonly shares = new Map<number, Expected>();

  get now() {
    return this.server.nowMs;
  }

  state(share: number): 'unknown' | 'revoked' | 'expired' | 'alive' {
    const known = this.shares.get(share);
    if (!known) return 'unknown';
    if (known.ended) return known.ended;
    return known.expiresAt !== null && known.expiresAt <= this.now ? 'expired' : 'alive';
  }
}

type Step = (model: Model) => Promise<void>;

const share = fc.nat(IDS.length - 1);
const token = fc.nat(TOKENS.length - 1);
const piece = fc.nat(PIECES.length - 1);
const piecesOf = (numbers: number[]) => numbers.map((n) => PIECES[n] as Piece);

const uploads = fc.uniqueArray(piece, { maxLength: 4 }).map((numbers): [string, Step] => [
  `upload ${numbers}`,
  async ({ server }) => {
    const uploaded = piecesOf(numbers);
    await server.client.upload(...uploaded);
    expect((await server.client.missing(uploaded)).body.missing).toEqual([]);
  },
]);

const liesOf = fc.tuple(piece, piece).map(([name, content]): [string, Step] => [
  `upload ${content} as ${name}`,
  async ({ server }) => {
    const put = await server.client.put(`/api/pieces/${PIECES[name]?.id}`, (PIECES[content] as Piece).bytes);
    expect(put.status).toBe(name === content ? 204 : 422);
  },
]);

const offers = fc
  .record({
    share,
    token,
    revision: fc.integer({ min: 1, max: 5 }),
    pieces: fc.uniqueArray(piece, { maxLength: 4 }),
    hours: fc.option(fc.integer({ min: 1, max: 60 })),
  })
  .map(({ share, token, revision, pieces, hours }): [string, Step] => [
    `share ${share} by ${token}, revision ${revision}, of [${pieces}] for ${hours} h`,
    async (model) => {
      const { client } = model.server;
      const expiresAt = hours === null ? null : model.now + hours * HOUR_MS;
      const stored = (await client.missing(piecesOf(pieces))).body.missing.length === 0;
      const manifest = Buffer.from(`${pieces} ${revision} ${expiresAt}`).toString('base64url');
      const ids = piecesOf(pieces).map(({ id }) => id);
      const { status, body } = await client.share(IDS[share] as string, TOKENS[token] as string, {
        manifest,
        pieces: ids,
        expiresAt,
        revision,
      });
      const known = model.shares.get(share);
      const again =
        known?.ended === null &&
        known.revision === revision &&
        known.expiresAt === expiresAt &&
        String(known.pieces) === String(pieces);
      if (known && known.token !== token) expect(body.error).toBe('not-yours');
      else if (known?.ended === 'revoked') expect(body.error).toBe('revoked');
      else if (known && known.revision >= revision && !again) expect(body.error).toBe('older');
      else if (!stored) expect(body.error).toBe('missing-pieces');
      else {
        expect(status).toBe(known ? 200 : 201);
        model.shares.set(share, { token, revision, pieces, expiresAt, endedAt: null, ended: null });
      }
    },
  ]);

const revokes = fc.tuple(share, token).map(([share, token]): [string, Step] => [
  `revoke ${share} by ${token}`,
  async (model) => {
    const { status } = await model.server.client.revoke(IDS[share] as string, TOKENS[token] as string);
    const known = model.shares.get(share);
    expect(status).toBe(!known ? 404 : known.token !== token ? 403 : 204);
    if (!known || status !== 204 || known.ended === 'revoked') return;
    model.shares.set(share, { ...known, ended: 'revoked', endedAt: model.now });
  },
]);

const waits = fc
  .constantFrom(0.5, 1.5, 25, 24 * 31)
  .map((hours): [string, Step] => [`wait ${hours} h`, async ({ server }) => server.pass(hours * HOUR_MS)]);

const sweepOnce: Step = async (model) => {
  await sweep(model.server.sharing);
  for (const [share, known] of model.shares) {
    if (known.endedAt !== null && model.now - known.endedAt >= 30 * DAY_MS) model.shares.delete(share);
    else if (known.ended === null && model.state(share) === 'expired') {
      model.shares.set(share, { ...known, ended: 'expired', endedAt: model.now });
    }
  }
};
const sweeps = fc.constant<[string, Step]>(['sweep', sweepOnce]);

/** What is so at any time: a living share opens and all its pieces come whole, and no other does. */
async function look(model: Model) {
  const { client } = model.server;
  for (const [share, id] of IDS.entries()) {
    const { status, body } = await client.open(id);
    const state = model.state(share);
    expect(status === 200 ? 'alive' : body.error).toBe(state);
    const { pieces = [], revision } = model.shares.get(share) ?? {};
    if (state === 'alive') expect(body.revision).toBe(revision);
    for (const one of piecesOf(pieces)) {
      const got = await client.piece(id, one.id);
      if (state === 'alive') expect(got).toEqual(one.bytes);
      else expect(typeof got).toBe('number');
    }
  }
}

describe('the API', () => {
  it('does what its plain model does, whatever comes in whatever order', { timeout: 120_000 }, async () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: uploads },
      { weight: 1, arbitrary: liesOf },
      { weight: 6, arbitrary: offers },
      { weight: 1, arbitrary: revokes },
      { weight: 3, arbitrary: waits },
      { weight: 3, arbitrary: sweeps },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
        const model = new Model();
        for (const [, take] of steps) {
          await take(model);
          await look(model);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('keeps nothing for ever that no share refers to', { timeout: 120_000 }, async () => {
    const step = fc.oneof(uploads, offers, revokes, waits, sweeps);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const model = new Model();
        for (const [, take] of steps) await take(model);
        const { server } = model;
        for (const hours of [0, 25, 2]) {
          server.pass(hours * HOUR_MS);
          await sweepOnce(model);
        }
        const needed = new Set<string>();
        for (const [number, { pieces }] of model.shares) {
          if (model.state(number) === 'alive') for (const { id } of piecesOf(pieces)) needed.add(id);
        }
        const left: string[] = [];
        for await (const { key } of server.store.list('pieces/')) left.push(key.slice(-64));
        expect(left.sort()).toEqual([...needed].sort());
        for await (const { key } of server.store.list('doomed/')) expect(key).toBe('gone');
      }),
      { numRuns: 25 },
    );
  });
});
