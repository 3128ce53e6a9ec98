import { type AudioSource, sampleRatesHz } from '../model/types';
import { openPool } from '../storage/pool';
import { poolUseLock } from '../storage/poolLocks';
import type { DecodeJob, FromDecodeWorker, ImportedFile, ToDecodeWorker } from '../workers/decode/protocol';

/** A file that came in, was refused with a sentence, or was called off. */
export type ImportResult =
  | { readonly ok: AudioSource; readonly note?: string }
  | { readonly error: string }
  | { readonly cancelled: true };

export interface ImportProgress {
  readonly projectRateHz: number;
  onProgress?(fileIndex: number, fraction: number): void;
  readonly signal?: AbortSignal;
}

export interface NamedBlob {
  readonly name: string;
  readonly blob: Blob;
}

export interface Importer {
  /** In the order of the files. Nothing of a file that is refused or called off stays in the pool. */
  importAudio(files: readonly (File | NamedBlob)[], options: ImportProgress): Promise<ImportResult[]>;
  /** The project's rate that suits most of these files, by their headers. */
  majoritySampleRate(files: readonly (File | NamedBlob)[]): Promise<number>;
  /** Makes what is missing of a source whose original is in the pool. */
  prepare(source: {
    id: string;
    ext: string;
    name: string;
    projectRateHz: number;
    signal?: AbortSignal;
  }): Promise<ImportResult>;
  /** Removes what no project refers to, unless another tab uses the pool; returns the number of files. */
  removeUnreferenced(ids: ReadonlySet<string>): Promise<number>;
  dispose(): void;
}

const maxWorkers = 2;
const defaultRateHz = 48000;

export function createImporter(engine: WebAssembly.Module | Promise<WebAssembly.Module>): Importer {
  const crew = new DecodeCrew(engine);
  poolUseLock.hold();
  let imports = 0;

  const run = async (name: string, job: DecodeJob, options: JobOptions): Promise<ImportResult> => {
    imports++;
    try {
      const answer = await crew.run(job, options);
      if (answer.kind === 'imported') return resultOf(name, answer.file);
      if (answer.kind === 'error') return { error: answer.sentence };
      return { cancelled: true };
    } finally {
      imports--;
    }
  };

  return {
    importAudio: (files, { projectRateHz, onProgress, signal }) =>
      Promise.all(
        files.map((file, index) => {
          const { name, blob } = named(file);
          const report = (fraction: number) => onProgress?.(index, fraction);
          return run(name, { kind: 'import', name, blob, projectRateHz }, { onProgress: report, signal });
        }),
      ),
    async majoritySampleRate(files) {
      const rates = await Promise.all(files.map((file) => crew.run({ kind: 'rate', ...named(file) }, {})));
      return majorityRate(rates.map((answer) => (answer.kind === 'rate' ? answer.sampleRateHz : null)));
    },
    prepare: ({ signal, ...source }) => run(source.name, { kind: 'prepare', ...source }, { signal }),
    async removeUnreferenced(ids) {
      if (imports > 0 || (await poolUseLock.shared())) return 0;
      return (await openPool()).removeUnreferenced(ids);
    },
    dispose: () => crew.dispose(),
  };
}

function named(file: File | NamedBlob): NamedBlob {
  return 'blob' in file ? file : { name: file.name, blob: file };
}

function resultOf(name: string, { id, entry, note }: ImportedFile): ImportResult {
  const { ext, channels, frames, originalSampleRateHz, originalFrames, format, bytes, truncated } = entry;
  const ok = {
    id,
    name,
    ext,
    channels,
    frames,
    originalSampleRateHz,
    originalFrames,
    format,
    bytes,
    truncated,
  };
  return note ? { ok, note } : { ok };
}

