import { clamp, powerDb } from './decibels';
import { curveDb, type EqBand } from './eqBands';
import type { BandPower } from './measures';
import { totalPower } from './tone';

/** A wanted gain at a frequency; 0 weight where one of the sounds has nothing there. */
export interface MatchPoint {
  readonly hz: number;
  readonly gainDb: number;
  readonly weight: number;
}

/** What is taken of the difference, at most. */
export const mostMatchDb = 6;

const lowestHz = 28;
const highestHz = 17_000;
/** Bands so far under a sound's loudest one are noise, or nothing. */
const absentDb = -75;

/**
 * The tone that makes one sound like another: the difference of their spectra, its middle from 200 Hz to 4 kHz at 0, a little
 * smoothed, held to 6 dB, and `amount` (0 to 1) of it.
 */
export function matchCurve(
  source: readonly BandPower[],
  reference: readonly BandPower[],
  amount: number,
): MatchPoint[] {
  const there = (bands: readonly BandPower[]) => {
    const most = Math.max(...bands.map(totalPower));
    return (band: BandPower | undefined) => !!band && powerDb(totalPower(band) / most) > absentDb;
  };
  const inSource = there(source);
  const inReference = there(reference);
  const raw = source.flatMap((band, index) => {
    if (band.centreHz < lowestHz || band.centreHz > highestHz) return [];
    const other = reference[index];
    const both = other && inSource(band) && inReference(other);
    const gainDb = both ? powerDb(totalPower(other) / totalPower(band)) : 0;
    return [{ hz: band.centreHz, gainDb, weight: both ? 1 : 0 }];
  });
  const middle = raw.filter(({ hz, weight }) => weight > 0 && hz > 190 && hz < 4200);
  if (middle.length === 0) return [];
  const offset = middle.reduce((sum, { gainDb }) => sum + gainDb, 0) / middle.length;
  return raw.map((point, index) => ({
    ...point,
    gainDb: amount * clamp(smoothed(raw, index) - offset, -mostMatchDb, mostMatchDb),
  }));
}

/** Over the neighbours, a quarter of each: the third octaves have smoothed already. */
function smoothed(points: readonly MatchPoint[], index: number): number {
  let sum = 0;
  let weights = 0;
  for (const [step, part] of [
    [-1, 0.25],
    [0, 1],
    [1, 0.25],
  ] as const) {
    const point = points[index + step];
    if (!point || point.weight === 0) continue;
    sum += part * point.gainDb;
    weights += part;
  }
  return weights > 0 ? sum / weights : 0;
}

interface Limits {
  readonly shape: EqBand['shape'];
  readonly lowHz: number;
  readonly highHz: number;
  readonly startHz: number;
}

/** Where each band may go: they keep their order, and stay broad. */
const layout: readonly Limits[] = [
  { shape: 'lowshelf', lowHz: 40, highHz: 180, startHz: 80 },
  { shape: 'bell', lowHz: 60, highHz: 350, startHz: 150 },
  { shape: 'bell', lowHz: 200, highHz: 900, startHz: 400 },
  { shape: 'bell', lowHz: 500, highHz: 2200, startHz: 1000 },
  { shape: 'bell', lowHz: 1300, highHz: 5000, startHz: 2500 },
  { shape: 'bell', lowHz: 3000, highHz: 11_000, startHz: 6000 },
  { shape: 'highshelf', lowHz: 5000, highHz: 14_000, startHz: 9000 },
];
const lowestQ = 0.35;
const highestQ = 2;
const mostBandDb = 9;

/** As many bands as a fit has. */
export const matchBands = layout.length;

/**
 * Bands of the equaliser whose curve comes as near to the points as can be, by least squares (Levenberg and Marquardt's steps, over
 * frequencies, gains and widths).
 */
