import { createSHA256 } from 'hash-wasm';
import { AudioFileError } from '../../engine/audioFileError';
import { type AudioInput, openAudioInput } from '../../engine/audioInput';
import { BlobReader } from '../../engine/byteReader';
import { BufferedSink, type ByteSink } from '../../engine/byteSink';
import type { CodecModule } from '../../engine/codecModule';
import { type Conversion, conversionVersion, convertAudio } from '../../engine/convertAudio';
import { extensionOf } from '../../engine/decoders/sniff';
import { Pool, type PoolEntry } from '../../storage/pool';
import type { ImportedFile } from './protocol';

export interface ImportOptions {
  readonly projectRateHz: number;
  readonly onProgress?: (fraction: number) => void;
  readonly signal?: AbortSignal;
}

const copyBytes = 4 << 20;
/** The share of storing and hashing in the time of an import. */
const storedFraction = 0.2;

/** Brings files into the pool, one after the other; what is not finished has this writer's name. */
export class PoolWriter {
  readonly #pool: Pool;
  readonly #module: CodecModule;
  readonly #writer: string;
  #count = 0;

  constructor(pool: Pool, module: CodecModule, writer: string) {
    this.#pool = pool;
    this.#module = module;
    this.#writer = writer;
  }

  /** Throws an AudioFileError with a sentence; nothing of a file that failed or was cancelled stays. */
  async import(name: string, blob: Blob, options: ImportOptions): Promise<ImportedFile> {
    const input = await openAudioInput(new BlobReader(blob), name, this.#module);
    const unfinished = new Unfinished(this.#pool, () => Pool.names.unfinished(this.#writer, ++this.#count));
    try {
      const id = await this.#store(blob, unfinished, options);
      const known = await this.#pool.entry(id, options.projectRateHz);
      const entry = known ?? (await this.#convert(id, blob.size, input, name, unfinished, options));
      const note = noteOf(name, entry);
      return note ? { id, entry, note } : { id, entry };
    } finally {
      input.close();
      await unfinished.discard();
    }
  }

  /** Makes what belongs to an original in the pool at a rate, where it is not there; null without the original. */
  async prepare(id: string, ext: string, name: string, options: ImportOptions): Promise<ImportedFile | null> {
    const known = await this.#pool.entry(id, options.projectRateHz);
    if (known) return { id, entry: known };
    const original = await this.#pool.original(id, ext);
    return original ? this.import(name, original, options) : null;
  }

  /** Returns the SHA-256 of the file, of which a copy waits under `unfinished.original`. */
  async #store(blob: Blob, unfinished: Unfinished, { onProgress, signal }: ImportOptions): Promise<string> {
    const hash = (await createSHA256()).init();
    const sink = await unfinished.create('original');
    for (let at = 0; at < blob.size; at += copyBytes) {
      signal?.throwIfAborted();
      const bytes = new Uint8Array(await blob.slice(at, at + copyBytes).arrayBuffer());
      hash.update(bytes);
      await sink.write(at, bytes);
      onProgress?.((storedFraction * at) / blob.size);
    }
    return hash.digest('hex');
  }

  async #convert(
    id: string,
    bytes: number,
    input: AudioInput,
    name: string,
    unfinished: Unfinished,
    options: ImportOptions,
  ): Promise<PoolEntry> {
    const { projectRateHz, onProgress, signal } = options;
    const { names } = Pool;
    const inPlace = input.pcm !== null && input.facts.sampleRateHz === projectRateHz;
    const sibling = inPlace ? null : new BufferedSink(await unfinished.create('sibling'));
    const converted: Conversion = await convertAudio(this.#module, input, name, {
      projectRateHz,
      sibling,
      peaks: true,
      onProgress: (fraction) => onProgress?.(storedFraction + (1 - storedFraction) * fraction),
      signal,
    });
    const { facts } = input;
    const entry: PoolEntry = {
      version: conversionVersion,
      ext: facts.ext,
      channels: facts.channels,
      frames: converted.frames,
      originalSampleRateHz: facts.sampleRateHz,
      originalFrames: converted.originalFrames,
      format: facts.format,
      bytes,
      truncated: input.truncated,
      inPlace,
    };
    signal?.throwIfAborted();
    await unfinished.finish('original', names.original(id, facts.ext));
    if (sibling) await unfinished.finish('sibling', names.sibling(id, projectRateHz), sibling);
    await unfinished.write(names.peaks(id, projectRateHz), converted.peaks ?? new Uint8Array(0));
    await unfinished.write(names.entry(id, projectRateHz), new TextEncoder().encode(JSON.stringify(entry)));
    return entry;
  }
}

function noteOf(name: string, entry: PoolEntry): string | undefined {
  if (entry.truncated) return `${name} is cut short or damaged; what it has was taken.`;
  const claimed = extensionOf(name);
  const [kind] = entry.format.split(',');
  const same = claimed === '' || claimed === entry.ext || claimed.slice(0, 3) === entry.ext.slice(0, 3);
  const alike = ['ogg', 'oga', 'opus', 'wave', 'bwf', 'rf64', 'aifc', 'aiff'];
  return same || alike.includes(claimed) ? undefined : `${name} is in truth ${kind}; it was taken as that.`;
}

type Part = 'original' | 'sibling';

/** Files of one import that have their final names only when everything went well. */
class Unfinished {
  readonly #pool: Pool;
  readonly #newName: () => string;
  readonly #open = new Map<Part, { name: string; sink: ByteSink }>();

  constructor(pool: Pool, newName: () => string) {
    this.#pool = pool;
    this.#newName = newName;
  }

  async create(part: Part): Promise<ByteSink> {
    const name = this.#newName();
    const sink = await this.#pool.files.create(name);
    this.#open.set(part, { name, sink });
    return sink;
  }

  /** Closes a part, by way of the sink that wraps it where there is one, and gives it its name. */
  async finish(part: Part, finalName: string, wrapper?: ByteSink): Promise<void> {
    const file = this.#open.get(part);
    if (!file) return;
    await (wrapper ?? file.sink).close();
    this.#open.delete(part);
    await this.#rename(file.name, finalName);
  }

  async write(finalName: string, bytes: Uint8Array): Promise<void> {
    const name = this.#newName();
    const sink = await this.#pool.files.create(name);
    try {
      await sink.write(0, bytes);
      await sink.close();
    } catch (error) {
      await sink.abort();
      throw error;
    }
    await this.#rename(name, finalName);
  }

  async discard(): Promise<void> {
    for (const { sink } of this.#open.values()) await sink.abort().catch(() => {});
    this.#open.clear();
  }

  /** Two writers may finish the same original at once: the files are equal, so the one that is there stays. */
  async #rename(from: string, to: string): Promise<void> {
    try {
      await this.#pool.files.rename(from, to);
    } catch (error) {
      await this.#pool.files.remove(from);
      if (!(await this.#pool.files.open(to))) throw error;
    }
  }
}

/** Any error of an import as a sentence that names the file. */
export function importSentence(name: string, error: unknown): string {
  if (error instanceof AudioFileError) return error.message;
  if (error instanceof DOMException && error.name === 'QuotaExceededError') {
    return `There is no room left for ${name}: free some space on this device, or delete projects you no longer need.`;
  }
  if (error instanceof DOMException && error.name === 'NotReadableError') {
    return `${name} could not be read: it was changed, moved or unplugged.`;
  }
  return `${name} could not be imported: ${error instanceof Error ? error.message : String(error)}`;
}
