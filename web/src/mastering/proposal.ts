import { devices } from '../generated/devices';
import { evenMoves, exciteMoves } from './bandMoves';
import { held } from './chain';
import { clamp, plain, powerDb } from './decibels';
import { type EndRepair, endsDbtp, isCutOff, mostHeadSeconds, mostTailSeconds } from './ends';
import { bandParams } from './eqBands';
import { matchMoves, type Spectrum, sideToMidDb } from './matchMoves';
import { type Measures, measuresOf, type Programme } from './measures';
import type { Move } from './moves';
import type { MasteringTarget } from './targets';
import { totalPower } from './tone';
import { toneMoves } from './toneMoves';

/** What a mix seems to need. */
export interface Proposal {
  readonly moves: readonly Move[];
  /** What no device can mend. */
  readonly notes: readonly Note[];
}

export interface Note {
  readonly text: string;
  /** What would mend it. */
  readonly repair: EndRepair | null;
}

export interface ProposalOptions {
  /** 0 to 1: how much of everything. At 0 there are no moves. */
  readonly amount: number;
  /** A finished song to come near to in tone and width, instead of the average. */
  readonly reference?: { readonly name: string; readonly programme: Spectrum };
}

/** Restrained: few, broad, small moves, each with its reason. Mono and silent programmes get fewer, or none. */
export function propose(
  programme: Programme,
  target: MasteringTarget,
  { amount, reference }: ProposalOptions,
): Proposal {
  const measures = measuresOf(programme);
  const notes = notesOf(measures);
  if (amount <= 0 || measures.integratedLufs === null) return { moves: [], notes };
  const stereo = programme.channels.length === 2;
  const matched = reference ? matchMoves(programme, reference.programme, amount, reference.name) : [];
  const moves = [
    ...lowCut(programme, measures),
    ...(reference ? matched : toneMoves(programme, amount)),
    ...evenMoves(programme, amount),
    ...glue(measures, target, amount),
    ...(reference ? [] : exciteMoves(programme, amount)),
    ...(stereo && !matched.some(({ id }) => id === 'match-width') ? width(programme, measures, amount) : []),
    ...(stereo ? monoBass(programme, target, amount) : []),
  ];
  return { moves, notes };
}

const heardDcDbfs = -60;
const lowCutBand = 1;

/** DC and rumble go the same way: a cut under all music. */
function lowCut({ bands }: Programme, { dcDbfs }: Measures): Move[] {
  const power = (fromHz: number, toHz: number) =>
    bands
      .filter(({ centreHz }) => centreHz > fromHz && centreHz < toHz)
      .reduce((sum, band) => sum + totalPower(band), 0);
  const rumbleDb = powerDb(power(15, 26) / power(38, 130));
  const rumbles = rumbleDb > rumbleToBassDb;
  const hasDc = dcDbfs !== null && dcDbfs > heardDcDbfs;
  if (!rumbles && !hasDc) return [];
  const freqHz = rumbles ? 24 : 12;
  const reasons = [
    ...(hasDc
      ? [`The sound sits off its middle (DC) at ${plain(dcDbfs)} dBFS, which takes room and can click.`]
      : []),
    ...(rumbles
      ? [
          `What lies under 26 Hz is only ${plain(-rumbleDb)} dB under the bass: it takes room and is hardly heard.`,
        ]
      : []),
  ];
  return [
    {
      id: rumbles ? 'rumble' : 'dc',
      stage: 'eq',
      params: bandParams(lowCutBand, { shape: 'lowcut', freqHz, gainDb: 0, q: 0.71 }),
      what: `Low cut at ${freqHz} Hz, 12 dB per octave.`,
      why: reasons.join(' '),
    },
  ];
}

const rumbleToBassDb = -8;

const wantedLimitingDb = 2;
const mostGlueRatio = 2;
/** From here on the limiter does more good by coming back quickly after strokes. */
const punchyLimitingDb = 4;

const limiterStyles =
  devices.find(({ id }) => id === 'limiter')?.params.find(({ id }) => id === 'style')?.choices ?? [];

/** A little slow compression, where the limiter alone would have to take much. */
function glue({ plrLu, maxMomentaryLufs }: Measures, target: MasteringTarget, amount: number): Move[] {
  if (target.loudnessLufs === null || plrLu === null || maxMomentaryLufs === null) return [];
  const leftPlrLu = target.ceilingDbtp - target.loudnessLufs;
  const limitingDb = plrLu - leftPlrLu;
  if (limitingDb < wantedLimitingDb) return [];
  const fullRatio = clamp(1 + 0.2 * (limitingDb - wantedLimitingDb + 1), 1.2, mostGlueRatio);
  const ratio = 1 + amount * (fullRatio - 1);
  // The detector reads a side's RMS: about 2.3 dB under the loudness of two equal sides.
  const thresholdDb = held('compressor', 'thresholdDb', maxMomentaryLufs - 2.3 - 4);
  const punchy: Move = {
    id: 'limiter-style',
    stage: 'limiter',
    params: { style: limiterStyles.indexOf('punchy') },
    what: 'Limiter in the style “punchy”.',
    why: `It has about ${plain(limitingDb)} dB to take off the peaks: coming back quickly keeps what follows them.`,
  };
  return [
    ...(limitingDb > punchyLimitingDb ? [punchy] : []),
    {
      id: 'glue',
      stage: 'compressor',
      params: { thresholdDb, ratio, kneeDb: 9, attackMs: 30, releaseMs: 250, detector: 1, keyLowCutHz: 90 },
      what: `Glue compression, ${ratio.toFixed(2)} : 1 from ${plain(thresholdDb)} dB, slow.`,
      why: `Peaks stand ${plain(plrLu)} dB above the loudness; ${target.name} leaves ${plain(leftPlrLu)} dB. What the loudest passages lose here the limiter need not take.`,
    },
  ];
}

