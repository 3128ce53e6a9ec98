import type { ParamValues } from './deviceGraph';

/** A band of the EQ, or one of the strip's cuts. */
export type EqPart = number | 'low' | 'high';

export const eqBandCount = 8;

export const bandIsOn = (values: ParamValues, band: number): boolean => (values[`band${band}.on`] ?? 0) !== 0;

export const bandsOn = (values: ParamValues): readonly number[] =>
  Array.from({ length: eqBandCount }, (_, index) => index + 1).filter((band) => bandIsOn(values, band));

/** The lowest band that is off; null when all are in use. */
export function freeBand(values: ParamValues): number | null {
  for (let band = 1; band <= eqBandCount; band++) if (!bandIsOn(values, band)) return band;
  return null;
}

/** The values that a foot shows of a part, by the end of their ids. */
export function partIds(part: EqPart): Readonly<Record<'on' | 'freqHz' | 'slope', string>> & {
  readonly type?: string;
  readonly gainDb?: string;
  readonly q?: string;
} {
  if (part === 'low' || part === 'high')
    return { on: `cut.${part}CutOn`, freqHz: `cut.${part}CutHz`, slope: `cut.${part}CutSlope` };
  const band = `band${part}`;
  return {
    on: `${band}.on`,
    type: `${band}.type`,
    freqHz: `${band}.freqHz`,
    gainDb: `${band}.gainDb`,
    q: `${band}.q`,
    slope: `${band}.slope`,
  };
}

/** What a band of this type can be set to: a bell has no slope, a cut has no gain. */
export function numbersOfType(type: string): ReadonlySet<'gainDb' | 'q' | 'slope'> {
  if (type === 'lowcut' || type === 'highcut') return new Set(['q', 'slope']);
  if (type === 'notch') return new Set(['q']);
  return new Set(['gainDb', 'q']);
}
