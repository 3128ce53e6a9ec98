import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { MAX_PIECE_BYTES } from '../../../web/server/shares/limits';
import { pieceKey } from '../../../web/server/store/store';
import { MemoryStore } from '../../support/memoryStore';
import { type Piece, pieceOf, randomPiece, randomShareId, randomToken } from '../../support/shareClient';
import { DAY_MS, HOUR_MS, ShareServer } from '../../support/shareServer';

/** A server on which one share of two pieces lives. */
async function withShare(options: ConstructorParameters<typeof ShareServer>[0] = {}) {
  const server = new ShareServer(options);
  const pieces: [Piece, Piece] = [randomPiece(), randomPiece()];
  const [id, token] = [randomShareId(), randomToken()];
  const ids = pieces.map((piece) => piece.id);
  await server.client.upload(...pieces);
  expect((await server.client.share(id, token, { pieces: ids })).status).toBe(201);
  return { server, client: server.client, pieces, ids, id, token };
}

describe('a share', () => {
  it('is opened by whoever has its id, whole and never from a cache', async () => {
    const { client, pieces, id } = await withShare();
    const opened = await client.open(id);
    expect(opened.status).toBe(200);
    expect(opened.headers.get('cache-control')).toBe('no-store');
    expect(opened.body).toEqual({
      manifest: 'bWFuaWZlc3Q',
      password: null,
      createdAt: Date.UTC(2025, 0, 1),
      updatedAt: Date.UTC(2025, 0, 1),
      expiresAt: null,
      revision: 1,
    });
    for (const piece of pieces) expect(await client.piece(id, piece.id)).toEqual(piece.bytes);
  });

  it('gives its own pieces only, though others are stored', async () => {
    const { client, id } = await withShare();
    const other = randomPiece();
    await client.upload(other);
    expect(await client.piece(id, other.id)).toBe(404);
    expect((await client.damaged(id, other.id)).body.error).toBe('missing-piece');
  });

  it('needs all its pieces, and names those it lacks', async () => {
    const { client, ids } = await withShare();
    const [absent, alsoAbsent] = [randomPiece(), randomPiece()];
    const offer = { pieces: [ids[0] as string, absent.id, alsoAbsent.id] };
    const refused = await client.share(randomShareId(), randomToken(), offer);
    expect([refused.status, refused.body.error]).toEqual([409, 'missing-pieces']);
    expect(refused.body.missing).toEqual([absent.id, alsoAbsent.id]);
  });

  it('uploads nothing twice', async () => {
    const { client, pieces } = await withShare();
    const added = randomPiece();
    expect(await client.upload(...pieces, added, added)).toBe(1);
    expect(await client.upload(...pieces, added)).toBe(0);
  });

  it('keeps the password’s salt and cost for recipients', async () => {
    const { client, ids, id, token } = await withShare();
    const password = { salt: randomShareId(), iterations: 600_000 };
    await client.share(id, token, { pieces: ids, password, revision: 2 });
    expect((await client.open(id)).body.password).toEqual(password);
  });

  it('is replaced by its owner only', async () => {
    const { client, ids, id } = await withShare();
    const stolen = await client.share(id, randomToken(), { pieces: ids, revision: 2 });
    expect([stolen.status, stolen.body.error]).toEqual([403, 'not-yours']);
    expect((await client.revoke(id, randomToken())).status).toBe(403);
    const tokenless = await client.ask('DELETE', `/api/shares/${id}`);
    expect([tokenless.status, tokenless.body.error]).toEqual([403, 'not-yours']);
    expect((await client.open(id)).body.revision).toBe(1);
  });

  it('goes forward only, and takes the same offer twice', async () => {
    const { client, ids, id, token } = await withShare();
    const offer = { pieces: ids, manifest: 'c2Vjb25k', revision: 5 };
    expect((await client.share(id, token, offer)).status).toBe(200);
    expect(await client.share(id, token, offer)).toMatchObject({ status: 200, body: { revision: 5 } });
    for (const revision of [4, 5]) {
      const older = await client.share(id, token, { pieces: ids, manifest: 'b3RoZXI', revision });
      expect([older.status, older.body.error]).toEqual([409, 'older']);
    }
    expect((await client.open(id)).body.manifest).toBe('c2Vjb25k');
  });

  it('keeps nothing of the owner’s token but its hash', async () => {
    const { server, id, token } = await withShare();
    const stored = await server.store.read(`shares/${id}.json`);
    if (stored === null || stored === 'unchanged') throw new Error('not there');
    const text = Buffer.from(stored.bytes).toString();
    expect(text).toContain(pieceOf(Buffer.from(token, 'base64url')).id);
    expect(text).not.toContain(token);
  });
});

