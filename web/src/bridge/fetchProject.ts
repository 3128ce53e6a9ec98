import { maxProjectJsonBytes, type ReadProject, readProjectJson } from '../interchange/projectFileFormat';
import type { ProjectRecords } from '../model/records';
import { usedSourceIds } from '../model/sources';
import type { AudioSource } from '../model/types';
import { PieceDamaged } from '../share/chunks';
import { type FetchOptions, fetchFile, fetchWhole } from '../share/fetchFile';
import type { ShareLink } from '../share/link';
import type { Manifest, SharedSource } from '../share/manifest';
import type { ShareServer } from '../share/shareServer';
import { openArrival } from '../storage/arrivals';
import type { Importer } from './importer';
import { replaceSources } from './replaceSources';

export interface SharedProject {
  readonly link: Pick<ShareLink, 'id'>;
  readonly server: ShareServer;
  readonly manifest: Manifest;
}

export interface FetchProjectOptions {
  readonly importer: Importer;
  readonly signal: AbortSignal;
  /** Of all sound that the project plays, 0 to 1. */
  onProgress?(fraction: number): void;
  readonly onWaiting?: FetchOptions['onWaiting'];
  /** Called for sound that came damaged: it is left out. Without this, nothing is taken. */
  onDamaged?(source: SharedSource): void;
}

/** Sources on their way at the same time: while one is decoded, the next one comes. */
const atOnce = 2;

/**
 * Brings the project of a link, and what the pool lacks of its sound. Its sources are those of the pool: what travelled as FLAC goes by the
 * FLAC's hash. Throws a sentence.
 */
export async function fetchProject(
  shared: SharedProject,
  options: FetchProjectOptions,
): Promise<ProjectRecords> {
  const { server, link, manifest } = shared;
  if (!manifest.project) throw new Error('This link is for listening only: it does not hold the project.');
  const { file, sources } = manifest.project;
  const json = await fetchWhole(server, link.id, file, maxProjectJsonBytes, options).catch(
    (error: unknown) => {
      throw damageTold(shared, error, 'The project');
    },
  );
  const project = readProjectJson(json, manifest.title);
  const known = new Map(sources.map((source) => [source.id, source]));
  const wanted = [...usedSourceIds(project.snapshot)].filter((id) => project.snapshot.sources[id]);
  const total = wanted.reduce((sum, id) => sum + (known.get(id)?.file.bytes ?? 0), 0);
  let done = 0;
  const files = new Map<string, AudioSource>();
  const take = async (id: string) => {
    const source = known.get(id);
    if (!source) throw new Error('The link lacks a part of the sound of its project. Ask for a new one.');
    let own = 0;
    const onBytes = (bytes: number) => {
      own += bytes;
      done += bytes;
      options.onProgress?.(total > 0 ? done / total : 1);
    };
    try {
      files.set(id, await takeSource(shared, project, source, onBytes, options));
      onBytes(source.file.bytes - own);
    } catch (error) {
      if (!(error instanceof PieceDamaged)) throw error;
      const told = damageTold(shared, error, `The sound of “${source.name}”`);
      if (!options.onDamaged) throw told;
      options.onDamaged(source);
    }
  };
  await inTurn(wanted, atOnce, take);
  options.signal.throwIfAborted();
  return replaceSources(project.records, files);
}

/** The source as the pool has it. */
async function takeSource(
  shared: SharedProject,
  { snapshot }: ReadProject,
  source: SharedSource,
  onBytes: (bytes: number) => void,
  { importer, signal, onWaiting }: FetchProjectOptions,
): Promise<AudioSource> {
  const { name, file } = source;
  const original = snapshot.sources[source.id] as AudioSource;
  const at = { name, projectRateHz: snapshot.sampleRateHz, signal };
  for (const { id, ext } of [original, { id: file.sha256, ext: source.ext }]) {
    const here = await importer.prepare({ id, ext, ...at });
    signal.throwIfAborted();
    if ('ok' in here) return here.ok;
  }
  const arrival = await openArrival();
  try {
    for await (const part of fetchFile(shared.server, shared.link.id, file, { signal, onBytes, onWaiting })) {
      await arrival.write(part);
    }
    const blob = await arrival.finish();
    const [result] = await importer.importAudio([{ name: `${name}.${source.ext}`, blob }], at);
    signal.throwIfAborted();
    if (result && 'error' in result) throw new Error(`The sound of “${name}” can’t be read: ${result.error}`);
    const taken = result && 'ok' in result ? result.ok : null;
    if (
      taken?.id !== file.sha256 ||
      taken.frames !== original.frames ||
      taken.channels !== original.channels
    ) {
      throw new Error(`The sound of “${name}” is not what the project was made with.`);
    }
    return taken;
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'QuotaExceededError')) throw error;
    throw new Error('This browser has not enough room for the sound of this session.');
  } finally {
    await arrival.remove();
  }
}

/** Tells the server of a damaged piece, so that the owner’s next share mends it, and gives the sentence for the person. */
function damageTold({ server, link }: SharedProject, error: unknown, what: string): unknown {
  if (!(error instanceof PieceDamaged)) return error;
  server.reportDamaged(link.id, error.pieceId).catch(() => {});
  return new Error(
    `${what} is damaged on the server, which was told. Ask who sent the link to share it again.`,
  );
}

async function inTurn<Item>(
  items: readonly Item[],
  count: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: count }, worker));
}
