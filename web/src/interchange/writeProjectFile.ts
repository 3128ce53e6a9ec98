import { configure, Reader, Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js/lib/zip-core-custom.js';
import type { ByteReader } from '../engine/byteReader';
import type { ProjectRecords } from '../model/records';
import type { AudioSource } from '../model/types';
import {
  audioName,
  listOfNames,
  ProjectFileError,
  peaksName,
  projectJsonName,
  projectJsonText,
  recordsToSave,
} from './projectFileFormat';
import { type RunningHash, runningSha256 } from './sha256';

configure({ useWebWorkers: false, chunkSize: 1 << 20 });

/** What a project file is made of. `audio` and `peaks` give null for what is not there; without peaks the file is whole. */
export interface ProjectFileContent {
  readonly records: ProjectRecords;
  /** Of the engine that plays the project now. */
  readonly engineVersion: string;
  audio(source: AudioSource): Promise<ByteReader | null>;
  peaks?(source: AudioSource, sampleRateHz: number): Promise<ByteReader | null>;
}

export interface WriteOptions {
  /** From 0 to 1. */
  onProgress?(fraction: number): void;
  readonly signal?: AbortSignal;
  /** The time that the entries carry. */
  readonly date?: Date;
}

/**
 * Streams the project into `sink` and closes it. Each audio file is checked against its hash on the way, so that what was
 * written can be opened. Where something is missing or damaged the sink is aborted and a ProjectFileError thrown.
 */
export async function writeProjectFile(
  content: ProjectFileContent,
  sink: WritableStream<Uint8Array>,
  options: WriteOptions = {},
): Promise<void> {
  try {
    await write(content, sink, options);
  } catch (error) {
    await sink.abort(error).catch(() => undefined);
    throw error;
  }
}

async function write(
  content: ProjectFileContent,
  sink: WritableStream<Uint8Array>,
  { onProgress, signal, date }: WriteOptions,
): Promise<void> {
  signal?.throwIfAborted();
  const { records, sources } = recordsToSave(content.records);
  const audio = await readersOf(content, sources);
  const total = audio.reduce((sum, { reader }) => sum + reader.size, 0);
  const rateHz = Number(records.meta.sampleRateHz);
  const writer = new ZipWriter(sink, {
    level: 0,
    signal,
    preventClose: true,
    extendedTimestamp: false,
    lastModDate: date ?? new Date(),
  });
  const json = new TextEncoder().encode(projectJsonText(records, content.engineVersion));
  await writer.add(projectJsonName, new Uint8ArrayReader(json));
  let written = 0;
  for (const { source, reader } of audio) {
    const entry = new HashedEntry(reader, await runningSha256(), (bytes) => {
      signal?.throwIfAborted();
      onProgress?.(total > 0 ? (written + bytes) / total : 1);
    });
    await writer.add(audioName(source), entry);
    if (entry.digest() !== source.id) {
      throw new ProjectFileError(
        `The project can’t be saved as a file: the audio of “${source.name}” in this browser is damaged.`,
      );
    }
    written += reader.size;
    const peaks = await content.peaks?.(source, rateHz);
    if (peaks) await writer.add(peaksName(source.id, rateHz), new HashedEntry(peaks));
  }
  await writer.close(undefined, { preventClose: true });
  signal?.throwIfAborted();
  await sink.close();
  onProgress?.(1);
}

async function readersOf(
  content: ProjectFileContent,
  sources: readonly AudioSource[],
): Promise<{ source: AudioSource; reader: ByteReader }[]> {
  const audio: { source: AudioSource; reader: ByteReader }[] = [];
  const missing: AudioSource[] = [];
  for (const source of sources) {
    const reader = await content.audio(source);
    if (reader) audio.push({ source, reader });
    else missing.push(source);
  }
  if (missing.length === 0) return audio;
  throw new ProjectFileError(
    `The project can’t be saved as a file: the audio of ${listOfNames(missing)} is missing.`,
  );
}

/** Reads an entry for the zip, which goes from front to back, and hashes it on the way. */
class HashedEntry extends Reader<ByteReader> {
  readonly #reader: ByteReader;
  readonly #hash: RunningHash | null;
  readonly #onBytes: (bytes: number) => void;
  #hashed = 0;

  constructor(
    reader: ByteReader,
    hash: RunningHash | null = null,
    onBytes: (bytes: number) => void = () => {},
  ) {
    super(reader);
    this.#reader = reader;
    this.#hash = hash;
    this.#onBytes = onBytes;
    this.size = reader.size;
  }

  override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
    const bytes = await this.#reader.read(index, Math.min(length, this.size - index));
    if (index === this.#hashed) {
      this.#hash?.update(bytes);
      this.#hashed += bytes.length;
      this.#onBytes(this.#hashed);
    }
    return bytes;
  }

  digest(): string {
    return this.#hash && this.#hashed === this.size ? this.#hash.digest() : '';
  }
}
