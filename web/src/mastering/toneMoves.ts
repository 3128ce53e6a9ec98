import { clamp, plain, signed } from './decibels';
import { type BandShape, bandParams } from './eqBands';
import type { Programme } from './measures';
import type { Move } from './moves';
import { isBroad, meanDeviationDb, missingDb, toneDeviation } from './tone';

interface Region {
  readonly id: string;
  /** "Low mids". */
  readonly name: string;
  readonly verb: 'stand' | 'stands';
  readonly fromHz: number;
  readonly toHz: number;
  /** How far from the average released music lies without anybody minding. */
  readonly toleranceDb: number;
  readonly band: number;
  readonly shape: BandShape;
  readonly freqHz: number;
  readonly q: number;
}

/** Wide and few. Released music differs most in the bass (about 10 dB from song to song), least around 1 kHz. */
const regions: readonly Region[] = [
  {
    id: 'bass',
    name: 'Bass',
    verb: 'stands',
    fromHz: 45,
    toHz: 135,
    toleranceDb: 6,
    band: 3,
    shape: 'lowshelf',
    freqHz: 110,
    q: 0.71,
  },
  {
    id: 'low-mids',
    name: 'Low mids',
    verb: 'stand',
    fromHz: 150,
    toHz: 420,
    toleranceDb: 3,
    band: 4,
    shape: 'bell',
    freqHz: 250,
    q: 0.7,
  },
  {
    id: 'mids',
    name: 'Mids',
    verb: 'stand',
    fromHz: 480,
    toHz: 1700,
    toleranceDb: 3,
    band: 5,
    shape: 'bell',
    freqHz: 900,
    q: 0.6,
  },
  {
    id: 'presence',
    name: 'Presence',
    verb: 'stands',
    fromHz: 1900,
    toHz: 5200,
    toleranceDb: 3,
    band: 6,
    shape: 'bell',
    freqHz: 3200,
    q: 0.7,
  },
  {
    id: 'highs',
    name: 'Highs',
    verb: 'stand',
    fromHz: 6000,
    toHz: 13_000,
    toleranceDb: 4,
    band: 7,
    shape: 'highshelf',
    freqHz: 8000,
    q: 0.71,
  },
];

/** At full amount half of what is beyond the tolerance, and never more than this. */
export const mostToneDb = 3;
const takenPart = 0.5;
const smallestDb = 0.4;

const hzText = (hz: number): string => (hz < 1000 ? `${hz} Hz` : `${plain(hz / 1000)} kHz`);

/** Moves of the equaliser towards the average of released music. */
export function toneMoves({ bands, sampleRateHz }: Programme, amount: number): Move[] {
  const deviation = toneDeviation(bands);
  if (!isBroad(deviation)) return [];
  // What the sample rate cuts off is no tone.
  const whole = regions.filter(({ toHz }) => toHz < 0.5 * sampleRateHz);
  return whole.flatMap((region) => {
    const meanDb = meanDeviationDb(deviation, region.fromHz, region.toHz);
    const beyondDb = Math.abs(meanDb) - region.toleranceDb;
    const fullDb = -Math.sign(meanDb) * clamp(takenPart * beyondDb, 0, mostToneDb);
    if (Math.abs(fullDb) < smallestDb || meanDb < missingDb || amount === 0) return [];
    const gainDb = amount * fullDb;
    const { id, name, verb, band, shape, freqHz, q } = region;
    const around = shape === 'bell' ? 'around' : shape === 'lowshelf' ? 'below' : 'above';
    const direction = meanDb > 0 ? 'above' : 'below';
    return [
      {
        id: `tone-${id}`,
        stage: 'eq' as const,
        params: bandParams(band, { shape, freqHz, gainDb, q }),
        what: `${name} ${around} ${hzText(freqHz)}: ${signed(gainDb)} dB.`,
        why: `${verb === 'stand' ? 'They stand' : 'It stands'} ${plain(Math.abs(meanDb))} dB ${direction} the average spectrum of released music.`,
      },
    ];
  });
}
