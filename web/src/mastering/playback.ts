import { masteringTargets } from './targets';

/** What a service makes of a file. */
export interface Playback {
  readonly id: string;
  readonly name: string;
  readonly playsAtLufs: number;
  /** By how much it turns the file up or down. */
  readonly changeDb: number;
  /** How loud the file is then. */
  readonly heardLufs: number;
  /** True peak then. */
  readonly peakDbtp: number;
  /** "Turned down by 3.2 dB.", "Played as it is." */
  readonly sentence: string;
}

/** Nobody hears less, and services round. */
const unheardDb = 0.05;

/** What each service that normalises would do to a file; empty for silence. */
export function playbackTable({
  integratedLufs,
  truePeakDbtp,
}: {
  readonly integratedLufs: number | null;
  readonly truePeakDbtp: number | null;
}): Playback[] {
  if (integratedLufs === null || truePeakDbtp === null) return [];
  return masteringTargets.flatMap(({ id, name, normalisation }) => {
    if (!normalisation) return [];
    const { playsAtLufs, turnsUp, upToDbtp } = normalisation;
    const wanted = playsAtLufs - integratedLufs;
    const room = Math.max(0, upToDbtp - truePeakDbtp);
    const change = wanted < 0 ? wanted : turnsUp ? Math.min(wanted, room) : 0;
    const changeDb = Math.abs(change) < unheardDb ? 0 : change;
    return [
      {
        id,
        name,
        playsAtLufs,
        changeDb,
        heardLufs: integratedLufs + changeDb,
        peakDbtp: truePeakDbtp + changeDb,
        sentence: sentenceFor(wanted, changeDb, turnsUp),
      },
    ];
  });
}

function sentenceFor(wanted: number, changeDb: number, turnsUp: boolean): string {
  const size = `${Math.abs(changeDb).toFixed(1)} dB`;
  if (changeDb < 0) return `Turned down by ${size}.`;
  if (Math.abs(wanted) < unheardDb) return 'Played as it is.';
  if (!turnsUp) return `Played as it is, ${wanted.toFixed(1)} dB softer than others.`;
  if (wanted - changeDb < unheardDb) return `Turned up by ${size}.`;
  const missing = (wanted - changeDb).toFixed(1);
  if (changeDb === 0) return `Played as it is, ${missing} dB softer than others: its peaks leave no room.`;
  return `Turned up by ${size}, until its peaks leave no room; ${missing} dB softer than others.`;
}
