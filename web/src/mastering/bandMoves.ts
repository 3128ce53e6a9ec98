import { held } from './chain';
import { clamp, plain, powerDb } from './decibels';
import type { BandSpread, Programme } from './measures';
import type { Move } from './moves';
import { isBroad, meanDeviationDb, toneDeviation, totalPower } from './tone';

interface UnevenBand {
  readonly id: string;
  /** "Low end below 120 Hz". */
  readonly name: string;
  readonly whose: string;
  readonly heard: string;
  /** Of the programme's spreads, and of the multiband with its crossovers as they are. */
  readonly spread: number;
  readonly band: number;
  readonly attackMs: number;
  readonly releaseMs: number;
}

const unevenBands: readonly UnevenBand[] = [
  {
    id: 'even-bass',
    name: 'Low end below 120 Hz',
    whose: 'its usual level',
    heard: 'some notes boom while others get lost',
    spread: 0,
    band: 1,
    attackMs: 40,
    releaseMs: 250,
  },
  {
    id: 'even-presence',
    name: 'Presence from 0.9 to 5 kHz',
    whose: 'its usual level',
    heard: 'it jumps at the ear in places',
    spread: 2,
    band: 3,
    attackMs: 10,
    releaseMs: 120,
  },
];

/** Less than so many seconds are no ground to judge what is usual. */
const leastSeconds = 8;
/** So much more than the rest may a band vary without anybody minding. */
const unevenDb = 3.5;
/** How far the multiband's peak detector reads above a band's mean power, at the least: that of a tone. */
const detectorDb = 2;
const mostEvenRatio = 2;

const variation = ({ usualDb, loudDb }: BandSpread): number => loudDb - usualDb;

/** Compression of a band of its own, where its loud moments stand further above the usual than those of the rest. */
export function evenMoves({ spreads, bands, frames, sampleRateHz }: Programme, amount: number): Move[] {
  if (frames < leastSeconds * sampleRateHz || !isBroad(toneDeviation(bands))) return [];
  return unevenBands.flatMap(({ id, name, whose, heard, spread, band, attackMs, releaseMs }) => {
    const own = spreads[spread];
    const rest = spreads
      .filter((other) => other !== own)
      .map(variation)
      .filter(Number.isFinite)
      .sort((a, b) => a - b);
    const middle = rest[Math.floor(rest.length / 2)];
    if (!own || !Number.isFinite(own.usualDb) || middle === undefined) return [];
    const ownDb = variation(own);
    const beyondDb = ownDb - middle - unevenDb;
    if (beyondDb <= 0) return [];
    // From a quarter of the way on; half of what is too much is taken at the loudest.
    const thresholdDb = held('multiband', `band${band}.thresholdDb`, own.usualDb + 0.25 * ownDb + detectorDb);
    const takenDb = clamp(0.5 * beyondDb + 1, 1, 0.45 * ownDb);
    const fullRatio = clamp(1 / (1 - takenDb / (0.6 * ownDb)), 1.2, mostEvenRatio);
    const ratio = 1 + amount * (fullRatio - 1);
    return [
      {
        id,
        stage: 'multiband' as const,
        params: {
          [`band${band}.thresholdDb`]: thresholdDb,
          [`band${band}.ratio`]: ratio,
          [`band${band}.attackMs`]: attackMs,
          [`band${band}.releaseMs`]: releaseMs,
        },
        what: `${name}: ${ratio.toFixed(2)} : 1 from ${plain(thresholdDb)} dB.`,
        why: `Its loud moments stand ${plain(ownDb)} dB above ${whose}, those of the rest ${plain(middle)} dB: ${heard}.`,
      },
    ];
  });
}

/** What no shelf of the proposal would bring back: it turns up by 3 dB at most, and where nothing is it turns up noise. */
const dullDb = -12;
/** Without anything here there is nothing to make overtones of. */
const leastPresenceDb = -14;
const excitedFromHz = 4000;
const mostAdded = 50;
/** What is excited is brought to this level first, by its mean power: overtones grow with it. */
const excitedDb = -6;

/** Overtones, where the top octave is so far under the average that turning it up would bring noise alone. */
export function exciteMoves({ bands, sampleRateHz }: Programme, amount: number): Move[] {
  const deviation = toneDeviation(bands);
  const topHz = 13_000;
  if (!isBroad(deviation) || topHz > 0.5 * sampleRateHz) return [];
  const topDb = meanDeviationDb(deviation, 7800, topHz);
  const presenceDb = meanDeviationDb(deviation, 3000, 6500);
  if (topDb > dullDb || presenceDb < leastPresenceDb || presenceDb - topDb < 6) return [];
  const excited = bands.filter(({ centreHz }) => centreHz > excitedFromHz);
  const levelDb = powerDb(excited.reduce((sum, band) => sum + totalPower(band), 0));
  const driveDb = held('exciter', 'driveDb', excitedDb - levelDb);
  const added = amount * clamp(20 + 2 * (dullDb - topDb), 20, mostAdded);
  return [
    {
      id: 'excite',
      stage: 'exciter',
      params: { freqHz: excitedFromHz, driveDb, harmonics: 40, amount: added },
      what: `Overtones of what lies above ${excitedFromHz / 1000} kHz, ${Math.round(added)} %.`,
      why: `From 8 kHz on it stands ${plain(-topDb)} dB below the average spectrum of released music: a shelf would turn up little but noise.`,
    },
  ];
}
