import { spawnSync } from 'node:child_process';
import { ServerProcess } from '../support/serverProcess';
import { pieceOf, randomPiece, randomShareId, randomToken, type ShareClient } from '../support/shareClient';
import type { Row, Trial } from './faults';

const MIB = 1024 * 1024;
const mount = (...words: string[]) => spawnSync('mount', words).status === 0;

/** A disk of 24 MiB; where none can be mounted the largest file is limited instead, which a write feels the same way. */
export const fullDisk: Trial = async (folder) => {
  const mounted = mount('-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', folder);
  try {
    return mounted ? await onSmallDisk(folder) : await withSmallFiles(folder);
  } finally {
    if (mounted) spawnSync('umount', [folder]);
  }
};

async function onSmallDisk(folder: string): Promise<Row[]> {
  const settings = { MIXWELL_STORE: folder, MIXWELL_KEEP_FREE_BYTES: '0', MIXWELL_LOG: 'error' };
  const server = await ServerProcess.start(settings);
  const { client } = server;
  const token = randomToken();
  const id = randomShareId();
  const first = [randomPiece(MIB), randomPiece(MIB)];
  await client.upload(...first);
  await client.share(id, token, { pieces: first.map((piece) => piece.id) });
  const stored: string[] = [];
  let refusal = '';
  // Eight at a time, so that the disk fills up while others are under way.
  while (refusal === '') {
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        const piece = randomPiece(MIB);
        const { status, body } = await client.put(`/api/pieces/${piece.id}`, piece.bytes);
        if (status === 204) stored.push(piece.id);
        else refusal = `${status} ${body.error}`;
      }),
    );
  }
  const announced = await client.missing(
    Array.from({ length: 6 }, () => ({ id: randomPiece(9).id, bytes: 4 * MIB })),
  );
  const health = (await fetch(`${server.origin}/health`)).status;
  const heard = await countWhole(
    client,
    id,
    first.map((piece) => piece.id),
  );
  const revoked = (await client.revoke(id, token)).status;
  const ended = (await client.open(id)).status;
  mount('-o', 'remount,size=64m', folder);
  const all = randomShareId();
  await client.share(all, token, { pieces: stored });
  const whole = await countWhole(client, all, stored);
  const piece = randomPiece(MIB);
  const later = (await client.put(`/api/pieces/${piece.id}`, piece.bytes)).status;
  await server.end();
  return [
    { what: 'a tmpfs of 24 MiB; refused with', figure: refusal, holds: refusal === '507 full' },
    { what: 'told before an upload begins', figure: `${announced.status}`, holds: announced.status === 507 },
    { what: 'an earlier link still plays', figure: `${heard} of 2 pieces`, holds: heard === 2 },
    { what: 'health meanwhile', figure: `${health}`, holds: health === 200 },
    {
      what: 'a link can still be revoked',
      figure: `${revoked}, then ${ended}`,
      holds: revoked === 204 && ended >= 404,
    },
    {
      what: 'acknowledged before, and whole',
      figure: `${whole} of ${stored.length}`,
      holds: whole === stored.length,
    },
    { what: 'goes on when there is room', figure: `${later}`, holds: later === 204 },
  ];
}

async function withSmallFiles(folder: string): Promise<Row[]> {
  const settings = { MIXWELL_STORE: folder, MIXWELL_LOG: 'error' };
  const server = await ServerProcess.start(settings, 0, 'trap "" XFSZ; ulimit -f 1024;');
  const [small, large] = [randomPiece(MIB / 2), randomPiece(2 * MIB)];
  const first = (await server.client.put(`/api/pieces/${small.id}`, small.bytes)).status;
  const refused = await server.client.put(`/api/pieces/${large.id}`, large.bytes);
  const id = randomShareId();
  await server.client.share(id, randomToken(), { pieces: [small.id] });
  const whole = await countWhole(server.client, id, [small.id]);
  await server.end();
  const code = `${refused.status} ${refused.body.error}`;
  return [
    { what: 'no tmpfs here: files of at most 1 MiB; refused with', figure: code, holds: code === '507 full' },
    { what: 'acknowledged before, and whole', figure: `${whole} of 1`, holds: first === 204 && whole === 1 },
  ];
}

async function countWhole(client: ShareClient, id: string, pieces: readonly string[]): Promise<number> {
  let whole = 0;
  for (const piece of pieces) {
    const got = await client.piece(id, piece);
    if (typeof got !== 'number' && pieceOf(got).id === piece) whole++;
  }
  return whole;
}
