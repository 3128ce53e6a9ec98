import { devices } from '../generated/devices';

export type BandShape = 'bell' | 'lowshelf' | 'highshelf' | 'lowcut';

/** A band of the equaliser. */
export interface EqBand {
  readonly shape: BandShape;
  readonly freqHz: number;
  readonly gainDb: number;
  readonly q: number;
}

const shapeNames =
  devices.find(({ id }) => id === 'eq')?.params.find(({ id }) => id === 'band1.type')?.choices ?? [];

/** Values of the device's band `number`, from 1. */
export function bandParams(number: number, { shape, freqHz, gainDb, q }: EqBand): Record<string, number> {
  const prefix = `band${number}.`;
  return {
    [`${prefix}on`]: 1,
    [`${prefix}type`]: shapeNames.indexOf(shape),
    [`${prefix}freqHz`]: freqHz,
    [`${prefix}gainDb`]: gainDb,
    [`${prefix}q`]: q,
  };
}

/**
 * Gain of a bell or a shelf at a frequency: the magnitude of the analogue prototypes of R. Bristow-Johnson's "Cookbook formulae for
 * audio EQ biquad filter coefficients", which the device follows to 20 kHz.
 */
export function bandGainDb({ shape, freqHz, gainDb, q }: EqBand, hz: number): number {
  const a = 10 ** (gainDb / 40);
  const w = hz / freqHz;
  const square = (constant: number, linear: number, quadratic: number) =>
    (constant - quadratic * w * w) ** 2 + (linear * w) ** 2;
  const slope = Math.sqrt(a) / q;
  switch (shape) {
    case 'bell':
      return 10 * Math.log10(square(1, a / q, 1) / square(1, 1 / (a * q), 1));
    case 'lowshelf':
      return 10 * Math.log10(square(a * a, a * slope, a) / square(1, slope, a));
    case 'highshelf':
      return 10 * Math.log10(square(a, a * slope, a * a) / square(a, slope, 1));
    case 'lowcut':
      return 10 * Math.log10(w ** 4 / square(1, 1 / q, 1));
  }
}

export function curveDb(bands: readonly EqBand[], hz: number): number {
  return bands.reduce((sum, band) => sum + bandGainDb(band, hz), 0);
}
