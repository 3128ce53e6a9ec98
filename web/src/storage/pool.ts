import { conversionVersion } from '../engine/conversionVersion';
import { openPrivateFolder, type PoolFiles } from './poolFiles';

export { PoolUnavailable } from './poolFiles';

/** What the pool knows of an original at one project's rate. It is written last: where it is, everything is. */
export interface PoolEntry {
  readonly version: number;
  readonly ext: string;
  readonly channels: 1 | 2;
  /** At the project's rate. */
  readonly frames: number;
  readonly originalSampleRateHz: number;
  readonly originalFrames: number;
  readonly format: string;
  readonly bytes: number;
  readonly truncated: boolean;
  /** The original itself is streamed, since it is PCM at the project's rate. */
  readonly inPlace: boolean;
}

const idPattern = /^[0-9a-f]{64}\./;
const unfinishedMark = '~';

/**
 * Audio files of all projects, by the SHA-256 of the original: the original as it came, what was converted for a project's
 * rate, and the waveforms. Finished files never change, so any thread and any tab may read them.
 */
export class Pool {
  readonly #files: PoolFiles;

  constructor(files: PoolFiles) {
    this.#files = files;
  }

  static names = {
    original: (id: string, ext: string) => `${id}.${ext}`,
    sibling: (id: string, rateHz: number) => `${id}.${rateHz}.v${conversionVersion}.wav`,
    peaks: (id: string, rateHz: number) => `${id}.${rateHz}.peaks`,
    entry: (id: string, rateHz: number) => `${id}.${rateHz}.json`,
    /** A file being written by the writer of this name. */
    unfinished: (writer: string, count: number) => `${unfinishedMark}${writer}.${count}`,
  };

  /** The file as it was imported. */
  original(id: string, ext: string): Promise<Blob | null> {
    return this.#files.open(Pool.names.original(id, ext));
  }

  /** What is played at a project's rate: the converted file, or the original where none was needed. */
  async stream(id: string, ext: string, projectRateHz: number): Promise<Blob | null> {
    return (await this.#files.open(Pool.names.sibling(id, projectRateHz))) ?? (await this.original(id, ext));
  }

  /** The waveform, as readWaveformPeaks takes it. */
  peaks(id: string, projectRateHz: number): Promise<Blob | null> {
    return this.#files.open(Pool.names.peaks(id, projectRateHz));
  }

  /** What is known of a source that is complete for this rate; null where anything of it is missing or out of date. */
  async entry(id: string, projectRateHz: number): Promise<PoolEntry | null> {
    const file = await this.#files.open(Pool.names.entry(id, projectRateHz));
    const entry = file ? parseEntry(await file.text()) : null;
    if (!entry) return null;
    const needed = [
      this.original(id, entry.ext),
      this.peaks(id, projectRateHz),
      entry.inPlace ? null : this.#files.open(Pool.names.sibling(id, projectRateHz)),
    ];
    for (const wanted of needed) if (wanted && !(await wanted)?.size) return null;
    return entry;
  }

  /** For who writes to the pool. */
  get files(): PoolFiles {
    return this.#files;
  }

  /** Removes all sources but these, and returns how many files went. Nobody else may use the pool meanwhile. */
  async removeUnreferenced(ids: ReadonlySet<string>): Promise<number> {
    let removed = 0;
    for (const name of await this.#files.list()) {
      if (!idPattern.test(name) || ids.has(name.slice(0, 64))) continue;
      await this.#files.remove(name);
      removed++;
    }
    return removed;
  }

  /** Removes what writers left behind that are no more. */
  async sweep(livingWriters: ReadonlySet<string>): Promise<void> {
    for (const name of await this.#files.list()) {
      if (!name.startsWith(unfinishedMark)) continue;
      const writer = name.slice(1, name.lastIndexOf('.'));
      if (!livingWriters.has(writer)) await this.#files.remove(name).catch(() => {});
    }
  }
}

function parseEntry(text: string): PoolEntry | null {
  try {
    const entry = JSON.parse(text) as PoolEntry;
    return entry.version === conversionVersion && entry.frames > 0 ? entry : null;
  } catch {
    return null;
  }
}

/** The pool in this browser's private file system; throws PoolUnavailable where there is none. */
export async function openPool(): Promise<Pool> {
  return new Pool(await openPrivateFolder());
}
