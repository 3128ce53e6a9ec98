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

/** Where the decay is exactly the one that is set. */
const tunedHz = 707;
const airHz = 7000;

/** 0 well under the corner, 1 well above it: a shelf of first order. */
const aboveCorner = (hz: number, cornerHz: number): number => 1 / (1 + (cornerHz / hz) ** 2);

/** Losses in a second, those of the middle being 1. */
function lossRate(setting: DecaySetting, hz: number): number {
  const low = 1 - aboveCorner(hz, setting.lowHz);
  const high = aboveCorner(hz, setting.highHz);
  const air = aboveCorner(hz, airHz);
  const airMult = 1 - 0.9 * setting.damping;
  return low * (1 / setting.lowMult - 1) + high * (1 / setting.highMult - 1) + air * (1 / airMult - 1);
}

/** Time to -60 dB at a frequency: as long as set in the middle, `lowMult` times that below and `highMult` times above. */
export function decaySeconds(setting: DecaySetting, hz: number): number {
  const rate = 1 + lossRate(setting, hz) - lossRate(setting, tunedHz);
  return setting.decayS / Math.max(0.05, rate);
}
