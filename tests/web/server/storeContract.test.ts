import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FolderStore } from '../../../web/server/store/folderStore';
import { S3Store } from '../../../web/server/store/s3Store';
import { doomedKey, pieceKey, type Store, shareKey, VersionConflict } from '../../../web/server/store/store';
import { MemoryStore } from '../../support/memoryStore';
import { StrictS3, signatureOf } from '../../support/strictS3';

const idOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const freshPiece = (length = 5000) => {
  const bytes = new Uint8Array(randomBytes(length));
  return { bytes, id: idOf(bytes), key: pieceKey(idOf(bytes)) };
};
const freshKey = () => shareKey(randomBytes(16).toString('base64url'));
const text = (words: string) => new TextEncoder().encode(words);
const streamOf = (...parts: Uint8Array[]) => new Blob(parts.map((part) => new Uint8Array(part))).stream();

/** Uploads as a browser does: to the address that the store gives, or else through the server. False when it is refused. */
async function upload(
  store: Store,
  id: string,
  body: Uint8Array,
  announced = body.byteLength,
): Promise<boolean> {
  const ticket = await store.uploadTicket(pieceKey(id), { sha256: id, bytes: announced });
  if (ticket) {
    const sent = new Uint8Array(body);
    const response = await fetch(ticket.url, { method: 'PUT', headers: ticket.headers, body: sent });
    await response.text();
    return response.ok;
  }
  return store.receive(pieceKey(id), streamOf(body), { sha256: id, maxBytes: announced }).then(
    () => true,
    () => false,
  );
}

async function content(store: Store, key: string): Promise<Uint8Array | null> {
  const address = await store.downloadAddress(key);
  if (address !== null) {
    const response = await fetch(address);
    const bytes = new Uint8Array(await response.arrayBuffer());
    return response.ok ? bytes : null;
  }
  const open = await store.open(key);
  return open && new Uint8Array(await new Response(open.octets as ReadableStream).arrayBuffer());
}

const folder = mkdtempSync(join(tmpdir(), 'mixwell-store-'));
let s3: StrictS3;
const s3Store = (pageObjects?: number) =>
  new S3Store({ ...s3, bucket: s3.bucket, endpoint: s3.endpoint }, pageObjects);
beforeAll(async () => {
  s3 = await StrictS3.start();
});
afterAll(async () => {
  await s3.stop();
  rmSync(folder, { recursive: true, force: true });
});

const stores: [string, () => Promise<Store>][] = [
  ['the folder', () => FolderStore.at(folder)],
  ['S3', async () => s3Store(3)],
  ['the memory of other tests', async () => new MemoryStore()],
];

