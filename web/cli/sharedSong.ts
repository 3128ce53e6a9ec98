import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MixwellModule } from '../src/engine/mixwellModule';
import { maxProjectJsonBytes, readProjectJson } from '../src/interchange/projectFileFormat';
import { usedSourceIds } from '../src/model/sources';
import { fetchFile, fetchWhole } from '../src/share/fetchFile';
import { parseLink, type ShareLink } from '../src/share/link';
import { isBearable, lockOf } from '../src/share/lock';
import { type Manifest, openManifest } from '../src/share/manifest';
import { ShareServer } from '../src/share/shareServer';
import { Failure, UsageError } from './errors';
import { FileReader, openOutput } from './files';
import { type OpenSource, openSource } from './openSource';
import type { Progress } from './progress';
import type { Song } from './songs';

/** The project of a link, its sound in temporary files until close(), and what its mix is to be. */
export async function openSharedSong(
  module: MixwellModule,
  address: string,
  password: string | null,
  progress: Progress,
): Promise<{ readonly song: Song; readonly expected: Manifest['mix'] }> {
  const link = parseLink(address);
  if (!link) throw new UsageError('the link is not complete: it ends with a # and a key of 43 characters');
  const server = new ShareServer(link.origin);
  const manifest = await openedManifest(server, link, password);
  if (!manifest.project || manifest.right !== 'edit') {
    throw new Failure(`${link.origin}/s/${link.id}: it holds no project, so its bits can’t be checked`);
  }
  const folder = await mkdtemp(join(tmpdir(), 'mixwell-'));
  const closers: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const json = await fetchWhole(server, link.id, manifest.project.file, maxProjectJsonBytes);
    const { snapshot } = readProjectJson(json, manifest.title);
    const used = usedSourceIds(snapshot);
    const wanted = manifest.project.sources.filter(({ id }) => used.has(id));
    const total = wanted.reduce((sum, { file }) => sum + file.bytes, 0);
    const sources = new Map<string, OpenSource>();
    let done = 0;
    for (const { id, name, ext, file } of wanted) {
      const path = join(folder, `${file.sha256}.${ext}`);
      const sink = await openOutput(path);
      let at = 0;
      for await (const part of fetchFile(server, link.id, file)) {
        await sink.write(at, part);
        at += part.length;
        done += part.length;
        progress.show('fetching', done / total);
      }
      await sink.close();
      const reader = await FileReader.open(path);
      closers.push(() => reader.close());
      const opened = await openSource(module, reader, `${name}.${ext}`, snapshot.sampleRateHz);
      closers.push(() => opened.close());
      sources.set(id, opened);
    }
    return { song: { project: snapshot, sources, close }, expected: manifest.mix };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openedManifest(
  server: ShareServer,
  link: ShareLink,
  password: string | null,
): Promise<Manifest> {
  const record = await server.record(link.id);
  if (record.password && password === null)
    throw new UsageError('the link has a password: give it by --password');
  if (record.password && !isBearable(record.password)) throw new Error('its password costs too much work');
  return openManifest(record.manifest, lockOf(link, record.password, password));
}
