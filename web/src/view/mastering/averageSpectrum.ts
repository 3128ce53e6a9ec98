import type { BandPower } from '../../mastering/measures';
import { totalPower } from '../../mastering/tone';

/** Of the live spectrum that the average is drawn with: points, widening of a Hann window, tilt about 1 kHz. */
const spectrumPoints = 4096;
const windowBins = 1.5;
const tiltDbPerOctave = 4.5;
const thirdOctave = 2 ** (1 / 6) - 2 ** (-1 / 6);
const floorDb = -160;

/** Third octaves as levels on the scale of a spectrum, of the live one unless told: the mean of its bins there, tilted like it. */
export function averageLevels(
  bands: readonly BandPower[],
  sampleRateHz: number,
  points = spectrumPoints,
  tilt = tiltDbPerOctave,
): Float64Array {
  return Float64Array.from(bands, (band) => {
    const bins = Math.max(1, (band.centreHz * thirdOctave * points) / sampleRateHz);
    const db = 10 * Math.log10((windowBins * totalPower(band)) / bins + 1e-16);
    return Math.max(floorDb, db + tilt * Math.log2(band.centreHz / 1000));
  });
}

/** The level at a frequency, on a smooth curve through the bands; the outermost ones go on beyond the ends. */
export function levelBetween(bands: readonly BandPower[], levels: Float64Array, hz: number): number {
  const last = bands.length - 1;
  if (last < 0) return floorDb;
  const lowest = (bands[0] as BandPower).centreHz;
  const highest = (bands[last] as BandPower).centreHz;
  const place = last === 0 ? 0 : (last * Math.log(hz / lowest)) / Math.log(highest / lowest);
  const at = Math.min(last, Math.max(0, place));
  const index = Math.min(Math.max(0, last - 1), Math.floor(at));
  const t = at - index;
  const level = (offset: number) => levels[Math.min(last, Math.max(0, index + offset))] as number;
  const [a, b, c, d] = [level(-1), level(0), level(1), level(2)];
  const bend = 2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a);
  return b + 0.5 * t * (c - a + t * bend);
}

export interface BandCorrelation {
  readonly name: string;
  /** -1 to 1; null where one side is silent there. */
  readonly correlation: number | null;
}

const ranges = [
  { name: 'Low', toHz: 120 },
  { name: 'Low mid', toHz: 900 },
  { name: 'High mid', toHz: 5000 },
  { name: 'High', toHz: Number.POSITIVE_INFINITY },
];

/** How left and right belong together in four ranges. */
export function correlationByRange(bands: readonly BandPower[]): BandCorrelation[] {
  let fromHz = 0;
  return ranges.map(({ name, toHz }) => {
    const inside = bands.filter(({ centreHz }) => centreHz >= fromHz && centreHz < toHz);
    fromHz = toHz;
    const sum = (of: (band: BandPower) => number) => inside.reduce((total, band) => total + of(band), 0);
    const size = Math.sqrt(sum(({ left }) => left) * sum(({ right }) => right));
    const correlation = size > 0 ? sum(({ cross }) => cross) / size : null;
    return { name, correlation };
  });
}
