import { generateNKeysBetween } from 'fractional-indexing';
import { BlobReader } from '../engine/byteReader';
import { sha256Of } from '../interchange/sha256';
import { defaultMasterParams } from '../model/params';
import type { ProjectRecords, RawRecord } from '../model/records';
import { masterId, masteringId, type ProjectSnapshot, type Track } from '../model/types';
import { type DownloadFolder, openDownloadFolder } from '../storage/downloads';
import type { StemFacts } from '../storage/shares';
import type { RenderRequest } from '../workers/render/protocol';
import { renderInBackground } from './backgroundRender';
import { songRequest } from './exportRequest';

/** A stem with its file. */
export interface Stem extends StemFacts {
  readonly file: File;
}

export interface StemsOptions {
  readonly signal: AbortSignal;
  onFraction(fraction: number): void;
}

/**
 * Renders what each track, group and return brings to the master: 24 bits, floats where it goes over full scale. Those that are
 * silent are left out.
 */
export async function renderStems(
  project: ProjectSnapshot,
  sceneRequest: RenderRequest,
  { signal, onFraction }: StemsOptions,
): Promise<{ readonly stems: readonly Stem[]; readonly folder: DownloadFolder }> {
  const folder = await openDownloadFolder();
  const request: RenderRequest = { ...sceneRequest, target: { kind: 'private', handle: folder.folder } };
  const { files: rendered } = await renderInBackground(request, signal, onFraction);
  const loud = new Set(rendered.filter(({ clippedSamples }) => clippedSamples > 0).map(({ name }) => name));
  if (loud.size > 0) {
    const files = request.files.filter(({ name }) => loud.has(name));
    const floats: RenderRequest = { ...request, files, format: { ...request.format, bits: '32f' } };
    await renderInBackground(floats, signal, onFraction);
  }
  const tracks = mainTracks(project);
  const stems: Stem[] = [];
  for (const [index, { name, peak, frames, sha256 }] of rendered.entries()) {
    if (peak === 0) continue;
    const file = await (await folder.folder.getFileHandle(name)).getFile();
    const bits = loud.has(name) ? '32f' : '24';
    const sourceId = bits === '24' ? sha256 : await sha256Of(new BlobReader(file), { signal });
    stems.push({ trackId: (tracks[index] as Track).id, file, bits, frames, sourceId });
  }
  return { stems, folder };
}

/** Tracks, groups and returns that nothing but the master comes behind. */
export function mainTracks({ tracks }: ProjectSnapshot): readonly Track[] {
  const ids = new Set(tracks.map(({ id }) => id));
  return tracks.filter(({ outputId }) => outputId === null || !ids.has(outputId));
}

/** What renders the stems; its target is chosen later. */
export function stemsRequest(engine: WebAssembly.Module, project: ProjectSnapshot): RenderRequest {
  const { sampleRateHz } = project;
  const settings = {
    what: 'stems',
    range: 'song',
    format: 'wav',
    bits: 24,
    dither: 'none',
    sampleRateHz,
  } as const;
  const request = songRequest(engine, beforeMaster(project), settings, { kind: 'download', zipName: '' });
  const main = new Set(mainTracks(project));
  return { ...request, files: request.files.filter((_, index) => main.has(project.tracks[index] as Track)) };
}

/** The song without what the master does to it. */
function beforeMaster(project: ProjectSnapshot): ProjectSnapshot {
  return { ...project, master: { ...project.master, params: defaultMasterParams, inserts: [], lanes: [] } };
}

const owners: ReadonlySet<unknown> = new Set([masterId, masteringId]);

/**
 * The document of a session that is flattened to its stems: master and mastering as they were, and nothing of what lies before
 * them but names, colours and sound.
 */
export function stemsRecords(
  records: ProjectRecords,
  { tracks: known }: ProjectSnapshot,
  stems: readonly StemFacts[],
): ProjectRecords {
  const inserts = pick(records.inserts, ({ ownerId }) => owners.has(ownerId));
  const lanes = pick(records.lanes, ({ ownerId }) => owners.has(ownerId));
  const impulses = new Set(Object.values(inserts).map(({ impulseId }) => impulseId));
  const keys = generateNKeysBetween(null, null, stems.length);
  const rate = Number(records.meta.sampleRateHz);
  const tracks: Record<string, RawRecord> = {};
  const clips: Record<string, RawRecord> = {};
  const sources: Record<string, RawRecord> = pick(records.sources, (_, id) => impulses.has(id));
  stems.forEach(({ trackId, bits, frames, sourceId }, index) => {
    const track = known.find(({ id }) => id === trackId);
    if (!track) return;
    const { id, name, colour, kind } = track;
    tracks[id] = { name, colour, kind, role: 'track', order: keys[index] };
    clips[`stem${index}`] = {
      trackId: id,
      sourceId,
      name,
      startFrame: 0,
      offsetFrames: 0,
      lengthFrames: frames,
    };
    sources[sourceId] = {
      name: `${name}.wav`,
      ext: 'wav',
      channels: 2,
      frames,
      originalSampleRateHz: rate,
      originalFrames: frames,
      format: bits === '24' ? 'WAV, 24 bit' : 'WAV, 32 bit float',
      bytes: 0,
      truncated: false,
    };
  });
  return {
    ...records,
    tracks,
    clips,
    sources,
    inserts,
    lanes,
    points: pick(records.points, ({ laneId }) => typeof laneId === 'string' && laneId in lanes),
    sends: {},
    references: {},
  };
}

function pick(
  records: Readonly<Record<string, RawRecord>>,
  wanted: (record: RawRecord, id: string) => boolean,
): Record<string, RawRecord> {
  return Object.fromEntries(Object.entries(records).filter(([id, record]) => wanted(record, id)));
}