/** The project rate nearest to most of the files' rates; of equals the higher one. 48 kHz where nothing is known. */
export function majorityRate(rates: readonly (number | null)[]): number {
  const votes = new Map<number, number>();
  for (const rate of rates) {
    if (rate === null) continue;
    const nearest = nearestProjectRate(rate);
    votes.set(nearest, (votes.get(nearest) ?? 0) + 1);
  }
  const [winner] = [...votes].sort(([a, n], [b, m]) => m - n || b - a);
  return winner?.[0] ?? defaultRateHz;
}

/** A multiple or a fraction of a project's rate goes to its own family: 22.05 kHz to 44.1, 192 to 96. */
function nearestProjectRate(rateHz: number): number {
  const family = rateHz % 11025 === 0 ? 44100 : rateHz % 8000 === 0 ? 48000 : null;
  const inFamily = sampleRatesHz.filter((rate) => family === null || rate % family === 0);
  return inFamily.reduce((best, rate) => (Math.abs(rate - rateHz) < Math.abs(best - rateHz) ? rate : best));
}

interface JobOptions {
  readonly onProgress?: (fraction: number) => void;
  readonly signal?: AbortSignal;
}

interface Waiting {
  readonly job: DecodeJob;
  readonly options: JobOptions;
  readonly resolve: (answer: FromDecodeWorker) => void;
}

/** Up to two workers, each on one job at a time; the others wait their turn. */
class DecodeCrew {
  readonly #engine: Promise<WebAssembly.Module>;
  readonly #idle: Worker[] = [];
  readonly #all: Worker[] = [];
  readonly #queue: Waiting[] = [];
  #calls = 0;

  constructor(engine: WebAssembly.Module | Promise<WebAssembly.Module>) {
    this.#engine = Promise.resolve(engine);
  }

  run(job: DecodeJob, options: JobOptions): Promise<FromDecodeWorker> {
    return new Promise((resolve) => {
      this.#queue.push({ job, options, resolve });
      this.#next();
    });
  }

  dispose(): void {
    for (const worker of this.#all) worker.terminate();
  }

  #next(): void {
    if (this.#queue.length === 0) return;
    const worker = this.#idle.pop() ?? (this.#all.length < maxWorkers ? this.#hire() : null);
    const waiting = worker && this.#queue.shift();
    if (worker && waiting) this.#start(worker, waiting);
  }

  #hire(): Worker {
    const worker = new Worker(new URL('../workers/decode/decodeWorker.ts', import.meta.url), {
      type: 'module',
    });
    this.#all.push(worker);
    return worker;
  }

  #start(worker: Worker, { job, options, resolve }: Waiting): void {
    const call = ++this.#calls;
    const send = (message: ToDecodeWorker) => worker.postMessage(message);
    const cancel = () => send({ kind: 'cancel', call });
    const end = (answer: FromDecodeWorker) => {
      worker.removeEventListener('message', listen);
      worker.removeEventListener('error', fail);
      options.signal?.removeEventListener('abort', cancel);
      this.#idle.push(worker);
      resolve(answer);
      this.#next();
    };
    const listen = ({ data }: MessageEvent<FromDecodeWorker>) => {
      if (data.call !== call) return;
      if (data.kind === 'progress') options.onProgress?.(data.fraction);
      else end(data);
    };
    const fail = (event: ErrorEvent) => {
      end({ kind: 'error', call, sentence: `${job.name} could not be imported: ${event.message}` });
    };
    if (options.signal?.aborted) {
      this.#idle.push(worker);
      resolve({ kind: 'cancelled', call });
      this.#next();
      return;
    }
    worker.addEventListener('message', listen);
    worker.addEventListener('error', fail);
    options.signal?.addEventListener('abort', cancel);
    this.#engine.then(
      (engine) => {
        if (!begun.has(worker)) send({ kind: 'begin', engine });
        begun.add(worker);
        send({ kind: 'job', call, job });
      },
      (error: unknown) =>
        end({ kind: 'error', call, sentence: `${job.name} could not be imported: ${error}` }),
    );
  }
}

const begun = new WeakSet<Worker>();