describe('revoking', () => {
  it('ends a share at once and for good', async () => {
    const { client, ids, id, token } = await withShare();
    expect((await client.revoke(id, token)).status).toBe(204);
    const opened = await client.open(id);
    expect([opened.status, opened.body.error]).toEqual([410, 'revoked']);
    expect(await client.piece(id, ids[0] as string)).toBe(410);
    expect((await client.share(id, token, { pieces: ids, revision: 9 })).body.error).toBe('revoked');
    expect((await client.revoke(id, token)).status).toBe(204);
    expect((await client.revoke(randomShareId(), token)).body.error).toBe('unknown');
  });

  it('reaches every process on the store', async () => {
    const { server, client, ids, id, token } = await withShare();
    const other = new ShareServer({ store: server.store });
    expect((await other.client.open(id)).status).toBe(200);
    await client.revoke(id, token);
    expect((await other.client.open(id)).status).toBe(410);
    expect(await other.client.piece(id, ids[0] as string)).toBe(410);
  });

  it('works where the disk has no room for a tombstone', async () => {
    const store = new MemoryStore();
    const { client, id, token } = await withShare({ store });
    store.capacityBytes = 0;
    expect((await client.revoke(id, token)).status).toBe(204);
    expect((await client.open(id)).status).toBe(404);
  });
});

describe('expiry', () => {
  it('ends a share on the minute, and its owner may renew it', async () => {
    const { server, client, ids, id, token } = await withShare();
    const expiresAt = server.nowMs + HOUR_MS;
    await client.share(id, token, { pieces: ids, expiresAt, revision: 2 });
    server.pass(HOUR_MS - 1);
    expect((await client.open(id)).body.expiresAt).toBe(expiresAt);
    server.pass(1);
    expect((await client.open(id)).body.error).toBe('expired');
    expect(await client.piece(id, ids[0] as string)).toBe(410);
    await client.share(id, token, { pieces: ids, revision: 3 });
    expect((await client.open(id)).status).toBe(200);
  });

  it('keeps to the server’s longest', async () => {
    const { server, client, ids } = await withShare();
    const strict = new ShareServer({ store: server.store, limits: { maxExpiryDays: 7 } });
    const offered = async (expiresAt: number | null) =>
      (await strict.client.share(randomShareId(), randomToken(), { pieces: ids, expiresAt })).status;
    expect((await strict.client.ask('GET', '/api/config')).body.maxExpiryDays).toBe(7);
    expect(await offered(strict.nowMs + 7 * DAY_MS)).toBe(201);
    expect(await offered(strict.nowMs + 8 * DAY_MS)).toBe(400);
    expect(await offered(null)).toBe(400);
    const past = await client.share(randomShareId(), randomToken(), { pieces: ids, expiresAt: 1 });
    expect(past.body.error).toBe('bad-expiry');
  });
});

describe('damage', () => {
  it('is looked at, and a damaged piece is missing until it is uploaded again', async () => {
    const { server, client, pieces, ids, id, token } = await withShare();
    const [piece] = pieces;
    expect((await client.damaged(id, piece.id)).body).toEqual({ damaged: false });
    const flipped = Uint8Array.from(piece.bytes);
    flipped[1234] = (flipped[1234] as number) ^ 1;
    await server.store.write(pieceKey(piece.id), flipped);
    expect((await client.damaged(id, piece.id)).body).toEqual({ damaged: true });
    expect(await client.piece(id, piece.id)).toBe(404);
    expect((await client.damaged(id, piece.id)).status).toBe(404);
    expect((await client.share(id, token, { pieces: ids, revision: 2 })).body.missing).toEqual([piece.id]);
    expect(await client.upload(...pieces)).toBe(1);
    expect(await client.piece(id, piece.id)).toEqual(piece.bytes);
  });

  it('that shortened a piece is seen without being told', async () => {
    const { server, client, pieces } = await withShare();
    await server.store.write(pieceKey(pieces[0].id), pieces[0].bytes.subarray(0, 100));
    expect((await client.missing(pieces)).body.missing).toMatchObject([{ id: pieces[0].id }]);
  });
});

