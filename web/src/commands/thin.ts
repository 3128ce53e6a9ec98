import type { ParamRange } from '../model/params';
import type { Point } from '../model/types';

interface Sample {
  readonly frame: number;
  readonly value: number;
}

/** How far a thinned line may be from the hand's: a tenth of a decibel, a hundredth of a frequency, or 1/400 of the range. */
function tolerance({ unit, curve, min, max }: ParamRange, value: number): number {
  if (unit === 'dB') return 0.1;
  if (curve === 'logarithmic') return 0.01 * Math.abs(value);
  return (max - min) / 400;
}

/**
 * The fewest points whose straight lines pass all samples closely (Ramer 1972, Douglas and Peucker 1973), distances
 * taken in the unit of the parameter. A parameter of whole values keeps each change.
 */
export function thinned(samples: readonly Sample[], range: ParamRange): Point[] {
  const sorted = [...new Map(samples.map((sample) => [Math.round(sample.frame), sample.value]))]
    .map(([frame, value]): Point => ({ frame, value, shape: range.whole ? 'hold' : 'linear', bend: 0 }))
    .sort((a, b) => a.frame - b.frame);
  if (range.whole) return sorted.filter(({ value }, place) => value !== sorted[place - 1]?.value);
  if (sorted.length < 3) return sorted;
  const kept = new Set([0, sorted.length - 1]);
  const waiting: [number, number][] = [[0, sorted.length - 1]];
  for (let stretch = waiting.pop(); stretch; stretch = waiting.pop()) {
    const [first, last] = stretch;
    const farthest = farthestBetween(sorted, first, last, range);
    if (farthest === null) continue;
    kept.add(farthest);
    waiting.push([first, farthest], [farthest, last]);
  }
  return sorted.filter((_, place) => kept.has(place));
}

/** The sample farthest from the line, of those that are farther than they may be. */
function farthestBetween(
  points: readonly Point[],
  first: number,
  last: number,
  range: ParamRange,
): number | null {
  const a = points[first] as Point;
  const b = points[last] as Point;
  let farthest: number | null = null;
  let most = 1;
  for (let place = first + 1; place < last; place++) {
    const { frame, value } = points[place] as Point;
    const line = a.value + ((b.value - a.value) * (frame - a.frame)) / (b.frame - a.frame);
    const distance = Math.abs(value - line) / Math.max(tolerance(range, value), 1e-9);
    if (distance > most) {
      most = distance;
      farthest = place;
    }
  }
  return farthest;
}
