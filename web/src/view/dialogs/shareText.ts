import type { MixKind, Right, ShareEstimate, ShareProgress } from '../../bridge/sharingTypes';
import { bytesText, countText } from '../projects/when';
import { leftText } from './exportText';

export interface RightText {
  readonly right: Right;
  readonly title: string;
  readonly hint: string;
}

/** In the order of what they give away. */
export const rightTexts: readonly RightText[] = [
  { right: 'listen', title: 'Listen', hint: 'Hears the mix. Nothing else is in the link' },
  {
    right: 'stems',
    title: 'Listen to the stems',
    hint: 'Mutes, solos and balances tracks; no devices, no originals',
  },
  {
    right: 'edit',
    title: 'Open as a copy',
    hint: 'All tracks and devices; your own project stays as it is',
  },
];

export const titleOf = (wanted: Right): string =>
  rightTexts.find(({ right }) => right === wanted)?.title ?? wanted;

/** "Originals, 214 MB": what the link holds beside the mix. */
export function contentText(right: Right, what: MixKind, { bytes, files }: ShareEstimate): string {
  const size = `about ${bytesText(bytes)}`;
  if (right === 'listen') return `The ${what}, ${size}`;
  if (right === 'stems') return `The ${what} and ${countText(files, 'stem')}, ${size}`;
  return `The ${what} and ${countText(files, 'audio file')}, ${size}`;
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** "29 December 2026" */
export const dateText = (ms: number): string =>
  new Date(ms).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });

export interface ExpiryChoice {
  readonly value: string;
  readonly label: string;
  readonly expiresAt: number | null;
}

/** Times that are an hour apart at most are the same choice: the dialog was open for a while. */
export function choiceOf(choices: readonly ExpiryChoice[], chosen: number | null): ExpiryChoice | undefined {
  return choices.find(({ expiresAt }) =>
    expiresAt === null || chosen === null ? expiresAt === chosen : Math.abs(expiresAt - chosen) < hourMs,
  );
}

/** How long a link may live; what it has now comes first where it is another. */
export function expiryChoices(
  days: readonly (number | null)[],
  chosen: number | null,
  now: number,
): readonly ExpiryChoice[] {
  const all = days.map((count): ExpiryChoice => {
    if (count === null) return { value: 'never', label: 'I stop sharing', expiresAt: null };
    const expiresAt = now + count * dayMs;
    return {
      value: String(count),
      label: `${dateText(expiresAt)} (${countText(count, 'day')})`,
      expiresAt,
    };
  });
  if (choiceOf(all, chosen)) return all;
  return [{ value: 'now', label: dateText(chosen ?? now), expiresAt: chosen }, ...all];
}

/** "Uploading, 152 of 214 MB" */
export function doingText({ doing, doneBytes, totalBytes, fraction }: ShareProgress): string {
  if (totalBytes === 0) return fraction > 0 ? `${doing}, ${Math.floor(100 * fraction)} %` : doing;
  const [done = '', unit] = bytesText(doneBytes).split(' ');
  const total = bytesText(totalBytes);
  return `${doing}, ${total.endsWith(` ${unit}`) ? done : `${done} ${unit}`} of ${total}`;
}

/** "Can be opened now; 18 s left" */
export function aheadText(opened: boolean, secondsLeft: number | null): string {
  const left = leftText(secondsLeft);
  if (!opened) return left;
  return left === '' ? 'Can be opened now' : `Can be opened now; ${left}`;
}
