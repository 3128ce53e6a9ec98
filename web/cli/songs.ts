import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { majorityRate } from '../src/bridge/majorityRate';
import { addTracksFromSources } from '../src/commands/tracks';
import { probeAudio } from '../src/engine/audioInput';
import type { ByteReader } from '../src/engine/byteReader';
import type { MixwellModule } from '../src/engine/mixwellModule';
import { engineVersion } from '../src/generated/engineLayout';
import { checkAudio, readProjectFile } from '../src/interchange/readProjectFile';
import { Project } from '../src/model/project';
import type { AudioSource, ProjectSnapshot } from '../src/model/types';
import { Failure, failureOf } from './errors';
import { FileReader } from './files';
import { type OpenSource, openSource } from './openSource';

/** A project with its sound at hand. */
export interface Song {
  readonly project: ProjectSnapshot;
  /** By source id. */
  readonly sources: ReadonlyMap<string, OpenSource>;
  close(): Promise<void>;
}

/** Gathers what must be closed again, whatever happens. */
class Closers {
  readonly #closers: (() => Promise<void>)[] = [];

  add<Thing extends { close(): Promise<void> }>(thing: Thing): Thing {
    this.#closers.push(() => thing.close());
    return thing;
  }

  async close(): Promise<void> {
    for (const close of this.#closers.splice(0).reverse()) await close();
  }
}

export async function openProjectSong(module: MixwellModule, path: string): Promise<Song> {
  const closers = new Closers();
  try {
    const reader = closers.add(await FileReader.open(path));
    const file = await readProjectFile(reader, path);
    const sources = new Map<string, OpenSource>();
    for (const audio of file.audio) {
      await checkAudio(audio, path);
      const { source, original } = audio;
      const opened = await openSource(module, original, source.name, file.snapshot.sampleRateHz);
      sources.set(source.id, closers.add(opened));
    }
    return { project: file.snapshot, sources, close: () => closers.close() };
  } catch (error) {
    await closers.close();
    throw failureOf(path, error);
  }
}

const audioExtensions = new Set(
  'wav wave bwf rf64 rifx aif aiff aifc flac mp3 ogg oga opus'.split(' ').map((ext) => `.${ext}`),
);

/** One track a file at unity, as if the folder had been dropped on an empty page. */
export async function openFolderSong(module: MixwellModule, folder: string): Promise<Song> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .filter((name) => audioExtensions.has(extname(name).toLowerCase()))
    .sort();
  if (names.length === 0) throw new Failure(`${folder}: it holds no audio files`);
  const closers = new Closers();
  try {
    const files: { path: string; reader: FileReader; rateHz: number }[] = [];
    for (const name of names) files.push(await probe(module, join(folder, name), closers));
    const rateHz = majorityRate(files.map((file) => file.rateHz));
    const sources = new Map<string, OpenSource>();
    const facts: AudioSource[] = [];
    for (const { path, reader, rateHz: ownRateHz } of files) {
      const opened = await openSource(module, reader, path, rateHz);
      const id = await sha256(reader);
      sources.set(id, closers.add(opened));
      facts.push(sourceFacts(id, path, reader.size, ownRateHz, opened));
    }
    const project = Project.create({ name: basename(folder), sampleRateHz: rateHz, engineVersion });
    project.commit('Add audio', addTracksFromSources(project.snapshot(), { sources: facts }));
    return { project: project.snapshot(), sources, close: () => closers.close() };
  } catch (error) {
    await closers.close();
    throw error;
  }
}

async function probe(module: MixwellModule, path: string, closers: Closers) {
  try {
    const reader = closers.add(await FileReader.open(path));
    const { sampleRateHz } = await probeAudio(reader, path, module);
    return { path, reader, rateHz: sampleRateHz };
  } catch (error) {
    throw failureOf(path, error);
  }
}

function sourceFacts(
  id: string,
  path: string,
  bytes: number,
  originalSampleRateHz: number,
  { pcm }: OpenSource,
): AudioSource {
  return {
    id,
    name: basename(path),
    ext: extname(path).slice(1).toLowerCase(),
    channels: pcm.channels,
    frames: pcm.frames,
    originalSampleRateHz,
    originalFrames: pcm.frames,
    format: '',
    bytes,
    truncated: false,
  };
}

const hashedBytes = 1 << 20;

async function sha256(reader: ByteReader): Promise<string> {
  const hash = createHash('sha256');
  for (let at = 0; at < reader.size; at += hashedBytes) hash.update(await reader.read(at, hashedBytes));
  return hash.digest('hex');
}
