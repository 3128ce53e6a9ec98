import type { ProjectSnapshot } from '../model/types';

export type SnapMode = 'off' | 'beat' | 'bar';

type Grid = Pick<ProjectSnapshot, 'tempo' | 'sampleRateHz'>;

/** Not a whole number: lines are rounded one by one, so that they never drift. */
export function framesPerBeat({ tempo, sampleRateHz }: Grid): number {
  return (60 * sampleRateHz) / tempo.bpm;
}

export function framesPerBar(grid: Grid): number {
  return framesPerBeat(grid) * grid.tempo.beatsPerBar;
}

/** The nearest line of the grid, not before the start of the song. */
export function snapFrame(grid: Grid, frame: number, mode: SnapMode): number {
  if (mode === 'off') return Math.max(0, Math.round(frame));
  const step = mode === 'bar' ? framesPerBar(grid) : framesPerBeat(grid);
  return Math.max(0, Math.round(Math.round(frame / step) * step));
}

/** How far a thing that begins (or ends) at `anchorFrame` goes when a hand takes it `deltaFrames` along. */
export function snapDelta(grid: Grid, anchorFrame: number, deltaFrames: number, mode: SnapMode): number {
  return snapFrame(grid, anchorFrame + deltaFrames, mode) - anchorFrame;
}

/** The first line at or after a frame, for steps of whole bars or beats. */
export function nextLine(grid: Grid, frame: number, mode: Exclude<SnapMode, 'off'>): number {
  const step = mode === 'bar' ? framesPerBar(grid) : framesPerBeat(grid);
  const line = Math.round(Math.floor(frame / step) * step);
  return line >= frame ? line : Math.round((Math.floor(frame / step) + 1) * step);
}

export interface MusicalPosition {
  /** From 1. */
  readonly bar: number;
  /** From 1. */
  readonly beat: number;
  /** Quarter of the beat, from 1 to 4. */
  readonly quarter: number;
}

/** What the clock shows: "17|3|2". */
export function musicalPosition(grid: Grid, frame: number): MusicalPosition {
  const quarters = Math.floor((Math.max(0, frame) + 0.5) / (framesPerBeat(grid) / 4));
  const beats = Math.floor(quarters / 4);
  return {
    bar: Math.floor(beats / grid.tempo.beatsPerBar) + 1,
    beat: (beats % grid.tempo.beatsPerBar) + 1,
    quarter: (quarters % 4) + 1,
  };
}
