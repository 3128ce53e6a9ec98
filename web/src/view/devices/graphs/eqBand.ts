import { type Band, bandTypes } from './eqCurve';
import type { Values } from './handles';

/** Of the choice of a slope, in dB per octave. */
export const slopeDb = (choice: number): number => (choice + 1) * 6;

/** A band by its number, from 1 to 8. */
export function bandOf(values: Values, number: number): Band & { readonly on: boolean } {
  const value = (id: string, fallback: number) => values[`band${number}.${id}`] ?? fallback;
  return {
    on: value('on', 0) !== 0,
    type: bandTypes[value('type', 0)] ?? 'bell',
    freqHz: value('freqHz', 1000),
    gainDb: value('gainDb', 0),
    q: value('q', 0.71),
    slopeDb: slopeDb(value('slope', 1)),
  };
}
