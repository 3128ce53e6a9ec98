import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ServerProcess } from '../support/serverProcess';
import { pieceOf, randomPiece, randomShareId, randomToken, type ShareClient } from '../support/shareClient';
import type { Trial } from './faults';

const KILLS = 8;
const UPLOADERS = 6;
const PIECE_BYTES = 300 * 1024;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** What the server said it has, and so must have whatever happens. */
interface Acknowledged {
  pieces: Set<string>;
  shares: Map<string, string[]>;
  failed: number;
}

/** Uploads and shares for as long as the server answers; then returns. */
async function uploadUntilGone(client: ShareClient, said: Acknowledged): Promise<void> {
  try {
    for (;;) {
      const own: string[] = [];
      for (let n = 0; n < 3; n++) {
        const piece = randomPiece(PIECE_BYTES);
        await client.upload(piece);
        said.pieces.add(piece.id);
        own.push(piece.id);
      }
      const id = randomShareId();
      const { status } = await client.share(id, randomToken(), { pieces: own });
      if (status === 201) said.shares.set(id, own);
    }
  } catch {
    said.failed++;
  }
}

export const killedServer: Trial = async (folder) => {
  const settings = { MIXWELL_STORE: folder, MIXWELL_LOG: 'warn' };
  const said: Acknowledged = { pieces: new Set(), shares: new Map(), failed: 0 };
  let server = await ServerProcess.start(settings);
  const { port } = server;
  let unfinished = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const uploading = Array.from({ length: UPLOADERS }, () => uploadUntilGone(server.client, said));
    const before = said.shares.size;
    while (said.shares.size < before + 5) await pause(20);
    await pause(Math.random() * 300);
    await server.end('SIGKILL');
    await Promise.all(uploading);
    unfinished += readdirSync(join(folder, 'unfinished')).length;
    server = await ServerProcess.start(settings, port);
  }
  let lost = 0;
  let damaged = 0;
  for (const [id, pieces] of said.shares) {
    if ((await server.client.open(id)).status !== 200) lost++;
    for (const piece of pieces) damaged += (await isWhole(server.client, id, piece)) ? 0 : 1;
  }
  // Pieces whose share was not stored any more are looked at through a share of their own.
  const loose = [...said.pieces].filter((piece) => ![...said.shares.values()].flat().includes(piece));
  const id = randomShareId();
  const shared = await server.client.share(id, randomToken(), { pieces: loose });
  const missing: string[] = shared.body.missing ?? [];
  for (const piece of loose)
    if (missing.length === 0 && !(await isWhole(server.client, id, piece))) damaged++;
  await server.end();
  return [
    { what: 'SIGKILL while six clients upload', figure: `${KILLS} times, ${said.failed} uploads cut` },
    { what: 'left unfinished on the disk, listed nowhere', figure: `${unfinished} files` },
    {
      what: 'acknowledged',
      figure: `${said.pieces.size} pieces, ${said.shares.size} shares`,
      holds: said.shares.size > 0,
    },
    {
      what: 'of these lost',
      figure: `${missing.length} pieces, ${lost} shares`,
      holds: missing.length + lost === 0,
    },
    { what: 'of these not whole', figure: `${damaged} pieces`, holds: damaged === 0 },
  ];
};

async function isWhole(client: ShareClient, id: string, piece: string): Promise<boolean> {
  const got = await client.piece(id, piece);
  return typeof got !== 'number' && pieceOf(got).id === piece;
}
