import { probeAudio } from '../../engine/audioInput';
import { BlobReader } from '../../engine/byteReader';
import { instantiateEngine } from '../../engine/loadModule';
import type { MixwellModule } from '../../engine/mixwellModule';
import { openPool } from '../../storage/pool';
import { exclusively, poolWriterLock } from '../../storage/poolLocks';
import { PoolWriter } from './importFile';
import { importSentence } from './importSentences';
import type { DecodeJob, FromDecodeWorker, ToDecodeWorker } from './protocol';

interface Parts {
  readonly module: MixwellModule;
  readonly writer: Promise<PoolWriter>;
}

const progressEveryMs = 50;
const running = new Map<number, AbortController>();
let parts: Promise<Parts>;

const say = (message: FromDecodeWorker) => postMessage(message);

addEventListener('message', ({ data }: MessageEvent<ToDecodeWorker>) => {
  if (data.kind === 'begin') parts = begin(data.engine);
  else if (data.kind === 'cancel') running.get(data.call)?.abort();
  else void answer(data.call, data.job);
});

async function begin(engine: WebAssembly.Module): Promise<Parts> {
  const module = await instantiateEngine(engine);
  const writer = openWriter(module);
  writer.catch(() => {});
  return { module, writer };
}

/** A writer lives as long as its lock: files that bear the name of none that lives are swept away. */
async function openWriter(module: MixwellModule): Promise<PoolWriter> {
  const pool = await openPool();
  const name = crypto.randomUUID();
  await new Promise<void>((held) => {
    void navigator.locks.request(poolWriterLock.of(name), () => {
      held();
      return new Promise(() => {});
    });
  });
  await pool.sweep(await poolWriterLock.living());
  return new PoolWriter(pool, module, name, exclusively);
}

async function answer(call: number, job: DecodeJob): Promise<void> {
  const control = new AbortController();
  running.set(call, control);
  try {
    say(await run(call, job, control.signal));
  } catch (error) {
    if (control.signal.aborted) say({ kind: 'cancelled', call });
    else say({ kind: 'error', call, sentence: importSentence(job.name, error) });
  } finally {
    running.delete(call);
  }
}

async function run(call: number, job: DecodeJob, signal: AbortSignal): Promise<FromDecodeWorker> {
  const { module, writer } = await parts;
  if (job.kind === 'rate') return { kind: 'rate', call, sampleRateHz: await rateOf(module, job) };
  const { name, projectRateHz } = job;
  const options = { projectRateHz, signal, onProgress: progressOf(call) };
  const file =
    job.kind === 'import'
      ? await (await writer).import(name, job.blob, { ...options, freeBytes: await freeBytes() })
      : await (await writer).prepare(job.id, job.ext, name, options);
  if (file) return { kind: 'imported', call, file };
  return { kind: 'error', call, sentence: `${name} is missing: this browser no longer has its audio.` };
}

async function freeBytes(): Promise<number> {
  const { quota, usage = 0 } = await navigator.storage.estimate();
  return quota === undefined ? Number.POSITIVE_INFINITY : quota - usage;
}

/** Null where the file can't be used: the import says why. */
async function rateOf(
  module: MixwellModule,
  job: Extract<DecodeJob, { kind: 'rate' }>,
): Promise<number | null> {
  try {
    return (await probeAudio(new BlobReader(job.blob), job.name, module)).sampleRateHz;
  } catch {
    return null;
  }
}

function progressOf(call: number): (fraction: number) => void {
  let last = 0;
  return (fraction) => {
    const now = performance.now();
    if (now - last < progressEveryMs) return;
    last = now;
    say({ kind: 'progress', call, fraction });
  };
}