describe('limits', () => {
  it('refuses pieces that are not what they say', async () => {
    const { client } = new ShareServer();
    const piece = randomPiece();
    const wrong = await client.put(`/api/pieces/${piece.id}`, randomPiece().bytes);
    expect([wrong.status, wrong.body.error]).toEqual([422, 'wrong-hash']);
    const large = pieceOf(new Uint8Array(MAX_PIECE_BYTES + 1));
    expect((await client.put(`/api/pieces/${large.id}`, large.bytes)).body.error).toBe('too-large');
    expect((await client.missing([large])).status).toBe(413);
    expect((await client.put('/api/pieces/nonsense', piece.bytes)).body.error).toBe('bad-request');
  });

  it('lets an address upload so much a day', async () => {
    const server = new ShareServer({ limits: { uploadBytesPerDay: 10_000 } });
    const [first, second] = [randomPiece(6000), randomPiece(6000)];
    await server.client.upload(first);
    expect(await server.client.missing([first])).toMatchObject({ body: { missing: [] } });
    const refused = await server.client.missing([second]);
    expect([refused.status, refused.body.error]).toEqual([429, 'slow-down']);
    expect(Number(refused.headers.get('retry-after'))).toBe(24 * 3600);
    expect((await server.client.put(`/api/pieces/${second.id}`, second.bytes)).status).toBe(429);
    expect(await server.from('192.0.2.9').upload(second)).toBe(1);
    const third = randomPiece(6000);
    server.pass(DAY_MS);
    expect(await server.client.upload(third)).toBe(1);
  });

  it('counts a piece that is tried again once', async () => {
    const server = new ShareServer({ limits: { uploadBytesPerDay: 10_000, maxStoreBytes: 10_000 } });
    const piece = randomPiece(6000);
    for (let n = 0; n < 5; n++) expect((await server.client.missing([piece])).status).toBe(200);
    expect(await server.client.upload(piece)).toBe(1);
  });

  it('fills the store up to its quota', async () => {
    const server = new ShareServer({ limits: { maxStoreBytes: 10_000 } });
    await server.client.upload(randomPiece(6000));
    const refused = await server.from('192.0.2.9').missing([randomPiece(6000)]);
    expect([refused.status, refused.body.error]).toEqual([507, 'full']);
  });

  it('says full when the disk is, and keeps room for links', async () => {
    const store = new MemoryStore();
    const { client, ids, id, token } = await withShare({ store });
    store.capacityBytes = 8000;
    const piece = randomPiece(6000);
    const refused = await client.put(`/api/pieces/${piece.id}`, piece.bytes);
    expect([refused.status, refused.body.error]).toEqual([507, 'full']);
    expect(await client.piece(id, ids[0] as string)).toHaveLength(3000);
    store.capacityBytes = Number.POSITIVE_INFINITY;
    store.freeBytes = (async () => 300_000_000) as never;
    expect((await client.missing([{ id: piece.id, bytes: 4_000_000 }])).status).toBe(200);
    store.freeBytes = (async () => 200_000_000) as never;
    expect((await client.missing([piece])).body.error).toBe('full');
    expect((await client.share(id, token, { pieces: ids, revision: 2 })).status).toBe(200);
  });

  it('limits how much a share holds', async () => {
    const server = new ShareServer({ limits: { maxShareBytes: 5000 } });
    const pieces = [randomPiece(3000), randomPiece(3000)];
    await server.client.upload(...pieces);
    const offered = (...some: Piece[]) =>
      server.client.share(randomShareId(), randomToken(), { pieces: some.map(({ id }) => id) });
    expect((await offered(pieces[0] as Piece)).status).toBe(201);
    expect((await offered(...pieces)).body.error).toBe('too-large');
    const manifest = 'a'.repeat(6_000_000);
    const fat = await server.client.share(randomShareId(), randomToken(), { pieces: [], manifest });
    expect(fat.status).toBe(413);
  });

  it('limits requests by address, and believes a proxy only when told to', async () => {
    const limits = { requestsPerSecond: 2 };
    const burst = async (server: ShareServer, forwardedFor: (n: number) => string) => {
      const statuses = [];
      for (let n = 0; n < 21; n++) {
        const client = server.from('192.0.2.1', { 'x-forwarded-for': forwardedFor(n) });
        statuses.push((await client.ask('GET', '/api/config')).status);
      }
      return statuses.filter((status) => status === 429).length;
    };
    expect(await burst(new ShareServer({ limits }), (n) => `10.0.0.${n}`)).toBe(1);
    expect(await burst(new ShareServer({ limits, trustProxy: true }), (n) => `10.0.0.${n}`)).toBe(0);
    // Only what the nearest proxy added counts: the rest is what the client wrote.
    expect(await burst(new ShareServer({ limits, trustProxy: true }), (n) => `10.0.0.${n}, 10.1.1.1`)).toBe(
      1,
    );
    // An IPv6 host has 2^64 addresses.
    expect(await burst(new ShareServer({ limits, trustProxy: true }), (n) => `2001:db8:0:1::${n}`)).toBe(1);
    expect(await burst(new ShareServer({ limits, trustProxy: true }), (n) => `2001:db8:0:${n}::1`)).toBe(0);
  });

  it('lets requests in again as time passes', async () => {
    const server = new ShareServer({ limits: { requestsPerSecond: 2 } });
    for (let n = 0; n < 20; n++) await server.client.ask('GET', '/api/config');
    const refused = await server.client.ask('GET', '/api/config');
    expect(refused.headers.get('retry-after')).toBe('1');
    server.pass(1000);
    expect((await server.client.ask('GET', '/api/config')).status).toBe(200);
  });

  it.each([
    ['POST', '/api/pieces/missing', '{'],
    ['POST', '/api/pieces/missing', '{"pieces":[{"id":"../../etc/passwd","bytes":1}]}'],
    ['POST', '/api/pieces/missing', `{"pieces":[{"id":"${'a'.repeat(64)}","bytes":-1}]}`],
    ['PUT', `/api/shares/${'A'.repeat(22)}`, '{"manifest":1}'],
    ['PUT', '/api/shares/..%2F..%2Fx', '{}'],
    ['GET', '/api/shares/__proto__', undefined],
  ])('understands no %s %s %s', async (method, path, body) => {
    const server = new ShareServer();
    const headers = { authorization: `Bearer ${randomToken()}` };
    const response = await server.app.request(path, { method, headers, ...(body ? { body } : {}) });
    expect([response.status, (await response.json()).error]).toEqual([400, 'bad-request']);
  });

  it('has nothing at other addresses of the API', async () => {
    const { status, body } = await new ShareServer().client.ask('GET', '/api/everything');
    expect([status, body.error]).toEqual([404, 'unknown-address']);
  });
});

