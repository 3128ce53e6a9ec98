import { describe, expect, it } from 'vitest';
import {
  aheadText,
  choiceOf,
  contentText,
  doingText,
  expiryChoices,
} from '../../../../web/src/view/dialogs/shareText';

const dayMs = 86_400_000;
const now = Date.UTC(2026, 10, 21, 12);

describe('the words of sharing', () => {
  it('say how far an upload is, with one unit where one will do', () => {
    const progress = { doing: 'Uploading', fraction: 0.71, secondsLeft: 18 };
    expect(doingText({ ...progress, doneBytes: 152e6, totalBytes: 214e6 })).toBe('Uploading, 152 of 214 MB');
    expect(doingText({ ...progress, doneBytes: 900e3, totalBytes: 214e6 })).toBe(
      'Uploading, 900 KB of 214 MB',
    );
    expect(doingText({ ...progress, doing: 'Rendering the mix', doneBytes: 0, totalBytes: 0 })).toBe(
      'Rendering the mix, 71 %',
    );
    expect(aheadText(true, 18)).toBe('Can be opened now; 18 s left');
    expect(aheadText(true, null)).toBe('Can be opened now');
    expect(aheadText(false, null)).toBe('');
  });

  it('say what is in the link', () => {
    const estimate = { bytes: 214e6, files: 12, seconds: 100 };
    expect(contentText('listen', 'master', estimate)).toBe('The master, about 214 MB');
    expect(contentText('edit', 'mix', estimate)).toBe('The mix and 12 audio files, about 214 MB');
    expect(contentText('stems', 'mix', { ...estimate, files: 1 })).toBe('The mix and 1 stem, about 214 MB');
  });

  it('offer the days that the server allows, and what the link has now where that is another', () => {
    const days = [1, 30];
    const offered = expiryChoices(days, now + 30 * dayMs - 60_000, now);
    expect(offered.map(({ label }) => label)).toEqual([
      '22 November 2026 (1 day)',
      '21 December 2026 (30 days)',
    ]);
    expect(choiceOf(offered, now + 30 * dayMs - 60_000)?.value).toBe('30');
    expect(expiryChoices(days, now + 12 * dayMs, now)[0]).toMatchObject({
      label: '3 December 2026',
      expiresAt: now + 12 * dayMs,
    });
    expect(choiceOf(expiryChoices([1, null], null, now), null)?.label).toBe('I stop sharing');
  });
});
