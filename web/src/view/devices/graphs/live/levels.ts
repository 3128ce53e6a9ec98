import type { Sound } from '../picture';
import { History } from './history';

export const silentDb = -120;

export const levelDb = (level: number): number => (level > 1e-6 ? 20 * Math.log10(level) : silentDb);

/** Highest absolute sample of both sides from `first` on, `count` frames. */
export function peakOf(left: Float32Array, right: Float32Array, first: number, count: number): number {
  let peak = 0;
  for (let frame = Math.max(0, first); frame < first + count; frame++) {
    const a = Math.abs(left[frame] as number);
    const b = Math.abs(right[frame] as number);
    if (a > peak) peak = a;
    if (b > peak) peak = b;
  }
  return peak;
}

const chunkFrames = 256;

/**
 * Calls back for each stretch of about 5 ms of what is new, the oldest first: where it begins in the arrays, its frames,
 * and how long it lasts. An array that is shorter than what went by stands for all of it.
 */
export function eachChunk(sound: Sound, take: (first: number, frames: number, ms: number) => void): void {
  const available = sound.inLeft.length;
  const frames = Math.min(available, sound.newFrames);
  if (frames <= 0) return;
  const chunks = Math.max(1, Math.round(frames / chunkFrames));
  const each = frames / chunks;
  const ms = sound.elapsedMs / chunks;
  for (let chunk = 0; chunk < chunks; chunk++) {
    const first = available - frames + Math.floor(chunk * each);
    take(first, Math.max(1, Math.floor(each)), ms);
  }
}

/** A history whose columns are equal stretches of the last `spanMs`. */
export class TimeHistory extends History {
  readonly #columnsPerMs: number;

  constructor(
    readonly spanMs: number,
    count: number,
    empty: number,
    keep?: (kept: number, next: number) => number,
  ) {
    super(count, empty, keep);
    this.#columnsPerMs = count / spanMs;
  }

  addFor(value: number, ms: number): void {
    this.add(value, ms * this.#columnsPerMs);
  }

  /** What was at `x` of a picture `width` wide whose right edge is now. */
  atPx(x: number, width: number): number {
    return this.at(Math.round(((width - x) / width) * (this.count - 1)));
  }
}
