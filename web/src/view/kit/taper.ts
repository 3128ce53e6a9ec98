/** A row of a scale: a level in dB and its place, 0 at the foot and 1 at the top. Linear between the rows. */
type Row = readonly [db: number, position: number];

/** The console taper of faders and sends. Below -60 dB is off. */
const faderRows: readonly Row[] = [
  [12, 1],
  [6, 0.885],
  [3, 0.82],
  [0, 0.75],
  [-3, 0.68],
  [-6, 0.61],
  [-12, 0.485],
  [-18, 0.38],
  [-24, 0.29],
  [-36, 0.155],
  [-48, 0.07],
  [-60, 0.02],
  [-90, 0],
];

/** The scale of peak and RMS meters, dBFS. */
const meterRows: readonly Row[] = [
  [0, 1],
  [-6, 0.865],
  [-12, 0.73],
  [-18, 0.6],
  [-24, 0.48],
  [-36, 0.27],
  [-48, 0.11],
  [-60, 0],
];

/** What the document holds for a fader that is off. */
export const offDb = -90;
/** The lowest level that a fader shows as a number. */
export const lowestDb = -60;

export const faderTicksDb = [12, 6, 3, 0, -3, -6, -12, -18, -24, -36, -48, -60] as const;
export const meterTicksDb = [0, -6, -12, -18, -24, -36, -48] as const;

function interpolate(rows: readonly Row[], value: number, from: 0 | 1, to: 0 | 1): number {
  const first = rows[0] as Row;
  const last = rows[rows.length - 1] as Row;
  if (!(value < first[from])) return first[to];
  if (!(value > last[from])) return last[to];
  let upper = first;
  for (const lower of rows) {
    if (value >= lower[from] && upper !== lower) {
      const share = (value - lower[from]) / (upper[from] - lower[from]);
      return lower[to] + share * (upper[to] - lower[to]);
    }
    upper = lower;
  }
  return last[to];
}

/** Place of a fader's cap on its travel, 0 to 1. */
export const faderPosition = (db: number): number =>
  Number.isNaN(db) ? 0 : interpolate(faderRows, db, 0, 1);

/** The level at a place of the travel, in dB; offDb at the foot. */
export const faderDb = (position: number): number => interpolate(faderRows, position, 1, 0);

/** Height of a meter's bar, 0 to 1, of a level in dBFS. */
export const meterPosition = (db: number): number =>
  Number.isNaN(db) ? 0 : interpolate(meterRows, db, 0, 1);

/** dB of a linear amplitude; minus infinity of zero. */
export const amplitudeDb = (amplitude: number): number => 20 * Math.log10(amplitude);
