import type { Values } from './handles';

/** What the reverb's table says of how long it rings. */
export interface DecaySetting {
  readonly decayS: number;
  readonly lowMult: number;
  readonly highMult: number;
  readonly lowHz: number;
  readonly highHz: number;
  /** 0 to 1 */
  readonly damping: number;
}

export const decaySetting = (values: Values): DecaySetting => ({
  decayS: values.decayS ?? 1.8,
  lowMult: values.lowMult ?? 1.2,
  highMult: values.highMult ?? 0.5,
  lowHz: values.lowHz ?? 160,
  highHz: values.highHz ?? 5000,
  damping: (values.damping ?? 30) / 100,
});

/** 0 well under the corner, 1 well above it: a shelf of first order. */
const aboveCorner = (hz: number, cornerHz: number): number => 1 / (1 + (cornerHz / hz) ** 2);

/**
 * Time to -60 dB at a frequency: as long as set in the middle, times `lowMult` below and `highMult` above; losses per second add up,
 * so that multipliers work on rates.
 */
export function decaySeconds(setting: DecaySetting, hz: number): number {
  const low = 1 - aboveCorner(hz, setting.lowHz);
  const high = aboveCorner(hz, setting.highHz);
  const air = setting.damping * aboveCorner(hz, 9000);
  const rate = 1 + low * (1 / setting.lowMult - 1) + high * (1 / setting.highMult - 1) + air;
  return setting.decayS / Math.max(0.05, rate);
}
