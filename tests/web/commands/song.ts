import { applyPatches } from '../../../web/src/model/applyPatches';
import type { MakeId } from '../../../web/src/model/ids';
import { Project } from '../../../web/src/model/project';
import type { Clip, Patch, ProjectSnapshot } from '../../../web/src/model/types';
import { aClip, aSource, aTrack } from '../model/fixtures';

/** Ids "n1", "n2", ... */
export function numberedIds(): MakeId {
  let count = 0;
  return () => `n${++count}`;
}

export interface LaneClip extends Partial<Clip> {
  readonly id: string;
}

/** Tracks "t1", "t2", ... of clips of one source with a million frames. At 48 kHz, 120 bpm: a beat is 24,000 frames. */
export function song(...lanes: readonly (readonly LaneClip[])[]): ProjectSnapshot {
  const project = Project.create({ id: 'song', name: 'Song', engineVersion: '1' });
  project.commit('Fill', [
    { op: 'source.add', source: aSource(1, { frames: 1_000_000 }) },
    ...lanes.map(
      (clips, index): Patch => ({
        op: 'track.add',
        index,
        track: aTrack(`t${index + 1}`, {
          clips: clips.map(({ id, ...fields }) => aClip(id, { lengthFrames: 1000, ...fields })),
        }),
      }),
    ),
  ]);
  return project.snapshot();
}

export const edited = applyPatches;

export function clipsOf(project: ProjectSnapshot, trackId = 't1'): readonly Clip[] {
  return project.tracks.find(({ id }) => id === trackId)?.clips ?? [];
}

/** "id@start+length" of each clip, with "<in" and ">out" where it fades. */
export function lane(project: ProjectSnapshot, trackId = 't1'): string[] {
  return clipsOf(project, trackId).map(
    ({ id, startFrame, lengthFrames, fadeInFrames, fadeOutFrames }) =>
      `${id}@${startFrame}+${lengthFrames}${fadeInFrames ? `<${fadeInFrames}` : ''}${fadeOutFrames ? `>${fadeOutFrames}` : ''}`,
  );
}
