import { configure, type Entry, Reader, ZipReader } from '@zip.js/zip.js/lib/zip-core-custom.js';
import type { ByteReader } from '../engine/byteReader';
import type { AudioSource } from '../model/types';
import {
  audioName,
  listOfNames,
  maxProjectJsonBytes,
  ProjectFileError,
  peaksName,
  projectJsonName,
  type ReadProject,
  readProjectJson,
  sourcesInUse,
} from './projectFileFormat';
import { type Progress, sha256Of } from './sha256';

configure({ useWebWorkers: false, chunkSize: 1 << 20 });

const maxEntries = 20_000;
const localHeaderBytes = 30;
const localHeaderMark = 0x04034b50;

/** Bytes of an entry, in place: entries are stored as they are. */
export interface StoredEntry extends ByteReader {
  /** Where its bytes begin in the project file, for who can slice it. */
  readonly offset: number;
}

export interface ProjectFileAudio {
  readonly source: AudioSource;
  readonly original: StoredEntry;
  /** The waveform at the project's rate; to be checked by who reads it. */
  readonly peaks: StoredEntry | null;
}

export interface ProjectFile extends ReadProject {
  /** Of every source that a clip plays. */
  readonly audio: readonly ProjectFileAudio[];
}

/**
 * Opens a project file: checks its form, its document, and that all audio is there, without reading the audio
 * (see checkAudio). Throws a ProjectFileError, a sentence that names the file and the reason.
 */
export async function readProjectFile(reader: ByteReader, fileName: string): Promise<ProjectFile> {
  const archive = await Archive.open(reader, fileName);
  const json = await archive.entry(projectJsonName);
  if (!json) throw archive.refusal('it holds no project.json, so it is not a Mixwell project.');
  if (json.size > maxProjectJsonBytes)
    throw archive.refusal('its project.json is larger than any project is.');
  const project = readProjectJson(await json.read(0, json.size), fileName);
  const { snapshot } = project;
  const audio: ProjectFileAudio[] = [];
  const missing: AudioSource[] = [];
  for (const source of sourcesInUse(snapshot)) {
    const original = await archive.entry(audioName(source));
    const peaks = await archive.entry(peaksName(source.id, snapshot.sampleRateHz));
    if (original) audio.push({ source, original, peaks });
    else missing.push(source);
  }
  if (missing.length > 0) throw archive.refusal(`the audio of ${listOfNames(missing)} is missing in it.`);
  return { ...project, audio };
}

/** Reads an audio file of the project and compares its hash. Throws a ProjectFileError where it is not what was saved. */
export async function checkAudio(
  { source, original }: ProjectFileAudio,
  fileName: string,
  progress: Progress = {},
): Promise<void> {
  if ((await sha256Of(original, progress)) === source.id) return;
  throw new ProjectFileError(
    `“${fileName}” can’t be opened: the audio of “${source.name}” in it is damaged.`,
  );
}

class Archive {
  readonly #reader: ByteReader;
  readonly #fileName: string;
  readonly #entries: ReadonlyMap<string, Entry>;

  private constructor(reader: ByteReader, fileName: string, entries: readonly Entry[]) {
    this.#reader = reader;
    this.#fileName = fileName;
    this.#entries = new Map(entries.map((entry) => [entry.filename, entry]));
  }

  static async open(reader: ByteReader, fileName: string): Promise<Archive> {
    const refuse = (reason: string) => new ProjectFileError(`“${fileName}” can’t be opened: ${reason}`);
    const mark = await reader.read(0, 4);
    if (new TextDecoder().decode(mark.subarray(0, 2)) !== 'PK')
      throw refuse('it is not a Mixwell project file.');
    const zip = new ZipReader(new ZipBytes(reader), { strictness: 'strict', filenameValidation: 'tolerant' });
    const entries: Entry[] = [];
    try {
      for await (const entry of zip.getEntriesGenerator()) {
        if (entries.length >= maxEntries) throw refuse('it holds more files than any project has.');
        entries.push(entry);
      }
    } catch (error) {
      throw error instanceof ProjectFileError ? error : refuse('it is cut short or damaged.');
    }
    requireHarmless(entries, reader.size, refuse);
    return new Archive(reader, fileName, entries);
  }

  refusal(reason: string): ProjectFileError {
    return new ProjectFileError(`“${this.#fileName}” can’t be opened: ${reason}`);
  }

  /** Null where there is none of that name. */
  async entry(name: string): Promise<StoredEntry | null> {
    const entry = this.#entries.get(name);
    if (!entry) return null;
    if (entry.encrypted) throw this.refusal('it is encrypted.');
    if (entry.compressionMethod !== 0) {
      throw this.refusal(
        'it was packed anew with compression. Pack it without, or use the file as Mixwell saved it.',
      );
    }
    const offset = await this.#dataOffset(entry);
    const size = entry.uncompressedSize;
    if (size !== entry.compressedSize || offset + size > this.#reader.size)
      throw this.refusal('it is damaged.');
    return {
      offset,
      size,
      read: (from, length) => this.#reader.read(offset + from, Math.max(0, Math.min(length, size - from))),
    };
  }

  async #dataOffset(entry: Entry): Promise<number> {
    const header = await this.#reader.read(entry.offset, localHeaderBytes);
    const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
    if (header.length < localHeaderBytes || view.getUint32(0, true) !== localHeaderMark) {
      throw this.refusal('it is damaged.');
    }
    return entry.offset + localHeaderBytes + view.getUint16(26, true) + view.getUint16(28, true);
  }
}

/** Names that would lead out of a folder, and sizes that the file can't hold: no file of ours, nor an accident. */
function requireHarmless(
  entries: readonly Entry[],
  fileBytes: number,
  refuse: (reason: string) => ProjectFileError,
): void {
  let sum = 0;
  for (const { filename, compressedSize } of entries) {
    const escapes = filename.split(/[\\/]/).includes('..') || /^[\\/]|^[A-Za-z]:|[\0]/.test(filename);
    if (escapes) throw refuse('it holds a file whose name leads out of its folder.');
    sum += compressedSize;
  }
  if (sum > fileBytes) throw refuse('it says that it holds more than it does.');
}

class ZipBytes extends Reader<ByteReader> {
  readonly #reader: ByteReader;

  constructor(reader: ByteReader) {
    super(reader);
    this.#reader = reader;
    this.size = reader.size;
  }

  override readUint8Array(index: number, length: number): Promise<Uint8Array> {
    return this.#reader.read(index, Math.max(0, Math.min(length, this.size - index)));
  }
}