export function fitBands(points: readonly MatchPoint[]): EqBand[] {
  const used = points.filter(({ weight }) => weight > 0);
  let values = layout.flatMap(({ startHz }) => [Math.log2(startHz), nearest(used, startHz) / 2, 0]);
  if (used.length === 0) return bandsOf(values.map((value, index) => (index % 3 === 1 ? 0 : value)));
  let error = errorOf(used, values);
  let damping = 1;
  for (let round = 0; round < rounds && damping < 1e8; round++) {
    const step = stepOf(used, values, damping);
    const tried = held(values.map((value, index) => value + (step[index] ?? 0)));
    const triedError = errorOf(used, tried);
    if (triedError < error) {
      const gained = error - triedError;
      values = tried;
      error = triedError;
      damping = Math.max(1e-4, damping / 3);
      if (gained < 1e-7 * error) break;
    } else {
      damping *= 4;
    }
  }
  return bandsOf(values);
}

const rounds = 200;

function bandsOf(values: readonly number[]): EqBand[] {
  return layout.map(({ shape }, band) => ({
    shape,
    freqHz: 2 ** (values[3 * band] as number),
    gainDb: values[3 * band + 1] as number,
    q: 0.71 * 2 ** (values[3 * band + 2] as number),
  }));
}

function held(values: readonly number[]): number[] {
  return values.map((value, index) => {
    const { lowHz, highHz } = layout[Math.floor(index / 3)] as Limits;
    if (index % 3 === 0) return clamp(value, Math.log2(lowHz), Math.log2(highHz));
    if (index % 3 === 1) return clamp(value, -mostBandDb, mostBandDb);
    return clamp(value, Math.log2(lowestQ / 0.71), Math.log2(highestQ / 0.71));
  });
}

function nearest(points: readonly MatchPoint[], hz: number): number {
  const distance = (point: MatchPoint) => Math.abs(Math.log2(point.hz / hz));
  const found = points.reduce<MatchPoint | undefined>(
    (best, point) => (!best || distance(point) < distance(best) ? point : best),
    undefined,
  );
  return found?.gainDb ?? 0;
}

/** A little against gains, so that bands don't fight each other. */
const ridge = 0.02;

function residuals(points: readonly MatchPoint[], values: readonly number[]): number[] {
  const bands = bandsOf(values);
  const misses = points.map(({ hz, gainDb, weight }) => Math.sqrt(weight) * (gainDb - curveDb(bands, hz)));
  return [...misses, ...bands.map(({ gainDb }) => -ridge * gainDb)];
}

function errorOf(points: readonly MatchPoint[], values: readonly number[]): number {
  return residuals(points, values).reduce((sum, miss) => sum + miss ** 2, 0);
}

/** One step of Levenberg and Marquardt. */
function stepOf(points: readonly MatchPoint[], values: readonly number[], damping: number): number[] {
  const now = residuals(points, values);
  const nudge = 1e-4;
  const slopes = values.map((_, index) => {
    const moved = values.map((value, each) => (each === index ? value + nudge : value));
    return residuals(points, moved).map((miss, at) => ((now[at] as number) - miss) / nudge);
  });
  const product = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, at) => sum + value * (b[at] as number), 0);
  const matrix = slopes.map((row, i) =>
    slopes.map((column, j) => product(row, column) * (i === j ? 1 + damping : 1) + (i === j ? 1e-6 : 0)),
  );
  return solve(
    matrix,
    slopes.map((row) => product(row, now)),
  );
}

/** Gauss's elimination with the largest pivot. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, index) => [...row, right[index] as number]);
  const size = rows.length;
  const at = (row: number, column: number) => (rows[row] as number[])[column] as number;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(at(row, column)) > Math.abs(at(pivot, column))) pivot = row;
    }
    [rows[column], rows[pivot]] = [rows[pivot] as number[], rows[column] as number[]];
    if (at(column, column) === 0) continue;
    for (let row = 0; row < size; row++) {
      if (row === column) continue;
      const factor = at(row, column) / at(column, column);
      for (let each = column; each <= size; each++)
        (rows[row] as number[])[each] = at(row, each) - factor * at(column, each);
    }
  }
  return rows.map((row, index) =>
    (row[index] ?? 0) === 0 ? 0 : (row[size] as number) / (row[index] as number),
  );
}