describe.each(stores)('%s as a store', (_, make) => {
  let store: Store;
  beforeAll(async () => {
    store = await make();
  });
  const names = async (prefix: string) => {
    const keys: string[] = [];
    for await (const { key } of store.list(prefix)) keys.push(key);
    return keys.sort();
  };

  it('gives back what was written, and tells when it is what the caller knows', async () => {
    const key = freshKey();
    expect(await store.read(key)).toBeNull();
    expect(await store.stat(key)).toBeNull();
    expect(await store.open(key)).toBeNull();
    await store.write(key, text('first'));
    const first = await store.read(key);
    if (first === null || first === 'unchanged') throw new Error('not there');
    expect(Buffer.from(first.bytes).toString()).toBe('first');
    expect(await store.read(key, first.version)).toBe('unchanged');
    await store.write(key, text('second'));
    expect(await store.read(key, first.version)).toMatchObject({
      version: expect.not.stringMatching(first.version),
    });
  });

  it('says how long an object is and since when it is there', async () => {
    const key = freshKey();
    const before = Date.now();
    await store.write(key, text('twelve bytes'));
    const facts = await store.stat(key);
    expect(facts?.bytes).toBe(12);
    expect(facts?.modifiedMs).toBeGreaterThan(before - 1500);
    expect(facts?.modifiedMs).toBeLessThan(Date.now() + 1500);
  });

  it('writes over the expected version only', async () => {
    const key = freshKey();
    await store.write(key, text('one'), null);
    await expect(store.write(key, text('other'), null)).rejects.toThrow(VersionConflict);
    const version = (await store.stat(key))?.version ?? '';
    await store.write(key, text('two'), version);
    await expect(store.write(key, text('three'), version)).rejects.toThrow(VersionConflict);
    expect(Buffer.from((await content(store, key)) ?? []).toString()).toBe('two');
  });

  it('lets one of many writers at once win', async () => {
    const key = freshKey();
    const others = await make();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, (_, n) => (n % 2 ? store : others).write(key, text(`writer ${n}`), null)),
    );
    // A store in memory shares nothing with another; the two others do.
    const winners = outcomes.filter(({ status }) => status === 'fulfilled').length;
    expect(winners).toBe(store instanceof MemoryStore ? 2 : 1);
  });

  it('removes an object, with a version only that one', async () => {
    const key = freshKey();
    await store.remove(key);
    await store.write(key, text('old'));
    const old = (await store.stat(key))?.version ?? '';
    await store.write(key, text('new'));
    await store.remove(key, old);
    expect(await content(store, key)).toEqual(new Uint8Array(text('new')));
    await store.remove(key, (await store.stat(key))?.version);
    expect(await store.stat(key)).toBeNull();
  });

  it('lists what begins with a prefix, all of it', async () => {
    const marks = Array.from({ length: 8 }, () => doomedKey(freshPiece().id));
    for (const key of marks) await store.write(key, new Uint8Array());
    await store.write(freshKey(), text('{}'));
    expect(await names('doomed/')).toEqual([...marks].sort());
    for (const key of marks) await store.remove(key);
    expect(await names('doomed/')).toEqual([]);
  });

  it('takes a piece that is what its name says, of any length', async () => {
    for (const length of [1, 65_536, 4 * 1024 * 1024 + 64]) {
      const piece = freshPiece(length);
      expect(await upload(store, piece.id, piece.bytes)).toBe(true);
      expect(idOf((await content(store, piece.key)) ?? new Uint8Array())).toBe(piece.id);
      expect(await names(piece.key)).toEqual([piece.key]);
    }
  });

  it('refuses any other body and keeps what was there', async () => {
    const piece = freshPiece();
    expect(await upload(store, piece.id, freshPiece().bytes)).toBe(false);
    expect(await upload(store, piece.id, piece.bytes.subarray(0, 4999), 5000)).toBe(false);
    expect(await upload(store, piece.id, Buffer.concat([piece.bytes, piece.bytes]), 5000)).toBe(false);
    expect(await upload(store, piece.id, piece.bytes, 4999)).toBe(false);
    expect(await store.stat(piece.key)).toBeNull();
    expect(await upload(store, piece.id, piece.bytes)).toBe(true);
    expect(await upload(store, piece.id, freshPiece().bytes)).toBe(false);
    expect(await content(store, piece.key)).toEqual(piece.bytes);
  });

  it('takes keys of its own kind only', async () => {
    for (const key of [
      '../outside',
      'pieces/../../outside',
      '/etc/passwd',
      'shares/a b.json',
      'shares/',
      'x',
    ]) {
      await expect(store.read(key)).rejects.toThrow();
      await expect(store.write(key, text('x'))).rejects.toThrow();
    }
  });

  it('is well', async () => {
    await store.check();
  });
});