describe('what is logged', () => {
  it('names kinds of requests, and no id, token, address or piece', async () => {
    const { server, client, ids, id, token } = await withShare();
    await client.open(id);
    await client.piece(id, ids[0] as string);
    await client.revoke(id, token);
    await client.ask('GET', `/s/${id}`);
    await client.ask('GET', `/nowhere/${id}`);
    server.store.read = () => Promise.reject(new Error(`can't read /data/shares/${id}.json`));
    expect((await client.open(id)).status).toBe(500);
    const log = server.logged.join('');
    const metrics = (await client.ask('GET', '/metrics')).body;
    for (const secret of [id, token, '192.0.2.1', ...ids]) {
      expect(log).not.toContain(secret);
      expect(metrics).not.toContain(secret);
    }
    const lines = server.logged.map((line) => JSON.parse(line));
    expect(lines).toContainEqual(
      expect.objectContaining({
        method: 'GET',
        route: '/api/shares/:id/pieces/:piece',
        status: 200,
        bytesOut: 3000,
      }),
    );
    expect(lines).toContainEqual(expect.objectContaining({ msg: 'request failed', error: 'Error' }));
    expect(metrics).toContain(
      'mixwell_requests_total{method="DELETE",route="/api/shares/:id",status="204"} 1',
    );
  });
});

describe('the page of a link', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mixwell-listen-'));
  writeFileSync(join(folder, 'listen.html'), '<!doctype html><title>Listen</title>');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is the listen page, which no search engine keeps', async () => {
    const server = new ShareServer({ folder });
    const { status, headers, body } = await server.client.ask('GET', `/s/${randomShareId()}`);
    expect([status, body]).toEqual([200, '<!doctype html><title>Listen</title>']);
    expect(headers.get('x-robots-tag')).toContain('noindex');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('set-cookie')).toBeNull();
  });

  it('is a plain sentence where there is none', async () => {
    for (const server of [new ShareServer(), new ShareServer({ folder })]) {
      const { status, body } = await server.client.ask('GET', '/s/<script>');
      expect(status).toBe(404);
      expect(body).toContain('nothing to hear');
      expect(body).not.toContain('<script');
    }
  });
});

describe('health', () => {
  it('asks the store', async () => {
    const server = new ShareServer();
    expect((await server.client.ask('GET', '/health')).status).toBe(200);
    const sick = new ShareServer();
    sick.store.check = () => Promise.reject(new Error('away'));
    const { status, body } = await sick.client.ask('GET', '/health');
    expect([status, body.status]).toEqual([503, 'store-unreachable']);
  });
});
