import { amplitudeDb, powerDb } from './decibels';
import type { Programme } from './measures';
import { totalPower } from './tone';

/** A programme over time and over frequency, as a report draws it. Null stands for minus infinity. */
export interface Curves {
  /** From one value to the next; the first is that of the first stretch. */
  readonly stepSeconds: number;
  /** The loudest of each stretch. */
  readonly momentaryLufs: readonly (number | null)[];
  readonly shortTermLufs: readonly (number | null)[];
  /** The highest of each stretch. */
  readonly truePeakDbtp: readonly (number | null)[];
  /** The lowest of each stretch. */
  readonly correlation: readonly number[];
  /** Of third octaves, both sides together; a full-scale sine in both has 0. */
  readonly spectrum: readonly {
    readonly hz: number;
    readonly levelDb: number | null;
    /** Of the third of a second that has most of it. */
    readonly highestDb: number | null;
  }[];
}

const momentSeconds = 0.1;
const mostPoints = 3000;

const rounded = (value: number): number | null =>
  Number.isFinite(value) ? Math.round(100 * value) / 100 : null;

/** Long programmes get longer steps, so that a report stays small. */
export function curvesOf({ history, bands }: Pick<Programme, 'history' | 'bands'>): Curves {
  const moments = history.truePeak.length;
  const step = Math.max(1, Math.ceil(moments / mostPoints));
  const each = (values: Float32Array, better: (a: number, b: number) => number): number[] =>
    Array.from({ length: Math.ceil(moments / step) }, (_, point) =>
      values.subarray(step * point, step * (point + 1)).reduce((best, value) => better(best, value)),
    );
  return {
    stepSeconds: step * momentSeconds,
    momentaryLufs: each(history.momentaryLufs, Math.max).map(rounded),
    shortTermLufs: each(history.shortTermLufs, Math.max).map(rounded),
    truePeakDbtp: each(history.truePeak, Math.max).map((peak) => rounded(amplitudeDb(peak))),
    correlation: each(history.correlation, Math.min).map((value) => rounded(value) ?? 0),
    spectrum: bands.map((band) => ({
      hz: band.centreHz,
      levelDb: rounded(powerDb(totalPower(band))),
      highestDb: rounded(powerDb(band.highest)),
    })),
  };
}
