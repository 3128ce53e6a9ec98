import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ServerProcess } from '../support/serverProcess';
import { type Piece, pieceOf, randomPiece, randomShareId, randomToken } from '../support/shareClient';
import type { Row, Trial } from './faults';

const MIB = 1024 * 1024;
const CUTS = 60;

const openFiles = (server: ServerProcess) => readdirSync(`/proc/${server.child.pid}/fd`).length;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Puts a piece at so many octets a second, or cuts the connection after so many. The status; 0 when cut. */
async function trickle(
  server: ServerProcess,
  piece: Piece,
  perSecond: number,
  cutAt = Number.POSITIVE_INFINITY,
) {
  const socket = await server.connect();
  let said = '';
  socket.on('data', (chunk) => {
    said += chunk;
  });
  socket.on('error', () => undefined);
  const closed = new Promise((resolve) => socket.on('close', resolve));
  const length = piece.bytes.byteLength;
  socket.write(
    `PUT /api/pieces/${piece.id} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: ${length}\r\n\r\n`,
  );
  const step = Math.ceil(perSecond / 20);
  for (let at = 0; at < length && !socket.destroyed; at += step) {
    if (at >= cutAt) socket.destroy();
    else socket.write(piece.bytes.subarray(at, at + step));
    await pause(50);
  }
  await closed;
  return Number(/^HTTP\/1\.1 (\d+)/.exec(said)?.[1] ?? 0);
}

export const badNetwork: Trial = async (folder) => {
  const server = await ServerProcess.start({ MIXWELL_STORE: folder, MIXWELL_LOG: 'warn' });
  const rows: Row[] = [];
  const before = openFiles(server);

  const slow = randomPiece(MIB);
  const slowly = trickle(server, slow, 256 * 1024);
  const cut = Array.from({ length: CUTS }, () => randomPiece(MIB));
  await Promise.all(cut.map((piece, n) => trickle(server, piece, 2 * MIB, 1000 + (n * 0.85 * MIB) / CUTS)));
  const slowStatus = await slowly;
  rows.push({
    what: '1 MiB at 256 KiB/s, while others are cut',
    figure: String(slowStatus),
    holds: slowStatus === 204,
  });

  const missing = (await server.client.missing(cut)).body.missing.length;
  rows.push({
    what: 'uploads cut in the middle, all missing after',
    figure: `${missing} of ${CUTS}`,
    holds: missing === CUTS,
  });
  const again = await server.client.upload(...cut);
  const whole = (await server.client.missing(cut)).body.missing.length === 0;
  rows.push({ what: 'sent again, and there', figure: `${again}`, holds: whole });

  const [id, token] = [randomShareId(), randomToken()];
  await server.client.share(id, token, { pieces: cut.map((piece) => piece.id) });
  for (const piece of cut) {
    const stop = new AbortController();
    const response = await fetch(`${server.origin}/api/shares/${id}/pieces/${piece.id}`, {
      signal: stop.signal,
    });
    await response.body?.getReader().read();
    stop.abort();
  }
  await until(async () => openFiles(server) <= before + 3);
  const left = readdirSync(join(folder, 'unfinished')).length;
  rows.push({ what: 'downloads cut in the middle', figure: `${cut.length}` });
  rows.push({
    what: 'left over in the server',
    figure: `${Math.max(0, openFiles(server) - before - 3)} open files, ${left} unfinished`,
    holds: openFiles(server) <= before + 3 && left === 0,
  });
  const heard = await server.client.piece(id, slow.id);
  rows.push({ what: 'a piece that is not of the link', figure: String(heard), holds: heard === 404 });
  await server.end();
  return rows;
};

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 100 && !(await isSo()); tries++) await pause(50);
}

export const flippedBits: Trial = async (folder) => {
  const server = await ServerProcess.start({ MIXWELL_STORE: folder, MIXWELL_LOG: 'warn' });
  const pieces = Array.from({ length: 20 }, () => randomPiece(MIB));
  const ids = pieces.map((piece) => piece.id);
  const [id, token] = [randomShareId(), randomToken()];
  await server.client.upload(...pieces);
  await server.client.share(id, token, { pieces: ids });
  const hurt = pieces.filter((_, n) => n % 4 === 0);
  for (const [n, piece] of hurt.entries()) {
    const path = join(folder, 'pieces', piece.id.slice(0, 2), piece.id);
    const bytes = readFileSync(path);
    const at = (n * 7919 * 131) % bytes.length;
    bytes[at] = (bytes[at] as number) ^ (1 << (n % 8));
    writeFileSync(path, bytes);
  }
  // Each recipient compares what comes with its name, as the page does, and reports what differs.
  const wrong: string[] = [];
  for (const piece of ids) {
    const got = await server.client.piece(id, piece);
    if (typeof got === 'number' || pieceOf(got).id !== piece) wrong.push(piece);
  }
  const judged = [];
  for (const piece of ids) judged.push((await server.client.damaged(id, piece)).body.damaged);
  const found = judged.filter(Boolean).length;
  const refused = await server.client.share(id, token, { pieces: ids, revision: 2 });
  const sent = await server.client.upload(...pieces);
  const stored = await server.client.share(id, token, { pieces: ids, revision: 2 });
  let whole = 0;
  for (const piece of ids) {
    const got = await server.client.piece(id, piece);
    if (typeof got !== 'number' && pieceOf(got).id === piece) whole++;
  }
  await server.end();
  return [
    { what: 'pieces with one bit flipped, of 20', figure: `${hurt.length}` },
    { what: 'seen by the recipient', figure: `${wrong.length}`, holds: wrong.length === hurt.length },
    { what: 'reported; found damaged by the server', figure: `${found}`, holds: found === hurt.length },
    {
      what: 'missing at the owner’s next share',
      figure: `${refused.body.missing?.length}`,
      holds: refused.status === 409,
    },
    { what: 'sent again', figure: `${sent}`, holds: sent === hurt.length },
    { what: 'whole after that', figure: `${whole} of 20`, holds: whole === 20 && stored.status === 200 },
  ];
};
