import { amplitudeDb } from './decibels';
import type { MasteredEnds } from './masteredPart';
import type { Measures } from './measures';

/** What mends an end of a master. */
export type EndRepair = 'trim-start' | 'trim-end' | 'add-end';

export const mostHeadSeconds = 0.5;
export const mostTailSeconds = 4;
/** A sound that has faded further has rung out. */
export const endsDbtp = amplitudeDb(0.001);
/** Sound that stops from above this before silence was cut: rooms and strings take longer than a tenth of a second to fall so far. */
const cutDbtp = -40;
/** What trimming leaves. */
const keptHeadSeconds = 0.1;
const keptTailSeconds = 1;
export const addedSeconds = 2;

type Ends = Pick<Measures, 'silentHeadSeconds' | 'silentTailSeconds' | 'endPeakDbtp' | 'integratedLufs'>;

/** Whether the sound was cut off and silence follows: nothing after it can make it ring out. */
export const isCutOff = ({
  endPeakDbtp,
  soundEndDbtp,
}: Pick<Measures, 'endPeakDbtp' | 'soundEndDbtp'>): boolean =>
  (endPeakDbtp === null || endPeakDbtp <= endsDbtp) && soundEndDbtp !== null && soundEndDbtp > cutDbtp;

/** What would help a programme at its ends; nothing would help silence. */
export function endRepairs({
  silentHeadSeconds,
  silentTailSeconds,
  endPeakDbtp,
  integratedLufs,
}: Ends): EndRepair[] {
  if (integratedLufs === null) return [];
  return [
    ...(silentHeadSeconds > mostHeadSeconds ? (['trim-start'] as const) : []),
    ...(silentTailSeconds > mostTailSeconds ? (['trim-end'] as const) : []),
    ...(endPeakDbtp !== null && endPeakDbtp > endsDbtp ? (['add-end'] as const) : []),
  ];
}

/** The ends after a repair of what was measured between the old ones. */
export function repaired(
  ends: MasteredEnds,
  repair: EndRepair,
  { silentHeadSeconds, silentTailSeconds }: Pick<Measures, 'silentHeadSeconds' | 'silentTailSeconds'>,
  sampleRateHz: number,
): MasteredEnds {
  const frames = (seconds: number): number => Math.round(Math.max(0, seconds) * sampleRateHz);
  const { headFrames, tailFrames } = ends;
  switch (repair) {
    case 'trim-start':
      return { headFrames: headFrames + frames(silentHeadSeconds - keptHeadSeconds), tailFrames };
    case 'trim-end':
      return { headFrames, tailFrames: tailFrames - frames(silentTailSeconds - keptTailSeconds) };
    case 'add-end':
      return { headFrames, tailFrames: tailFrames + frames(addedSeconds) };
  }
}

/** In words, for a button. */
export const repairWords: Readonly<Record<EndRepair, string>> = {
  'trim-start': 'Trim',
  'trim-end': 'Trim',
  'add-end': `Add ${addedSeconds} s`,
};
