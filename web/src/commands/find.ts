import type { Clip, Id, ProjectSnapshot, Track } from '../model/types';

export interface PlacedClip {
  readonly clip: Clip;
  readonly track: Track;
  /** Of the track, from the top. */
  readonly trackIndex: number;
}

export const endFrame = (clip: Clip): number => clip.startFrame + clip.lengthFrames;

export function findTrack(project: ProjectSnapshot, trackId: Id): Track | null {
  return project.tracks.find(({ id }) => id === trackId) ?? null;
}

/** In the order of the project, whatever the order of the ids. */
export function findTracks(project: ProjectSnapshot, trackIds: Iterable<Id>): Track[] {
  const wanted = new Set(trackIds);
  return project.tracks.filter(({ id }) => wanted.has(id));
}

/** From top to bottom and from left to right, whatever the order of the ids. */
export function findClips(project: ProjectSnapshot, clipIds: Iterable<Id>): PlacedClip[] {
  const wanted = new Set(clipIds);
  return project.tracks.flatMap((track, trackIndex) =>
    track.clips.filter(({ id }) => wanted.has(id)).map((clip) => ({ clip, track, trackIndex })),
  );
}

/** The end of the last clip; 0 where there is none. */
export function songEndFrame(project: ProjectSnapshot): number {
  let end = 0;
  for (const { clips } of project.tracks) for (const clip of clips) end = Math.max(end, endFrame(clip));
  return end;
}
