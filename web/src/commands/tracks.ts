import { type MakeId, newId } from '../model/ids';
import { cleanName } from '../model/normalise';
import { freshTrack } from '../model/strip';
import type {
  AudioSource,
  Clip,
  Id,
  Patch,
  ProjectSnapshot,
  Track,
  TrackColour,
  TrackKind,
} from '../model/types';
import { copyChannel } from './copyChannel';
import { withCrossfades } from './crossfades';
import { endFrame, findTrack, findTracks } from './find';
import { colourOfKind, guessKind } from './kinds';
import { freeName, trackNameFromFile, trackNamesFromFiles } from './names';

const byFileName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

export function clipOfSource(source: AudioSource, startFrame: number, name: string, makeId: MakeId): Clip {
  return {
    id: makeId(),
    sourceId: source.id,
    name,
    startFrame,
    offsetFrames: 0,
    lengthFrames: source.frames,
    gainDb: 0,
    fadeInFrames: 0,
    fadeOutFrames: 0,
    fadeInCurve: 'linear',
    fadeOutCurve: 'linear',
  };
}

export interface NewTracksFromSources {
  readonly sources: readonly AudioSource[];
  /** Where they all begin, so that stems that begin together line up. */
  readonly frame?: number;
  /** Place of the first in the list; the end without it. */
  readonly index?: number;
}

/** One track a file, in the order of the files' names, which become the tracks'. */
export function addTracksFromSources(
  project: ProjectSnapshot,
  { sources, frame = 0, index = project.tracks.length }: NewTracksFromSources,
  makeId: MakeId = newId,
): Patch[] {
  const sorted = [...sources].sort((a, b) => byFileName.compare(a.name, b.name));
  const names = trackNamesFromFiles(sorted.map(({ name }) => name));
  const taken = new Set(project.tracks.map(({ name }) => name));
  const tracks = sorted.map((source, place): Patch => {
    const name = freeName(names[place] as string, taken);
    taken.add(name);
    const kind = guessKind(name);
    const clips = [clipOfSource(source, frame, name, makeId)];
    const track = freshTrack({ id: makeId(), name, kind, colour: colourOfKind[kind], clips });
    return { op: 'track.add', track, index: index + place };
  });
  return [...newSources(project, sorted), ...tracks];
}

/** One after the other on a track that is there; what they meet is crossfaded. */
export function addClipsFromSources(
  project: ProjectSnapshot,
  {
    sources,
    trackId,
    frame,
  }: { readonly sources: readonly AudioSource[]; readonly trackId: Id; readonly frame: number },
  makeId: MakeId = newId,
): Patch[] {
  if (!findTrack(project, trackId)) return addTracksFromSources(project, { sources, frame }, makeId);
  let start = frame;
  const clips = sources.map((source): Patch => {
    const clip = clipOfSource(source, start, trackNameFromFile(source.name), makeId);
    start = endFrame(clip);
    return { op: 'clip.add', trackId, clip };
  });
  return withCrossfades(project, [...newSources(project, sources), ...clips], makeId);
}

function newSources(project: ProjectSnapshot, sources: readonly AudioSource[]): Patch[] {
  const fresh = new Map(
    sources.filter(({ id }) => !project.sources[id]).map((source) => [source.id, source]),
  );
  return [...fresh.values()].map((source) => ({ op: 'source.add', source }));
}

export interface EmptyTrack {
  readonly name?: string;
  readonly kind?: TrackKind;
  readonly index?: number;
}

export function addEmptyTrack(
  project: ProjectSnapshot,
  { name, kind, index = project.tracks.length }: EmptyTrack = {},
  makeId: MakeId = newId,
): Patch[] {
  const taken = project.tracks.map((track) => track.name);
  const base = name ? cleanName(name, 'Track') : `Track ${project.tracks.length + 1}`;
  const trackKind = kind ?? guessKind(base);
  const track = freshTrack({
    id: makeId(),
    name: freeName(base, taken),
    kind: trackKind,
    colour: colourOfKind[trackKind],
  });
  return [{ op: 'track.add', track, index }];
}

