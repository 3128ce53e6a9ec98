import { instantiateEngine } from '../../engine/loadModule';
import type { MixwellModule } from '../../engine/mixwellModule';
import { connectPageLink } from '../../engine/pageLink';
import type { PcmSource } from '../../engine/pcmSource';
import { openPool, type Pool } from '../../storage/pool';
import { openPoolSource } from './openPoolSource';
import { PageServer } from './pageServer';
import type { FromStreamWorker, PoolAddress, ToStreamWorker } from './protocol';

interface Opened {
  readonly id: string;
  readonly channels: 1 | 2;
  readonly source: Promise<PcmSource | null>;
}

const opened = new Map<number, Opened>();
const painted = new Map<string, Promise<PcmSource | null>>();
const told = new Set<string>();
const maxPainted = 16;

let server: PageServer | null = null;
let begun: (parts: { module: MixwellModule; pool: Pool }) => void;
let failed: (reason: unknown) => void;
const parts = new Promise<{ module: MixwellModule; pool: Pool }>((resolve, reject) => {
  begun = resolve;
  failed = reject;
});
parts.catch(() => {});

addEventListener('message', ({ data }: MessageEvent<ToStreamWorker>) => {
  switch (data.kind) {
    case 'begin':
      return void begin(data);
    case 'open':
      return open(data.handle, data.source, data.channels);
    case 'close':
      return close(data.handle);
    case 'peaks':
      return void sendPeaks(data.call, data.source);
    case 'samples':
      return void sendSamples(data);
  }
});

const say = (message: FromStreamWorker, transfer: Transferable[] = []) => postMessage(message, { transfer });

async function begin({ engine, link }: Extract<ToStreamWorker, { kind: 'begin' }>): Promise<void> {
  try {
    begun({ module: await instantiateEngine(engine), pool: await openPool() });
  } catch (error) {
    failed(error);
  }
  server = new PageServer({
    link: connectPageLink(link),
    source: (handle) => opened.get(handle)?.source,
    channels: (handle) => opened.get(handle)?.channels ?? 2,
    onFailed: (handle, reason) => tellFailed(opened.get(handle)?.id, reason),
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
  await server.run();
}

function open(handle: number, address: PoolAddress, channels: 1 | 2): void {
  close(handle);
  const source = openSource(address);
  source.then(
    (found) => {
      if (!found) tellOnce(address.id, { kind: 'missing', id: address.id });
    },
    () => {},
  );
  opened.set(handle, { id: address.id, channels, source });
  server?.opened(handle);
}

function close(handle: number): void {
  const going = opened.get(handle);
  opened.delete(handle);
  if (going) told.delete(going.id);
  void going?.source.then(
    (source) => source?.close(),
    () => {},
  );
}

async function openSource({ id, ext, projectRateHz }: PoolAddress): Promise<PcmSource | null> {
  const { module, pool } = await parts;
  return openPoolSource(pool, module, id, ext, projectRateHz);
}

function tellFailed(id: string | undefined, reason: unknown): void {
  const words = reason instanceof Error ? reason.message : String(reason);
  if (id) tellOnce(id, { kind: 'failed', id, reason: words });
}

function tellOnce(id: string, message: FromStreamWorker): void {
  if (told.has(id)) return;
  told.add(id);
  say(message);
}

async function sendPeaks(call: number, { id, projectRateHz }: PoolAddress): Promise<void> {
  try {
    const blob = await (await parts).pool.peaks(id, projectRateHz);
    const bytes = blob ? new Uint8Array(await blob.arrayBuffer()) : null;
    say({ kind: 'peaks', call, bytes }, bytes ? [bytes.buffer] : []);
  } catch {
    say({ kind: 'peaks', call, bytes: null });
  }
}

async function sendSamples(request: Extract<ToStreamWorker, { kind: 'samples' }>): Promise<void> {
  try {
    const source = await paintedSource(request.source);
    const channels = (await source?.read(request.firstFrame, request.count)) ?? [];
    say(
      { kind: 'samples', call: request.call, channels },
      channels.map(({ buffer }) => buffer as ArrayBuffer),
    );
  } catch {
    say({ kind: 'samples', call: request.call, channels: [] });
  }
}

/** The few sources that the painter looks at closely stay open. */
function paintedSource(address: PoolAddress): Promise<PcmSource | null> {
  const key = `${address.id} ${address.projectRateHz}`;
  const known = painted.get(key);
  if (known) return known;
  const source = openSource(address);
  source.then(
    (found) => found ?? painted.delete(key),
    () => painted.delete(key),
  );
  painted.set(key, source);
  if (painted.size > maxPainted) {
    const [oldest] = painted.keys();
    const going = painted.get(oldest as string);
    painted.delete(oldest as string);
    void going?.then(
      (found) => found?.close(),
      () => {},
    );
  }
  return source;
}