describe('the folder', () => {
  it('leaves no unfinished file behind a refusal, and clears away old ones', async () => {
    const own = join(folder, 'own');
    const store = await FolderStore.at(own);
    const unfinished = join(own, 'unfinished');
    await upload(store, freshPiece().id, freshPiece().bytes);
    expect(readdirSync(unfinished)).toEqual([]);
    for (const name of ['old', 'fresh']) writeFileSync(join(unfinished, name), 'cut');
    const before = Date.now() - 7 * 3600_000;
    utimesSync(join(unfinished, 'old'), before / 1000, before / 1000);
    await store.tidy(before + 1000);
    expect(readdirSync(unfinished)).toEqual(['fresh']);
  });

  it('holds a part of a long body only', async () => {
    const store = await FolderStore.at(folder);
    const before = process.memoryUsage().rss;
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 65_536;
        controller.enqueue(new Uint8Array(65_536));
      },
    });
    const expected = { sha256: '0'.repeat(64), maxBytes: 256 * 1024 * 1024 };
    await expect(store.receive(pieceKey(expected.sha256), endless, expected)).rejects.toThrow();
    expect(sent).toBeLessThan(expected.maxBytes + 10 * 65_536);
    expect(process.memoryUsage().rss - before).toBeLessThan(128 * 1024 * 1024);
  });

  it('passes over a lock whose holder died', async () => {
    const store = await FolderStore.at(folder);
    const key = freshKey();
    const lock = join(folder, 'locks', key.replaceAll('/', '.'));
    writeFileSync(lock, '');
    const longAgo = Date.now() / 1000 - 60;
    utimesSync(lock, longAgo, longAgo);
    await store.write(key, text('alive'), null);
    expect(await store.stat(key)).not.toBeNull();
  });

  it('says that it is unwell when it is gone', async () => {
    const gone = join(folder, 'gone');
    const store = await FolderStore.at(gone);
    rmSync(gone, { recursive: true });
    await expect(store.check()).rejects.toThrow();
  });
});

describe('S3', () => {
  it('lets a presigned address live for five minutes', async () => {
    const piece = freshPiece();
    await upload(s3Store(), piece.id, piece.bytes);
    const address = await s3Store().downloadAddress(piece.key);
    const statusAfter = async (ms: number) => {
      s3.now = () => Date.now() + ms;
      const response = await fetch(address).finally(() => {
        s3.now = Date.now;
      });
      await response.arrayBuffer();
      return response.status;
    };
    expect(await statusAfter(298_000)).toBe(200);
    expect(await statusAfter(303_000)).toBe(403);
  });

  it('lets an address serve for nothing but what it was signed for', async () => {
    const [piece, other] = [freshPiece(), freshPiece()];
    const ticket = await s3Store().uploadTicket(piece.key, { sha256: piece.id, bytes: 5000 });
    const put = (url: string, headers: Record<string, string>, body: Uint8Array) =>
      fetch(url, { method: 'PUT', headers, body: new Uint8Array(body) }).then((response) => response.status);
    const { headers: otherHeaders } = await s3Store().uploadTicket(other.key, {
      sha256: other.id,
      bytes: 5000,
    });
    expect(await put(ticket.url.replace(piece.key, other.key), ticket.headers, piece.bytes)).toBe(403);
    expect(await put(ticket.url, otherHeaders, other.bytes)).toBe(403);
    expect(await put(ticket.url, {}, piece.bytes)).toBe(403);
    expect(await put(ticket.url, ticket.headers, other.bytes)).toBe(400);
    expect(await put(ticket.url, ticket.headers, piece.bytes)).toBe(200);
  });

  it('says that it is unwell when it can’t be reached', async () => {
    const away = new S3Store({ ...s3, bucket: s3.bucket, endpoint: 'http://127.0.0.1:9' });
    await expect(away.check()).rejects.toThrow("can't be reached");
  });

  it('is judged by Amazon’s own example of a presigned address', () => {
    // Amazon S3, "Authenticating Requests: Using Query Parameters", example GET of test.txt.
    const url = new URL('https://examplebucket.s3.amazonaws.com/test.txt');
    const scope = '20130524/us-east-1/s3/aws4_request';
    for (const [name, value] of [
      ['Algorithm', 'AWS4-HMAC-SHA256'],
      ['Credential', `AKIAIOSFODNN7EXAMPLE/${scope}`],
      ['Date', '20130524T000000Z'],
      ['Expires', '86400'],
      ['SignedHeaders', 'host'],
    ] as const) {
      url.searchParams.set(`X-Amz-${name}`, value);
    }
    const signature = signatureOf({
      method: 'GET',
      url,
      headers: [['host', url.host]],
      payload: 'UNSIGNED-PAYLOAD',
      stamp: '20130524T000000Z',
      scope,
      secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    });
    expect(signature).toBe('aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404');
  });
});