const narrowDb = -18;
const monoDb = -40;
const wideDb = -2;

function width({ bands }: Programme, { correlation }: Measures, amount: number): Move[] {
  const sideDb = sideToMidDb(bands);
  if (sideDb === null || sideDb < monoDb) return [];
  if (sideDb > wideDb) {
    const to = 100 - amount * clamp(4 * (sideDb - wideDb), 5, 25);
    return [
      {
        id: 'width',
        stage: 'imager',
        params: { width: to },
        what: `Width ${Math.round(to)} %.`,
        why: `The sides are ${plain(sideDb)} dB against the middle and correlate by ${plain(correlation, 2)}: much gets lost in mono.`,
      },
    ];
  }
  if (sideDb < narrowDb) {
    const to = 100 + amount * clamp(2 * (narrowDb - sideDb), 5, 20);
    return [
      {
        id: 'width',
        stage: 'imager',
        params: { width: to },
        what: `Width ${Math.round(to)} %.`,
        why: `The sides are ${plain(-sideDb)} dB under the middle: the mix is narrow.`,
      },
    ];
  }
  return [];
}

const bassToHz = 130;
const looseCorrelation = 0.75;

/** Basses in the middle: where they are out of phase, or the target asks for it. */
function monoBass({ bands }: Programme, target: MasteringTarget, amount: number): Move[] {
  const low = bands.filter(({ centreHz }) => centreHz < bassToHz);
  const sum = (of: (band: (typeof low)[number]) => number) =>
    low.reduce((total, band) => total + of(band), 0);
  const size = Math.sqrt(sum(({ left }) => left) * sum(({ right }) => right));
  if (!(size > 0)) return [];
  const correlation = sum(({ cross }) => cross) / size;
  const asked = target.monoBelowHz;
  const loose = correlation < looseCorrelation;
  if (!loose && (asked === null || correlation > 0.999)) return [];
  const monoBelowHz = asked ?? 60 + 60 * amount;
  const why = loose
    ? `Under ${bassToHz} Hz left and right correlate by only ${plain(correlation, 2)}: the bass gets weak in mono.`
    : `${target.name} wants it.`;
  return [
    {
      id: 'mono-bass',
      stage: 'imager',
      params: { monoBelow: 1, monoBelowHz },
      what: `Mono below ${Math.round(monoBelowHz)} Hz.`,
      why,
    },
  ];
}

function notesOf(measures: Measures): Note[] {
  const { clippedRuns, truePeakOvers, silentHeadSeconds, silentTailSeconds, endPeakDbtp } = measures;
  const notes: Note[] = [];
  const note = (text: string, repair: EndRepair | null = null) => notes.push({ text, repair });
  if (measures.integratedLufs === null) return notes;
  if (clippedRuns > 0) {
    note(
      `The mix is clipped in ${places(clippedRuns)}, first at ${at(measures.clippedSeconds[0])}: what is gone there no device brings back. Export it again with room above.`,
    );
  } else if (truePeakOvers > 0) {
    note(
      `Between its samples the mix passes full scale in ${places(truePeakOvers)}, by ${plain(measures.truePeakDbtp ?? 0)} dB at most: nothing is lost yet, the gain comes down first.`,
    );
  }
  if (silentHeadSeconds > mostHeadSeconds)
    note(`${plain(silentHeadSeconds)} s of silence come first.`, 'trim-start');
  if (silentTailSeconds > mostTailSeconds)
    note(`${plain(silentTailSeconds)} s of silence come last.`, 'trim-end');
  if (endPeakDbtp !== null && endPeakDbtp > endsDbtp) {
    note(`The mix ends while it still sounds, at ${plain(endPeakDbtp)} dBTP: it may be cut off.`, 'add-end');
  }
  if (isCutOff(measures)) {
    note(
      `The sound is cut off at ${plain(measures.soundEndDbtp ?? 0)} dBTP, and silence follows: fade its end, or export the mix again with all of it.`,
    );
  }
  return notes;
}

const places = (count: number): string => (count === 1 ? 'one place' : `${count} places`);

/** "1:02.3". */
export function at(seconds = 0): string {
  const minutes = Math.floor(seconds / 60);
  return `${minutes}:${(seconds - 60 * minutes).toFixed(1).padStart(4, '0')}`;
}
