import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { MAX_PIECE_BYTES } from '../../../web/server/shares/limits';
import { ServerProcess } from '../../support/serverProcess';
import {
  pieceOf,
  randomPiece,
  randomShareId,
  randomToken,
  type ShareClient,
} from '../../support/shareClient';
import { StrictS3 } from '../../support/strictS3';

const folder = mkdtempSync(join(tmpdir(), 'mixwell-processes-'));
const running: ServerProcess[] = [];
const start = async (settings: Record<string, string>) => {
  const server = await ServerProcess.start(settings);
  running.push(server);
  return server;
};
afterEach(async () => {
  for (const server of running.splice(0)) await server.end('SIGKILL');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('two processes on one S3 store', () => {
  let s3: StrictS3;
  let settings: Record<string, string>;
  beforeAll(async () => {
    s3 = await StrictS3.start();
    settings = {
      MIXWELL_STORE: `s3://${s3.bucket}`,
      MIXWELL_S3_ENDPOINT: s3.endpoint,
      MIXWELL_S3_REGION: s3.region,
      MIXWELL_S3_ACCESS_KEY_ID: s3.accessKeyId,
      MIXWELL_S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
    };
  });
  afterAll(() => s3.stop());

  const two = async (): Promise<[ServerProcess, ServerProcess]> => [
    await start(settings),
    await start(settings),
  ];

  it('are one server to owner and recipient, and no audio passes through them', async () => {
    const [one, other] = await two();
    const pieces = [randomPiece(200_000), randomPiece(200_000)];
    const [id, token] = [randomShareId(), randomToken()];
    const ids = pieces.map((piece) => piece.id);
    expect(await one.client.upload(...pieces)).toBe(2);
    expect(await other.client.upload(...pieces)).toBe(0);
    expect((await other.client.share(id, token, { pieces: ids })).status).toBe(201);
    expect((await one.client.open(id)).body.revision).toBe(1);
    for (const server of [one, other]) {
      for (const piece of ids) {
        expect(pieceOf((await server.client.piece(id, piece)) as Uint8Array).id).toBe(piece);
      }
    }
    const redirect = await fetch(`${one.origin}/api/shares/${id}/pieces/${ids[0]}`, { redirect: 'manual' });
    expect(redirect.status).toBe(302);
    expect(redirect.headers.get('location')).toContain(`${s3.endpoint}/${s3.bucket}/pieces/`);
    expect((await other.client.share(id, token, { pieces: ids, revision: 2 })).status).toBe(200);
    expect((await one.client.share(id, token, { pieces: [], revision: 2 })).body.error).toBe('older');
    expect((await one.client.revoke(id, token)).status).toBe(204);
    expect((await other.client.open(id)).body.error).toBe('revoked');
    expect(await other.client.piece(id, ids[0] as string)).toBe(410);
  });

  it('let one of two owners at once win each revision, and revoking always', async () => {
    const [one, other] = await two();
    const token = randomToken();
    for (let round = 0; round < 5; round++) {
      const id = randomShareId();
      const offer = (client: ShareClient, words: string) =>
        client.share(id, token, {
          pieces: [],
          revision: 1,
          manifest: Buffer.from(words).toString('base64url'),
        });
      const answers = await Promise.all([offer(one.client, 'one'), offer(other.client, 'other')]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
      const [, revoked] = await Promise.all([
        other.client.share(id, token, { pieces: [], revision: 2 }),
        one.client.revoke(id, token),
      ]);
      expect(revoked.status).toBe(204);
      expect((await other.client.open(id)).body.error).toBe('revoked');
    }
  });

  it('name the store’s origin in their policy and their settings', async () => {
    const [one] = await two();
    const { headers, body } = await one.client.ask('GET', '/api/config');
    expect(body.storeOrigin).toBe(s3.endpoint);
    expect(headers.get('content-security-policy')).toMatch(
      new RegExp(`connect-src 'self'[^;]* ${s3.endpoint};`),
    );
  });

  it('say so when the store is away, and go on when it is back', async () => {
    const away = await start({ ...settings, MIXWELL_S3_ENDPOINT: 'http://127.0.0.1:9' });
    expect((await fetch(`${away.origin}/health`)).status).toBe(503);
    const { status, body, headers } = await away.client.open(randomShareId());
    expect([status, body.error, headers.get('retry-after')]).toEqual([503, 'unavailable', '5']);
  });
});

describe('a process on a folder', () => {
  const head = (id: string, ...lines: string[]) =>
    `PUT /api/pieces/${id} HTTP/1.1\r\nHost: localhost\r\n${lines.join('\r\n')}\r\n\r\n`;
  const answerOn = async (socket: Socket): Promise<string> => {
    let said = '';
    socket.on('data', (chunk) => {
      said += chunk;
    });
    socket.on('error', () => undefined);
    await new Promise((resolve) => socket.on('close', resolve));
    return said;
  };

  it('cuts a body that never ends, with little memory', async () => {
    const server = await start({ MIXWELL_STORE: folder });
    const before = await server.metric('process_resident_memory_bytes');
    const socket = await server.connect();
    const answer = answerOn(socket);
    socket.write(head('a'.repeat(64), 'Transfer-Encoding: chunked'));
    const chunk = Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(65_536), Buffer.from('\r\n')]);
    let sent = 0;
    while (!socket.destroyed && sent < 512 * 1024 * 1024) {
      sent += 65_536;
      if (!socket.write(chunk))
        await Promise.race([once(socket, 'drain'), once(socket, 'close')]).catch(() => undefined);
    }
    expect(await answer).toContain('413');
    expect(sent).toBeLessThan(200 * 1024 * 1024);
    const grown = (await server.metric('process_resident_memory_bytes')) - before;
    expect(grown).toBeLessThan(100 * 1024 * 1024);
    expect(readdirSync(join(folder, 'unfinished'))).toEqual([]);
  });

  it('refuses a body that announces too much, before it comes', async () => {
    const server = await start({ MIXWELL_STORE: folder });
    const socket = await server.connect();
    const answer = answerOn(socket);
    socket.write(head('b'.repeat(64), `Content-Length: ${MAX_PIECE_BYTES + 1}`, 'Connection: close'));
    expect(await answer).toContain('413');
  });

  it('keeps nothing of an upload that was cut', async () => {
    const server = await start({ MIXWELL_STORE: folder });
    const piece = randomPiece(100_000);
    const socket = await server.connect();
    socket.on('error', () => undefined);
    socket.write(head(piece.id, 'Content-Length: 100000'));
    socket.write(piece.bytes.subarray(0, 50_000));
    await waitUntil(() => readdirSync(join(folder, 'unfinished')).length === 1);
    socket.destroy();
    await waitUntil(() => readdirSync(join(folder, 'unfinished')).length === 0);
    expect(await server.client.upload(piece)).toBe(1);
  });

  it('finishes what runs when it is told to stop', async () => {
    const server = await start({ MIXWELL_STORE: folder });
    const piece = randomPiece(100_000);
    const socket = await server.connect();
    const answer = answerOn(socket);
    socket.write(head(piece.id, 'Content-Length: 100000'));
    socket.write(piece.bytes.subarray(0, 50_000));
    await waitUntil(() => readdirSync(join(folder, 'unfinished')).length === 1);
    const ended = server.end('SIGTERM');
    await waitUntil(() => server.log.includes('"stopping"'));
    await expect(fetch(`${server.origin}/health`)).rejects.toThrow();
    socket.write(piece.bytes.subarray(50_000));
    expect(await answer).toContain('204');
    expect(await ended).toBe(0);
  });

  it('waits no longer than it was told for a request that never ends', async () => {
    const server = await start({ MIXWELL_STORE: folder, MIXWELL_STOP_SECONDS: '0.2' });
    const socket = await server.connect();
    const answer = answerOn(socket);
    socket.write(head('c'.repeat(64), 'Content-Length: 1000'));
    await waitUntil(() => readdirSync(join(folder, 'unfinished')).length === 1);
    expect(await server.end('SIGTERM')).toBe(0);
    await answer;
  });

  it('says which setting it does not understand', async () => {
    const wrong = (settings: Record<string, string>) => expect(start(settings)).rejects;
    await wrong({ MIXWELL_STORE: 'ftp://elsewhere' }).toThrow('MIXWELL_STORE=ftp://elsewhere');
    await wrong({ MIXWELL_STORE: 's3://bucket' }).toThrow('MIXWELL_S3_ACCESS_KEY_ID');
    await wrong({ MIXWELL_STORE: folder, MIXWELL_MAX_BYTES: 'plenty' }).toThrow('MIXWELL_MAX_BYTES=plenty');
  });
});

async function waitUntil(isSo: () => boolean): Promise<void> {
  const until = Date.now() + 10_000;
  while (!isSo()) {
    if (Date.now() > until) throw new Error('it never became so');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
