import { plain } from './decibels';

/** What comes out of the chain at some gain into the limiter. */
export interface ReachMeasure {
  readonly integratedLufs: number | null;
  readonly truePeakDbtp: number | null;
}

export interface ReachGoal {
  /** Null: only the ceiling is asked for; the true peak is brought there and nothing is limited. */
  readonly loudnessLufs: number | null;
  readonly ceilingDbtp: number;
}

export interface Reached {
  /** Into the limiter. */
  readonly gainDb: number;
  /** Whether the loudness is within 0.1 LU, or with no loudness asked for, the peak at the ceiling. */
  readonly reached: boolean;
  readonly integratedLufs: number | null;
  readonly truePeakDbtp: number | null;
  /** How much the limiter takes off the highest peak; 0 where nothing is limited. */
  readonly limitingDb: number;
  /** How much softer the result is for it. */
  readonly loudnessLostLu: number;
  /** How often the sound was run through the limiter. */
  readonly passes: number;
  /** What one should know, in sentences. */
  readonly warnings: readonly string[];
}

export const goodLu = 0.1;
const aimLu = 0.02;
/** After so many passes this is near enough: a pass over hours takes its time. */
const patientPasses = 5;
const nearLu = 0.05;
/** More than this off the highest peak is said. */
export const dearLimitingDb = 3;
const mostPasses = 12;
/** Beyond it nothing is left of a mix: the goal counts as out of reach. */
const mostLimitingDb = 18;

/**
 * Finds the gain into the limiter that lands on a loudness. `measure` runs the sound with a gain and measures what comes out; `before`
 * is the sound that goes into the limiter. Loudness rises with the gain, one for one as long as nothing is limited, ever less beyond.
 */
export async function reachTarget(
  before: ReachMeasure,
  { loudnessLufs, ceilingDbtp }: ReachGoal,
  measure: (gainDb: number) => Promise<ReachMeasure>,
): Promise<Reached> {
  const { integratedLufs: ownLufs, truePeakDbtp: ownDbtp } = before;
  if (ownDbtp === null) return refused('It is silent.');
  if (loudnessLufs === null) return toCeiling(ownLufs, ownDbtp, ceilingDbtp, measure);
  if (ownLufs === null)
    return refused('It is too short or too soft to have a loudness (0.4 s above −70 LUFS are the least).');

  const search = new Search(ownLufs, loudnessLufs, measure);
  const found = await search.run(ceilingDbtp - ownDbtp + mostLimitingDb);
  const limitingDb = Math.max(0, found.gainDb + ownDbtp - ceilingDbtp);
  const loudnessLostLu = Math.max(0, ownLufs + found.gainDb - (found.measured.integratedLufs ?? ownLufs));
  const missLu = (found.measured.integratedLufs ?? Number.NEGATIVE_INFINITY) - loudnessLufs;
  const reached = Math.abs(missLu) <= goodLu;
  const warnings: string[] = [];
  if (!reached) {
    warnings.push(
      `${plain(loudnessLufs)} LUFS can't be reached under ${plain(ceilingDbtp)} dBTP: with ${plain(limitingDb)} dB of limiting it is ${plain(found.measured.integratedLufs ?? 0)} LUFS, and more gives hardly more.`,
    );
  } else if (limitingDb > dearLimitingDb) {
    warnings.push(
      `${plain(loudnessLufs)} LUFS cost ${plain(limitingDb)} dB of limiting at the highest peak, more than ${dearLimitingDb} dB: it will be heard. A softer target or fewer peaks in the mix would spare it.`,
    );
  }
  return {
    gainDb: found.gainDb,
    reached,
    ...found.measured,
    limitingDb,
    loudnessLostLu,
    passes: search.passes,
    warnings,
  };
}

function refused(sentence: string): Reached {
  return {
    gainDb: 0,
    reached: false,
    integratedLufs: null,
    truePeakDbtp: null,
    limitingDb: 0,
    loudnessLostLu: 0,
    passes: 0,
    warnings: [sentence],
  };
}

