import { type Accessor, createMemo, createSignal } from 'solid-js';
import type { Studio } from '../../bridge/studioTypes';
import { makeMove } from '../../commands/mastering';
import { defaultParams } from '../../mastering/chain';
import { matchBandsAlone, toneMatch, withoutGains } from '../../mastering/matchMoves';
import type { Programme } from '../../mastering/measures';
import type { Move } from '../../mastering/moves';
import { lowestHz } from '../devices/graphs/scale';

/** How much of the way to the reference is taken, in %. */
export const [matchAmount, setMatchAmount] = createSignal(40);

export interface MatchedReference {
  readonly name: string;
  readonly programme: Programme;
}

export interface Match {
  /** Null where the tones are alike. */
  readonly move: Move | null;
  /** What the equaliser would do for it. */
  gainDb(hz: number): number;
}

const points = 160;
const highestHz = 20_000;
const octaves = Math.log2(highestHz / lowestHz);
const frequenciesHz = Float64Array.from({ length: points }, (_, at) =>
  Math.min(highestHz, lowestHz * 2 ** ((octaves * at) / (points - 1))),
);

const flat: Match = { move: null, gainDb: () => 0 };

/**
 * Reactive: the tone from the master to a reference as the equaliser would make it. What its match bands do already is left out
 * of the master, so that a match that has been made is not made again on top. Null before both are measured.
 */
export function createMatch(
  { mastering, curves }: Studio,
  reference: Accessor<MatchedReference | null>,
): Accessor<Match | null> {
  const centres = createMemo(() => {
    const analysis = mastering.song.analysis();
    return analysis?.master.bands.map(({ centreHz }) => centreHz);
  });
  return createMemo((): Match | null => {
    const analysis = mastering.song.analysis();
    const chosen = reference();
    const bandsHz = centres();
    if (!analysis || !chosen || !bandsHz) return null;
    const { sampleRateHz } = analysis.master;
    const eq = analysis.project.mastering.inserts.find(({ device }) => device === 'eq');
    const made = curves.eqGainsDb(eq?.on ? matchBandsAlone(eq.params) : {}, bandsHz, sampleRateHz);
    if (!made) return null;
    const source = withoutGains(analysis.master, made);
    const [move] = toneMatch(source, chosen.programme, matchAmount() / 100, chosen.name);
    if (!move) return flat;
    const values = { ...defaultParams('eq'), ...move.params };
    const gains = curves.eqGainsDb(values, frequenciesHz, sampleRateHz)?.slice();
    if (!gains) return null;
    return { move, gainDb: (hz) => between(gains, hz) };
  });
}

function between(gains: Float64Array, hz: number): number {
  const place = (Math.log2(hz / lowestHz) / octaves) * (points - 1);
  const at = Math.min(points - 1.001, Math.max(0, place));
  const index = Math.floor(at);
  const from = gains[index] as number;
  return from + (at - index) * ((gains[index + 1] as number) - from);
}

/** The difference of the spectra as it is now; one step of undo. */
export async function applyMatch(studio: Studio, name: string, match: Accessor<Match | null>): Promise<void> {
  const { song } = studio.mastering;
  if (song.stale()) await song.analyse();
  const found = match();
  if (song.stale() || !found) return;
  if (!found.move) {
    studio.messages.say(`The tone is that of ${name} already.`, 'status');
    return;
  }
  studio.doc.commit(`Match the tone of ${name}`, makeMove(studio.project(), found.move));
}
