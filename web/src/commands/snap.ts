import { framesPerBeatAt, lineAfter, lineAtOrBefore, segmentAt, type TempoGrid } from '../model/tempo';

export type SnapMode = 'off' | 'beat' | 'bar';

/** At the start of the song, or at a frame. Not a whole number: lines are rounded one by one, so that they never drift. */
export function framesPerBeat(grid: TempoGrid, frame = 0): number {
  return framesPerBeatAt(grid, frame);
}

export function framesPerBar(grid: TempoGrid, frame = 0): number {
  const segment = segmentAt(grid, frame);
  return segment.framesPerBeat * segment.beatsPerBar;
}

/** The nearest line of the grid, not before the start of the song. */
export function snapFrame(grid: TempoGrid, frame: number, mode: SnapMode): number {
  if (mode === 'off') return Math.max(0, Math.round(frame));
  if (frame <= 0) return 0;
  const before = lineAtOrBefore(grid, frame, mode);
  const after = lineAfter(grid, frame, mode);
  return Math.round(frame - before < after - frame ? before : after);
}

/** How far a thing that begins (or ends) at `anchorFrame` goes when a hand takes it `deltaFrames` along. */
export function snapDelta(grid: TempoGrid, anchorFrame: number, deltaFrames: number, mode: SnapMode): number {
  return snapFrame(grid, anchorFrame + deltaFrames, mode) - anchorFrame;
}

/** The first line at or after a frame, for steps of whole bars or beats. */
export function nextLine(grid: TempoGrid, frame: number, mode: Exclude<SnapMode, 'off'>): number {
  const line = Math.round(lineAtOrBefore(grid, Math.max(0, frame), mode));
  return line >= frame ? line : Math.round(lineAfter(grid, frame, mode));
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
export function musicalPosition(grid: TempoGrid, frame: number): MusicalPosition {
  const {
    startFrame,
    startBeat,
    startBar,
    framesPerBeat: step,
    beatsPerBar,
  } = segmentAt(grid, Math.max(0, frame));
  const quarters = Math.floor(startBeat * 4 + (Math.max(0, frame) - startFrame + 0.5) / (step / 4));
  const beats = Math.floor(quarters / 4);
  return {
    bar: startBar + Math.floor(beats / beatsPerBar) + 1,
    beat: (beats % beatsPerBar) + 1,
    quarter: (quarters % 4) + 1,
  };
}
