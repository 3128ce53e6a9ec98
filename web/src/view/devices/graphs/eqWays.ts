import { bandOf } from './eqBand';
import { isCut } from './eqCurve';
import type { Values } from './handles';

const bandCount = 8;
/** In the order of the choices of `bandN.channels`. */
const channelNames = ['stereo', 'mid', 'side', 'left', 'right'] as const;
type Channels = (typeof channelNames)[number];

/** A part of the sound, and the settings that it meets. */
export interface EqWay {
  readonly name: string;
  readonly values: Values;
}

/** One curve where all bands are for the whole sound, else one for each of two parts of it. */
export function waysOf(values: Values): EqWay[] {
  const has = (channels: Channels) =>
    numbers.some((number) => bandOf(values, number).on && channelsOf(values, number) === channels);
  if (has('mid') || has('side')) return [way(values, 'Mid', 'side'), way(values, 'Side', 'mid')];
  if (has('left') || has('right')) return [way(values, 'Left', 'right'), way(values, 'Right', 'left')];
  return [{ name: '', values }];
}

const numbers = Array.from({ length: bandCount }, (_, index) => index + 1);
const channelsOf = (values: Values, number: number): Channels =>
  channelNames[values[`band${number}.channels`] ?? 0] ?? 'stereo';

/** Whether a band is for the side or the right alone, whose curve is dashed. */
export const isOfSecondWay = (values: Values, number: number): boolean =>
  ['side', 'right'].includes(channelsOf(values, number));

function way(values: Values, name: string, other: Channels): EqWay {
  const off = numbers.filter((number) => channelsOf(values, number) === other);
  return { name, values: { ...values, ...Object.fromEntries(off.map((number) => [`band${number}.on`, 0])) } };
}

/** Of what rings ahead of each stroke, where the phase is linear. */
export interface PreRinging {
  readonly ms: number;
  readonly hz: number;
}

const decay60Db = Math.log(1000);

/**
 * How long before a stroke its equalised image is above -60 dB, by the slowest of the bands: a pole pair of quality Q at f decays by
 * exp(-pi f t / Q), and a linear phase has it on both sides. Null where there is none.
 */
export function preRinging(values: Values): PreRinging | null {
  if ((values.phase ?? 0) === 0) return null;
  let longest: PreRinging | null = null;
  for (const number of numbers) {
    const band = bandOf(values, number);
    if (!band.on || (!isCut(band.type) && band.type !== 'notch' && band.gainDb === 0)) continue;
    const amount = 10 ** (band.gainDb / 40);
    const steepness = isCut(band.type) ? band.slopeDb / 12 : 1;
    const quality = Math.max(0.5, band.q * (band.type === 'bell' ? amount : 1)) * steepness;
    const ms = (1000 * decay60Db * quality) / (Math.PI * band.freqHz);
    if (!longest || ms > longest.ms) longest = { ms, hz: band.freqHz };
  }
  return longest;
}
