import type { ProjectSnapshot, Tempo, TempoChange } from './types';

/** What a tempo map is made of; a song without changes has one tempo. */
export type TempoGrid = Pick<ProjectSnapshot, 'tempo' | 'sampleRateHz'> &
  Partial<Pick<ProjectSnapshot, 'tempoChanges'>>;

/** A stretch of one tempo and one meter. */
export interface TempoSegment extends Tempo {
  readonly startFrame: number;
  /** Infinity for the last. */
  readonly endFrame: number;
  readonly framesPerBeat: number;
  /** Quarter notes from the start of the song. */
  readonly startQuarters: number;
  /** The bar at its start, from 0, and where in the bar it starts, in beats: past 0 only where just the tempo changes. */
  readonly startBar: number;
  readonly startBeat: number;
}

const epsilon = 1e-9;

let known: { grid: TempoGrid; segments: readonly TempoSegment[] } | null = null;

/** The stretches of a song in order, the first from frame 0. A new meter starts a new bar, a new tempo alone does not. */
export function tempoSegments(grid: TempoGrid): readonly TempoSegment[] {
  if (
    known &&
    known.grid.tempo === grid.tempo &&
    known.grid.tempoChanges === grid.tempoChanges &&
    known.grid.sampleRateHz === grid.sampleRateHz
  ) {
    return known.segments;
  }
  const { tempo, tempoChanges = [], sampleRateHz } = grid;
  const starts: TempoChange[] = [{ frame: 0, ...tempo }, ...tempoChanges];
  const segments: TempoSegment[] = [];
  starts.forEach(({ frame, bpm, beatsPerBar, beatUnit }, place) => {
    const before = segments.at(-1);
    const beats = before ? (frame - before.startFrame) / before.framesPerBeat : 0;
    const at = before ? before.startBeat + beats : 0;
    const sameMeter = before?.beatsPerBar === beatsPerBar && before.beatUnit === beatUnit;
    const bars = before ? Math.floor(at / before.beatsPerBar + epsilon) : 0;
    const rest = before ? Math.max(0, at - bars * before.beatsPerBar) : 0;
    const cut = !sameMeter && rest > epsilon;
    segments.push({
      bpm,
      beatsPerBar,
      beatUnit,
      startFrame: frame,
      endFrame: starts[place + 1]?.frame ?? Number.POSITIVE_INFINITY,
      framesPerBeat: (60 * sampleRateHz) / bpm,
      startQuarters: before ? before.startQuarters + (beats * 4) / before.beatUnit : 0,
      startBar: (before?.startBar ?? 0) + bars + (cut ? 1 : 0),
      startBeat: cut ? 0 : rest,
    });
  });
  known = { grid: { tempo, tempoChanges: grid.tempoChanges, sampleRateHz }, segments };
  return segments;
}

export function segmentAt(grid: TempoGrid, frame: number): TempoSegment {
  const segments = tempoSegments(grid);
  return segments.findLast(({ startFrame }) => startFrame <= frame) ?? (segments[0] as TempoSegment);
}

/** Not a whole number. */
export const framesPerBeatAt = (grid: TempoGrid, frame: number): number =>
  segmentAt(grid, frame).framesPerBeat;

/** Quarter notes from the start of the song. */
export function quartersAt(grid: TempoGrid, frame: number): number {
  const { startFrame, framesPerBeat, startQuarters, beatUnit } = segmentAt(grid, frame);
  return startQuarters + ((frame - startFrame) / framesPerBeat) * (4 / beatUnit);
}

/** Not rounded. */
export function frameAtQuarters(grid: TempoGrid, quarters: number): number {
  const segments = tempoSegments(grid);
  const segment =
    segments.findLast(({ startQuarters }) => startQuarters <= quarters) ?? (segments[0] as TempoSegment);
  const beats = (quarters - segment.startQuarters) * (segment.beatUnit / 4);
  return segment.startFrame + beats * segment.framesPerBeat;
}

export interface BarAndBeat {
  /** From 0. */
  readonly bar: number;
  /** From 0, with its fraction. */
  readonly beat: number;
}

export function barAndBeatAt(grid: TempoGrid, frame: number): BarAndBeat {
  const { startFrame, framesPerBeat, startBar, startBeat, beatsPerBar } = segmentAt(grid, frame);
  const beats = startBeat + (frame - startFrame) / framesPerBeat;
  const bars = Math.floor(beats / beatsPerBar);
  return { bar: startBar + bars, beat: beats - bars * beatsPerBar };
}

/** Not rounded. A beat that the bar does not have lies in the next. */
export function frameOfBar(grid: TempoGrid, bar: number, beat = 0): number {
  const segments = tempoSegments(grid);
  const segment =
    segments.findLast(
      ({ startBar, startBeat }) => bar > startBar || (bar === startBar && beat >= startBeat - epsilon),
    ) ?? (segments[0] as TempoSegment);
  const beats = (bar - segment.startBar) * segment.beatsPerBar + beat - segment.startBeat;
  return segment.startFrame + beats * segment.framesPerBeat;
}

/** The last line at or before the frame, not rounded; lines lie a bar or a beat apart. */
export function lineAtOrBefore(grid: TempoGrid, frame: number, mode: 'beat' | 'bar'): number {
  const segments = tempoSegments(grid);
  for (let place = segments.length - 1; place >= 0; place--) {
    const segment = segments[place] as TempoSegment;
    if (place > 0 && segment.startFrame > frame) continue;
    const { startFrame, startBeat, framesPerBeat, beatsPerBar } = segment;
    const step = mode === 'bar' ? beatsPerBar : 1;
    const within = Math.min(frame, segment.endFrame - 1);
    const beats = startBeat + (within - startFrame) / framesPerBeat;
    const line = Math.floor(beats / step + epsilon) * step;
    if (line >= startBeat - epsilon) return startFrame + (line - startBeat) * framesPerBeat;
  }
  return 0;
}

/** The first line after the one at or before the frame, not rounded. */
export function lineAfter(grid: TempoGrid, frame: number, mode: 'beat' | 'bar'): number {
  const segments = tempoSegments(grid);
  let place = segments.findLastIndex(({ startFrame }) => startFrame <= frame);
  let first = false;
  for (place = Math.max(0, place); ; place++) {
    const { startFrame, endFrame, startBeat, framesPerBeat, beatsPerBar } = segments[place] as TempoSegment;
    const step = mode === 'bar' ? beatsPerBar : 1;
    const beats = startBeat + (frame - startFrame) / framesPerBeat;
    const line = first
      ? Math.ceil(startBeat / step - epsilon) * step
      : (Math.floor(beats / step + epsilon) + 1) * step;
    const at = startFrame + (line - startBeat) * framesPerBeat;
    if (at < endFrame - epsilon || endFrame === Number.POSITIVE_INFINITY) return at;
    first = true;
  }
}
