import { type MakeId, newId } from '../model/ids';
import { clampFrame, cleanName } from '../model/normalise';
import type { Clip, ClipFields, FadeCurve, Id, Patch, ProjectSnapshot } from '../model/types';
import { withCrossfades } from './crossfades';
import { endFrame, findClips, type PlacedClip } from './find';

/** Trimming leaves at least this much, so that a clip can still be seen. */
const shortestFrames = 64;

interface Selection {
  readonly clipIds: readonly Id[];
}

export interface ClipMove extends Selection {
  readonly deltaFrames: number;
  /** Tracks down (or, negative, up). */
  readonly deltaTracks?: number;
}

const setClip = ({ track, clip }: PlacedClip, fields: ClipFields): Patch => ({
  op: 'clip.set',
  trackId: track.id,
  clipId: clip.id,
  fields,
});

/** The move that the whole selection can make: none before the start of the song, none beyond the first or last track. */
function possibleMove(project: ProjectSnapshot, clips: readonly PlacedClip[], move: ClipMove) {
  const earliest = Math.min(...clips.map(({ clip }) => clip.startFrame));
  const indexes = clips.map(({ trackIndex }) => trackIndex);
  const up = -Math.min(...indexes);
  const down = project.tracks.length - 1 - Math.max(...indexes);
  return {
    frames: Math.max(-earliest, Math.round(move.deltaFrames)),
    tracks: Math.min(Math.max(move.deltaTracks ?? 0, up), down),
  };
}

/** Clips keep their distances to each other; where they meet others they crossfade. */
export function moveClips(project: ProjectSnapshot, move: ClipMove, makeId: MakeId = newId): Patch[] {
  const clips = findClips(project, move.clipIds);
  if (clips.length === 0) return [];
  const { frames, tracks } = possibleMove(project, clips, move);
  if (frames === 0 && tracks === 0) return [];
  const patches = clips.flatMap(({ clip, track, trackIndex }): Patch[] => {
    const target = project.tracks[trackIndex + tracks] ?? track;
    const fields = { startFrame: clip.startFrame + frames };
    return [
      ...(target === track
        ? []
        : [
            {
              op: 'clip.retrack' as const,
              trackId: track.id,
              clipId: clip.id,
              toTrackId: target.id,
            },
          ]),
      { op: 'clip.set', trackId: target.id, clipId: clip.id, fields },
    ];
  });
  return withCrossfades(project, patches, makeId);
}

/** Copies, placed as moveClips places: what Ctrl-drag does. Without a move they follow the selection at once. */
export function duplicateClips(
  project: ProjectSnapshot,
  { clipIds, deltaFrames, deltaTracks }: Selection & Partial<ClipMove>,
  makeId: MakeId = newId,
): Patch[] {
  const clips = findClips(project, clipIds);
  if (clips.length === 0) return [];
  const span =
    Math.max(...clips.map(({ clip }) => endFrame(clip))) -
    Math.min(...clips.map(({ clip }) => clip.startFrame));
  const { frames, tracks } = possibleMove(project, clips, {
    clipIds,
    deltaFrames: deltaFrames ?? span,
    deltaTracks,
  });
  const patches = clips.map(
    ({ clip, track, trackIndex }): Patch => ({
      op: 'clip.add',
      trackId: (project.tracks[trackIndex + tracks] ?? track).id,
      clip: { ...clip, id: makeId(), startFrame: clip.startFrame + frames },
    }),
  );
  return withCrossfades(project, patches, makeId);
}

export interface ClipTrim extends Selection {
  readonly edge: 'start' | 'end';
  /** Later is positive, for both edges. */
  readonly deltaFrames: number;
}

/** Each clip as far as its source goes; the sound stays where it is. */
export function trimClips(
  project: ProjectSnapshot,
  { clipIds, edge, deltaFrames }: ClipTrim,
  makeId: MakeId = newId,
): Patch[] {
  const patches = findClips(project, clipIds).flatMap((placed) => {
    const fields =
      edge === 'start'
        ? trimmedStart(placed.clip, deltaFrames)
        : trimmedEnd(project, placed.clip, deltaFrames);
    return fields ? [setClip(placed, fields)] : [];
  });
  return withCrossfades(project, patches, makeId);
}

const shortest = (clip: Clip): number => Math.min(shortestFrames, clip.lengthFrames);

function trimmedStart(clip: Clip, deltaFrames: number): ClipFields | null {
  const earliest = -Math.min(clip.offsetFrames, clip.startFrame);
  const by = clampFrame(deltaFrames, earliest, clip.lengthFrames - shortest(clip));
  if (by === 0) return null;
  const lengthFrames = clip.lengthFrames - by;
  const fadeOutFrames = Math.min(clip.fadeOutFrames, lengthFrames);
  return {
    startFrame: clip.startFrame + by,
    offsetFrames: clip.offsetFrames + by,
    lengthFrames,
    fadeOutFrames,
    fadeInFrames: Math.min(clip.fadeInFrames, lengthFrames - fadeOutFrames),
  };
}

function trimmedEnd(project: ProjectSnapshot, clip: Clip, deltaFrames: number): ClipFields | null {
  const sourceFrames = project.sources[clip.sourceId]?.frames ?? clip.offsetFrames + clip.lengthFrames;
  const longest = sourceFrames - clip.offsetFrames;
  const lengthFrames = clampFrame(clip.lengthFrames + deltaFrames, shortest(clip), longest);
  if (lengthFrames === clip.lengthFrames) return null;
  const fadeInFrames = Math.min(clip.fadeInFrames, lengthFrames);
  return {
    lengthFrames,
    fadeInFrames,
    fadeOutFrames: Math.min(clip.fadeOutFrames, lengthFrames - fadeInFrames),
  };
}