/** A little under the ceiling, so that the limiter has nothing to do. */
const roomDb = 0.1;

async function toCeiling(
  ownLufs: number | null,
  ownDbtp: number,
  ceilingDbtp: number,
  measure: (gainDb: number) => Promise<ReachMeasure>,
): Promise<Reached> {
  const gainDb = ceilingDbtp - roomDb - ownDbtp;
  const measured = await measure(gainDb);
  return {
    gainDb,
    reached: true,
    ...measured,
    limitingDb: 0,
    loudnessLostLu: Math.max(0, (ownLufs ?? 0) + gainDb - (measured.integratedLufs ?? gainDb)),
    passes: 1,
    warnings: [],
  };
}

interface Tried {
  readonly gainDb: number;
  readonly missLu: number;
  readonly measured: ReachMeasure;
}

/** Secant steps between a gain that is too low and one that is too high; halves where those don't get on. */
class Search {
  passes = 0;
  #low: Tried | null = null;
  #high: Tried | null = null;
  #best: Tried | null = null;
  readonly #tried: Tried[] = [];

  constructor(
    readonly ownLufs: number,
    readonly loudnessLufs: number,
    readonly measure: (gainDb: number) => Promise<ReachMeasure>,
  ) {}

  async run(mostGainDb: number): Promise<Tried> {
    let gainDb = this.loudnessLufs - this.ownLufs;
    let tried = await this.#try(gainDb);
    while (Math.abs((this.#best ?? tried).missLu) > this.#aim && this.passes < mostPasses) {
      gainDb = Math.min(this.#next(), Math.max(mostGainDb, this.loudnessLufs - this.ownLufs));
      if (gainDb === tried.gainDb) break;
      tried = await this.#try(gainDb);
      if (this.#low && this.#high && this.#high.gainDb - this.#low.gainDb < 0.002) break;
    }
    return this.#best ?? tried;
  }

  get #aim(): number {
    return this.passes < patientPasses ? aimLu : nearLu;
  }

  #next(): number {
    const low = this.#low;
    const high = this.#high;
    if (low && high) {
      const span = high.gainDb - low.gainDb;
      const part = low.missLu / (low.missLu - high.missLu);
      // Every third pass a half: a secant may creep along a bend.
      const safe = this.passes % 3 === 0 ? 0.5 : Math.min(0.95, Math.max(0.05, part));
      return low.gainDb + span * safe;
    }
    const nearest = low ?? high;
    if (!nearest) return this.loudnessLufs - this.ownLufs;
    // A little far, so that the goal comes to lie between; loudness rises ever less with the gain.
    return nearest.gainDb - (1.15 * nearest.missLu) / this.#slope() + (low ? 0.02 : -0.02);
  }

  /** Loudness for a decibel of gain, by the last two passes. */
  #slope(): number {
    const [older, newer] = this.#tried.slice(-2);
    if (!older || !newer || newer.gainDb === older.gainDb) return 0.7;
    return Math.min(1, Math.max(0.08, (newer.missLu - older.missLu) / (newer.gainDb - older.gainDb)));
  }

  async #try(gainDb: number): Promise<Tried> {
    this.passes++;
    const measured = await this.measure(gainDb);
    const missLu = (measured.integratedLufs ?? Number.NEGATIVE_INFINITY) - this.loudnessLufs;
    const tried = { gainDb, missLu, measured };
    this.#tried.push(tried);
    if (missLu < 0 && (!this.#low || gainDb > this.#low.gainDb)) this.#low = tried;
    if (missLu >= 0 && (!this.#high || gainDb < this.#high.gainDb)) this.#high = tried;
    if (!this.#best || Math.abs(missLu) < Math.abs(this.#best.missLu)) this.#best = tried;
    return tried;
  }
}
