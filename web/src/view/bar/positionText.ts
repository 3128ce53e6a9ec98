import { barAndBeatAt, segmentAt, type TempoGrid } from '../../model/tempo';

const two = (n: number) => String(n).padStart(2, '0');

/** "00:01:23.456": hours, minutes, seconds, milliseconds. */
export function clockText(frames: number, sampleRateHz: number): string {
  const totalMs = Math.floor((Math.max(0, frames) * 1000) / sampleRateHz + 1e-6);
  const seconds = Math.floor(totalMs / 1000);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return `${two(hours)}:${two(minutes)}:${two(seconds % 60)}.${String(totalMs % 1000).padStart(3, '0')}`;
}

/** "0:42.813": the same where there is little room. */
export function shortClockText(frames: number, sampleRateHz: number): string {
  const [hours, minutes, seconds] = clockText(frames, sampleRateHz).split(':');
  return Number(hours) > 0 ? `${Number(hours)}:${minutes}:${seconds}` : `${Number(minutes)}:${seconds}`;
}

export interface BarPosition {
  /** All count from 1. */
  readonly bar: number;
  readonly beat: number;
  readonly sixteenth: number;
}

/** Bar, beat and sixteenth of a position. */
export function barPosition(frames: number, grid: TempoGrid): BarPosition {
  const at = Math.max(0, frames) + 1e-3;
  const { bar, beat } = barAndBeatAt(grid, at);
  const whole = Math.floor(beat);
  const sixteenthsPerBeat = Math.max(1, 16 / segmentAt(grid, at).beatUnit);
  return {
    bar: bar + 1,
    beat: whole + 1,
    sixteenth: Math.floor((beat - whole) * sixteenthsPerBeat) + 1,
  };
}

/** "18 | 1 | 3" */
export function barText(frames: number, grid: TempoGrid): string {
  const { bar, beat, sixteenth } = barPosition(frames, grid);
  return `${bar} | ${beat} | ${sixteenth}`;
}

/** "1:22.4", or "1:22" without decimals: how long something is. */
export function lengthText(seconds: number, decimals: 0 | 1 = 0): string {
  const scale = 10 ** decimals;
  const rounded = Math.round(seconds * scale) / scale;
  const hours = Math.floor(rounded / 3600);
  const minutes = Math.floor(rounded / 60) % 60;
  const rest = (rounded % 60).toFixed(decimals).padStart(decimals ? 4 : 2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}
