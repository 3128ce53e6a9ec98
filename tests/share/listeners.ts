import { readFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { ServerProcess } from '../support/serverProcess';
import { type Piece, randomPiece, randomShareId, randomToken } from '../support/shareClient';
import type { Trial } from './faults';

const LISTENERS = 200;
const MIB = 1024 * 1024;
/** A preview of three and a half minutes at 160 kbit/s, in pieces of one chunk. */
const PREVIEW_PIECES = 4;
const MANIFEST_BYTES = 60_000;

interface Heard {
  recordMs: number;
  firstPieceMs: number;
  allMs: number;
  bytes: number;
}

/** Fetches as the listen page does: the record, then the preview piece by piece, over one kept connection. */
async function listen(origin: string, id: string, pieces: readonly Piece[]): Promise<Heard> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const started = performance.now();
  const since = () => performance.now() - started;
  let bytes = 0;
  const fetchOnce = (path: string) =>
    new Promise<void>((resolve, reject) => {
      get(`${origin}${path}`, { agent }, (response) => {
        if (response.statusCode !== 200) reject(new Error(`${response.statusCode}`));
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
        });
        response.on('end', resolve).on('error', reject);
      }).on('error', reject);
    });
  await fetchOnce(`/api/shares/${id}`);
  const recordMs = since();
  let firstPieceMs = 0;
  for (const piece of pieces) {
    await fetchOnce(`/api/shares/${id}/pieces/${piece.id}`);
    firstPieceMs ||= since();
  }
  agent.destroy();
  return { recordMs, firstPieceMs, allMs: since(), bytes };
}

const quantile = (values: readonly number[], q: number) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))] ?? Number.NaN;
const pair = (values: readonly number[]) =>
  `p50 ${quantile(values, 0.5).toFixed(0)} ms, p99 ${quantile(values, 0.99).toFixed(0)} ms`;

const residentMib = (pid: number) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

/** Seconds of processor time, in ticks of a hundredth (proc(5)). */
const processorSeconds = (pid: number) => {
  const [user, system] =
    readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ').slice(11, 13) ?? [];
  return (Number(user) + Number(system)) / 100;
};

export const listeners: Trial = async (folder) => {
  const server = await ServerProcess.start({ MIXWELL_STORE: folder });
  const pid = server.child.pid as number;
  const [id, token] = [randomShareId(), randomToken()];
  const pieces = Array.from({ length: PREVIEW_PIECES }, () => randomPiece(MIB + 16));
  await server.client.upload(...pieces);
  const manifest = Buffer.from(randomPiece(MANIFEST_BYTES).bytes).toString('base64url');
  await server.client.share(id, token, { manifest, pieces: pieces.map((piece) => piece.id) });

  let mostMib = residentMib(pid);
  const idleMib = mostMib;
  const watching = setInterval(() => {
    mostMib = Math.max(mostMib, residentMib(pid));
  }, 50);
  const processorBefore = processorSeconds(pid);
  const started = performance.now();
  const outcomes = await Promise.allSettled(
    Array.from({ length: LISTENERS }, () => listen(server.origin, id, pieces)),
  );
  const seconds = (performance.now() - started) / 1000;
  clearInterval(watching);
  const processor = processorSeconds(pid) - processorBefore;
  await server.end();
  const heard = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const reasons = outcomes.flatMap((outcome) =>
    outcome.status === 'rejected' ? [String(outcome.reason)] : [],
  );
  const why = reasons.length ? ` (${[...new Set(reasons)].join(', ')})` : '';
  const bytes = heard.reduce((sum, one) => sum + one.bytes, 0);
  return [
    {
      what: 'heard all of it',
      figure: `${heard.length} of ${LISTENERS}${why}`,
      holds: heard.length === LISTENERS,
    },
    {
      what: `record (manifest of ${MANIFEST_BYTES / 1000} kB) is there`,
      figure: pair(heard.map((one) => one.recordMs)),
    },
    { what: 'first MiB of the preview is there', figure: pair(heard.map((one) => one.firstPieceMs)) },
    { what: `all ${PREVIEW_PIECES} MiB are there`, figure: pair(heard.map((one) => one.allMs)) },
    { what: 'throughput, client on the same machine', figure: `${(bytes / seconds / 1e6).toFixed(0)} MB/s` },
    {
      what: 'processor time of the server',
      figure: `${processor.toFixed(1)} s (${(bytes / processor / 1e6).toFixed(0)} MB a second of it)`,
    },
    {
      what: 'memory of the server (resident)',
      figure: `${idleMib.toFixed(0)} MiB idle, ${mostMib.toFixed(0)} MiB at most`,
    },
  ];
};
