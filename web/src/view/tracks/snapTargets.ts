import { type SnapMode, snapFrame } from '../../commands/snap';
import type { Id, ProjectSnapshot } from '../../model/types';

/** A place that a moving edge may catch on, and what is there, for people. */
export interface SnapTarget {
  readonly frame: number;
  readonly name: string;
}

export interface Snapped {
  readonly frame: number;
  /** Set where it caught on something else than the grid. */
  readonly target: SnapTarget | null;
}

/** Edges of all clips but the moving ones, section starts, and the song's start. */
export function snapTargets(project: ProjectSnapshot, moving: ReadonlySet<Id>): SnapTarget[] {
  const clips = project.tracks.flatMap((track) =>
    track.clips
      .filter((clip) => !moving.has(clip.id))
      .flatMap((clip) => [
        { frame: clip.startFrame, name: `with ${clip.name}` },
        { frame: clip.startFrame + clip.lengthFrames, name: `end of ${clip.name}` },
      ]),
  );
  const markers = project.markers.map((marker) => ({ frame: marker.startFrame, name: marker.name }));
  return [...markers, ...clips];
}

export interface EdgeSnap {
  readonly targets: readonly SnapTarget[];
  readonly grid: Pick<ProjectSnapshot, 'tempo' | 'sampleRateHz'>;
  readonly mode: SnapMode;
  /** How far an edge reaches for a target. */
  readonly reachFrames: number;
}

/** Where an edge lands: on the nearest target within reach, else on the grid; just where it is when the grid is off. */
export function snapEdge(frame: number, { targets, grid, mode, reachFrames }: EdgeSnap): Snapped {
  const onGrid = snapFrame(grid, frame, mode);
  if (mode === 'off') return { frame: onGrid, target: null };
  let best: SnapTarget | null = null;
  let reach = reachFrames;
  for (const target of targets) {
    const distance = Math.abs(target.frame - frame);
    if (distance > reach || (best && distance === reach)) continue;
    best = target;
    reach = distance;
  }
  // The grid wins over a target that is further away than it.
  if (best && best.frame !== onGrid && reach > Math.abs(onGrid - frame)) best = null;
  return best ? { frame: best.frame, target: best } : { frame: onGrid, target: null };
}
