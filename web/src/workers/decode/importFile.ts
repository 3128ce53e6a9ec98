import { createSHA256 } from 'hash-wasm';
import { type AudioInput, openAudioInput } from '../../engine/audioInput';
import { BlobReader } from '../../engine/byteReader';
import { BufferedSink } from '../../engine/byteSink';
import type { CodecModule } from '../../engine/codecModule';
import { conversionVersion } from '../../engine/conversionVersion';
import { type Conversion, convertAudio } from '../../engine/convertAudio';
import { Pool, type PoolEntry } from '../../storage/pool';
import { noteOf } from './importSentences';
import type { ImportedFile } from './protocol';
import { StoringReader } from './storingReader';
import { UnfinishedFiles } from './unfinishedFiles';

export interface ImportOptions {
  readonly projectRateHz: number;
  /** What there is room for, where that is known: a larger file is refused before the first byte is copied. */
  readonly freeBytes?: number;
  readonly onProgress?: (fraction: number) => void;
  readonly signal?: AbortSignal;
}

/** Lets one at a time give names to the files of a source. */
export type Exclusively = <T>(id: string, work: () => Promise<T>) => Promise<T>;

/** The share of storing and hashing in the time of an import, where it comes before decoding. */
const storedFraction = 0.15;

/** Brings files into the pool; what is not finished has this writer's name. */
export class PoolWriter {
  readonly #pool: Pool;
  readonly #module: CodecModule;
  readonly #writer: string;
  readonly #exclusively: Exclusively;
  #count = 0;

  constructor(pool: Pool, module: CodecModule, writer: string, exclusively: Exclusively) {
    this.#pool = pool;
    this.#module = module;
    this.#writer = writer;
    this.#exclusively = exclusively;
  }

  /** Throws an AudioFileError with a sentence; nothing of a file that failed or was cancelled stays. */
  async import(name: string, blob: Blob, options: ImportOptions): Promise<ImportedFile> {
    const { projectRateHz, freeBytes, onProgress, signal } = options;
    if (freeBytes !== undefined && blob.size > freeBytes) {
      throw new DOMException('There is no room for a copy.', 'QuotaExceededError');
    }
    return this.#withFiles(async (files) => {
      const copy = await files.create();
      const file = new StoringReader(new BlobReader(blob), (await createSHA256()).init(), copy.sink);
      const input = await openAudioInput(file, name, this.#module);
      try {
        if (isInPlace(input, projectRateHz)) {
          const made = await this.#convert(input, name, files, options);
          const id = await file.finish(signal);
          await files.close(copy);
          return await this.#finish(id, name, files, { ...made, copy, rateHz: projectRateHz });
        }
        const id = await file.finish(signal, (fraction) => onProgress?.(storedFraction * fraction));
        await files.close(copy);
        const known = await this.#pool.entry(id, projectRateHz);
        if (known) return imported(id, name, known);
        const made = await this.#convert(input, name, files, {
          ...options,
          onProgress: (fraction) => onProgress?.(storedFraction + (1 - storedFraction) * fraction),
        });
        return await this.#finish(id, name, files, { ...made, copy, rateHz: projectRateHz });
      } finally {
        input.close();
      }
    });
  }

  /** Makes what belongs to an original in the pool at a rate, where it is not there; null without the original. */
  async prepare(id: string, ext: string, name: string, options: ImportOptions): Promise<ImportedFile | null> {
    const { projectRateHz } = options;
    const known = await this.#pool.entry(id, projectRateHz);
    if (known) return { id, entry: known };
    const original = await this.#pool.original(id, ext);
    if (!original) return null;
    return this.#withFiles(async (files) => {
      const input = await openAudioInput(new BlobReader(original), name, this.#module);
      try {
        const made = await this.#convert(input, name, files, options);
        return await this.#finish(id, name, files, { ...made, copy: null, rateHz: projectRateHz });
      } finally {
        input.close();
      }
    });
  }

  async #withFiles<T>(work: (files: UnfinishedFiles) => Promise<T>): Promise<T> {
    const newName = () => Pool.names.unfinished(this.#writer, ++this.#count);
    const files = new UnfinishedFiles(this.#pool.files, newName);
    try {
      return await work(files);
    } finally {
      await files.discard();
    }
  }

  async #convert(
    input: AudioInput,
    name: string,
    files: UnfinishedFiles,
    options: ImportOptions,
  ): Promise<Converted> {
    const inPlace = isInPlace(input, options.projectRateHz);
    const sibling = inPlace ? null : await files.create();
    const sink = sibling && new BufferedSink(sibling.sink);
    const made: Conversion = await convertAudio(this.#module, input, name, {
      ...options,
      sibling: sink,
      peaks: true,
    });
    if (sibling && sink) await files.close(sibling, sink);
    const peaks = await files.write(made.peaks ?? new Uint8Array(0));
    const { ext, channels, sampleRateHz, format } = input.facts;
    const entry: PoolEntry = {
      version: conversionVersion,
      ext,
      channels,
      frames: made.frames,
      originalSampleRateHz: sampleRateHz,
      originalFrames: made.originalFrames,
      format,
      bytes: input.bytes,
      truncated: input.truncated,
      inPlace,
    };
    return { entry, sibling, peaks };
  }

  /** Gives all files their names, the entry last: where it is, everything is. */
  #finish(
    id: string,
    name: string,
    files: UnfinishedFiles,
    { entry, copy, sibling, peaks, rateHz }: Finished,
  ): Promise<ImportedFile> {
    const { names } = Pool;
    return this.#exclusively(id, async () => {
      const known = await this.#pool.entry(id, rateHz);
      if (known) return imported(id, name, known);
      const written = await files.write(new TextEncoder().encode(JSON.stringify(entry)));
      if (copy) await files.keep(copy, names.original(id, entry.ext));
      if (sibling) await files.keep(sibling, names.sibling(id, rateHz));
      await files.replace(peaks, names.peaks(id, rateHz));
      await files.replace(written, names.entry(id, rateHz));
      return imported(id, name, entry);
    });
  }
}

type Part = Awaited<ReturnType<UnfinishedFiles['create']>>;

interface Converted {
  readonly entry: PoolEntry;
  readonly sibling: Part | null;
  readonly peaks: Part;
}

interface Finished extends Converted {
  readonly copy: Part | null;
  readonly rateHz: number;
}

function isInPlace(input: AudioInput, projectRateHz: number): boolean {
  return input.pcm !== null && input.facts.sampleRateHz === projectRateHz;
}

function imported(id: string, name: string, entry: PoolEntry): ImportedFile {
  const note = noteOf(name, entry);
  return note ? { id, entry, note } : { id, entry };
}
