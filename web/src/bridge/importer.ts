import type { AudioSource } from '../model/types';
import { openPool } from '../storage/pool';
import { PoolUse } from '../storage/poolLocks';
import type { DecodeJob, ImportedFile } from '../workers/decode/protocol';
import { DecodeCrew, type JobOptions } from './decodeCrew';
import { majorityRate } from './majorityRate';

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
  /**
   * Removes what no project refers to and returns the number of files. Does nothing where another tab uses the pool, or after
   * this page's first import: it is for the start.
   */
  removeUnreferenced(ids: ReadonlySet<string>): Promise<number>;
  dispose(): void;
}

export function createImporter(engine: WebAssembly.Module | Promise<WebAssembly.Module>): Importer {
  const crew = new DecodeCrew(engine);
  const use = new PoolUse();
  let hasImported = false;

  const run = async (name: string, job: DecodeJob, options: JobOptions): Promise<ImportResult> => {
    hasImported ||= job.kind === 'import';
    await use.held;
    const answer = await crew.run(job, options);
    if (answer.kind === 'imported') return resultOf(name, answer.file);
    if (answer.kind === 'error') return { error: answer.sentence };
    return { cancelled: true };
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
      // What came in since may not be among the ids yet.
      if (hasImported) return 0;
      return (await use.alone(async () => (await openPool()).removeUnreferenced(ids))) ?? 0;
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