/** An empty name leaves the old one. */
export function renameTrack(
  project: ProjectSnapshot,
  { trackId, name }: { readonly trackId: Id; readonly name: string },
): Patch[] {
  const track = findTrack(project, trackId);
  const clean = cleanName(name, '');
  return track && clean !== '' && clean !== track.name
    ? [{ op: 'track.set', trackId, fields: { name: clean } }]
    : [];
}

export function recolourTracks(
  project: ProjectSnapshot,
  { trackIds, colour }: { readonly trackIds: readonly Id[]; readonly colour: TrackColour },
): Patch[] {
  return findTracks(project, trackIds).map(({ id }) => ({
    op: 'track.set',
    trackId: id,
    fields: { colour },
  }));
}

/** The colour follows the kind. */
export function setTrackKind(
  project: ProjectSnapshot,
  { trackIds, kind }: { readonly trackIds: readonly Id[]; readonly kind: TrackKind },
): Patch[] {
  return findTracks(project, trackIds).map(({ id }) => ({
    op: 'track.set',
    trackId: id,
    fields: { kind, colour: colourOfKind[kind] },
  }));
}

export function deleteTracks(
  project: ProjectSnapshot,
  { trackIds }: { readonly trackIds: readonly Id[] },
): Patch[] {
  return findTracks(project, trackIds).map(({ id }) => ({ op: 'track.remove', trackId: id }));
}

/**
 * Each copy comes below its original, with clips, settings, inserts, sends and automation. Copies of tracks that play
 * into each other play into each other.
 */
export function duplicateTracks(
  project: ProjectSnapshot,
  { trackIds }: { readonly trackIds: readonly Id[] },
  makeId: MakeId = newId,
): Patch[] {
  const taken = new Set(project.tracks.map(({ name }) => name));
  const originals = findTracks(project, trackIds);
  const copyIds = new Map(originals.map(({ id }) => [id, makeId()]));
  const copyOf = <T extends Id | null>(id: T): Id | T => (id === null ? id : (copyIds.get(id) ?? id));
  return originals.map((track, copies) => {
    const name = freeName(track.name, taken);
    taken.add(name);
    const clips = track.clips.map((clip) => ({ ...clip, id: makeId() }));
    return {
      op: 'track.add',
      track: {
        ...track,
        ...copyChannel(track, makeId, copyOf),
        id: copyOf(track.id),
        outputId: copyOf(track.outputId),
        gateKeyId: copyOf(track.gateKeyId),
        compressorKeyId: copyOf(track.compressorKeyId),
        name,
        clips,
      },
      index: project.tracks.indexOf(track) + copies + 1,
    };
  });
}

/** Together and in their order, so that they stand before the track that is now at `index`; beyond the end is the end. */
export function moveTracks(
  project: ProjectSnapshot,
  { trackIds, index }: { readonly trackIds: readonly Id[]; readonly index: number },
): Patch[] {
  const moving = findTracks(project, trackIds);
  const isMoving = new Set(moving);
  const before = project.tracks.slice(0, Math.max(0, index)).filter((track) => !isMoving.has(track));
  const after = project.tracks.slice(Math.max(0, index)).filter((track) => !isMoving.has(track));
  return patchesToOrder(project.tracks, [...before, ...moving, ...after]);
}

/** One place up (-1) or down (1), as a block; at the edge nothing moves. */
export function nudgeTracks(
  project: ProjectSnapshot,
  { trackIds, by }: { readonly trackIds: readonly Id[]; readonly by: -1 | 1 },
): Patch[] {
  const places = findTracks(project, trackIds).map((track) => project.tracks.indexOf(track));
  const [first, last] = [places[0], places.at(-1)];
  if (first === undefined || last === undefined) return [];
  if (by < 0 ? first === 0 : last === project.tracks.length - 1) return [];
  return moveTracks(project, { trackIds, index: by < 0 ? first - 1 : last + 2 });
}

function patchesToOrder(current: readonly Track[], wanted: readonly Track[]): Patch[] {
  const working = [...current];
  return wanted.flatMap((track, index): Patch[] => {
    if (working[index] === track) return [];
    working.splice(working.indexOf(track), 1);
    working.splice(index, 0, track);
    return [{ op: 'track.move', trackId: track.id, index }];
  });
}