/** Of the given clips, those that play at the frame, each in two; the right halves are new. The sound does not change. */
export function splitClips(
  project: ProjectSnapshot,
  { clipIds, frame }: Selection & { readonly frame: number },
  makeId: MakeId = newId,
): Patch[] {
  const at = Math.round(frame);
  return findClips(project, clipIds).flatMap((placed): Patch[] => {
    const { clip, track } = placed;
    const left = at - clip.startFrame;
    if (left <= 0 || left >= clip.lengthFrames) return [];
    const right = clip.lengthFrames - left;
    return [
      setClip(placed, {
        lengthFrames: left,
        fadeInFrames: Math.min(clip.fadeInFrames, left),
        fadeOutFrames: 0,
      }),
      {
        op: 'clip.add',
        trackId: track.id,
        clip: {
          ...clip,
          id: makeId(),
          startFrame: at,
          offsetFrames: clip.offsetFrames + left,
          lengthFrames: right,
          fadeInFrames: 0,
          fadeOutFrames: Math.min(clip.fadeOutFrames, right),
        },
      },
    ];
  });
}

/** The ids of the clips that a split at this frame would cut; on all tracks or on some. */
export function clipIdsAt(
  project: ProjectSnapshot,
  { frame, trackIds }: { readonly frame: number; readonly trackIds?: readonly Id[] },
): Id[] {
  return project.tracks
    .filter(({ id }) => !trackIds || trackIds.includes(id))
    .flatMap(({ clips }) => clips.filter((clip) => clip.startFrame < frame && frame < endFrame(clip)))
    .map(({ id }) => id);
}

export function setClipGain(
  project: ProjectSnapshot,
  { clipIds, gainDb }: Selection & { readonly gainDb: number },
): Patch[] {
  return findClips(project, clipIds).map((placed) => setClip(placed, { gainDb }));
}

/** All by as much, so that the differences between them stay. */
export function changeClipGain(
  project: ProjectSnapshot,
  { clipIds, deltaDb }: Selection & { readonly deltaDb: number },
): Patch[] {
  return findClips(project, clipIds).map((placed) =>
    setClip(placed, { gainDb: placed.clip.gainDb + deltaDb }),
  );
}

export interface ClipFades extends Selection {
  readonly fadeInFrames?: number;
  readonly fadeOutFrames?: number;
  readonly fadeInCurve?: FadeCurve;
  readonly fadeOutCurve?: FadeCurve;
}

/** A fade ends where the other begins. */
export function setClipFades(project: ProjectSnapshot, { clipIds, ...fades }: ClipFades): Patch[] {
  return findClips(project, clipIds).map((placed) => {
    const { clip } = placed;
    const keptOut = fades.fadeOutFrames === undefined ? clip.fadeOutFrames : 0;
    const fadeInFrames = clampFrame(fades.fadeInFrames ?? clip.fadeInFrames, 0, clip.lengthFrames - keptOut);
    const fadeOutFrames = clampFrame(
      fades.fadeOutFrames ?? clip.fadeOutFrames,
      0,
      clip.lengthFrames - fadeInFrames,
    );
    return setClip(placed, {
      fadeInFrames,
      fadeOutFrames,
      fadeInCurve: fades.fadeInCurve ?? clip.fadeInCurve,
      fadeOutCurve: fades.fadeOutCurve ?? clip.fadeOutCurve,
    });
  });
}

/** An empty name leaves the old one. */
export function renameClips(
  project: ProjectSnapshot,
  { clipIds, name }: Selection & { readonly name: string },
): Patch[] {
  const clean = cleanName(name, '');
  return clean === '' ? [] : findClips(project, clipIds).map((placed) => setClip(placed, { name: clean }));
}

/** With `ripple`, what follows on the same track moves up by what was taken away. */
export function deleteClips(
  project: ProjectSnapshot,
  { clipIds, ripple = false }: Selection & { readonly ripple?: boolean },
  makeId: MakeId = newId,
): Patch[] {
  const gone = findClips(project, clipIds);
  const patches = gone.map(
    ({ clip, track }): Patch => ({ op: 'clip.remove', trackId: track.id, clipId: clip.id }),
  );
  return withCrossfades(project, ripple ? [...patches, ...closeGaps(project, gone)] : patches, makeId);
}

function closeGaps(project: ProjectSnapshot, gone: readonly PlacedClip[]): Patch[] {
  const goneIds = new Set(gone.map(({ clip }) => clip.id));
  return project.tracks.flatMap((track) => {
    const holes = track.clips.filter(({ id }) => goneIds.has(id));
    return track.clips
      .filter(({ id }) => !goneIds.has(id))
      .flatMap((clip): Patch[] => {
        const by = lengthBefore(holes, clip.startFrame);
        const fields = { startFrame: clip.startFrame - by };
        return by > 0 ? [{ op: 'clip.set', trackId: track.id, clipId: clip.id, fields }] : [];
      });
  });
}

/** How much time the clips fill before a frame; what two of them share counts once. */
function lengthBefore(clips: readonly Clip[], frame: number): number {
  let filled = 0;
  let counted = 0;
  for (const clip of clips) {
    const from = Math.max(clip.startFrame, counted);
    const to = Math.min(endFrame(clip), frame);
    filled += Math.max(0, to - from);
    counted = Math.max(counted, to);
  }
  return filled;
}
