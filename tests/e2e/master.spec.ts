import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { noise, sine } from '../support/synth';
import { openStudio, snapshotOf, stemFile } from './studioPage';

const rateHz = 48_000;
const frames = 6 * rateHz;

/** Chords with a noise struck twice a second over them, some 20 LU under full scale. */
function finishedMix() {
  const notes = [110, 220, 277, 330].map((hz) => sine(hz, rateHz, frames, 0.05));
  const side = (seed: number) => {
    const hiss = noise(seed, frames, 0.25);
    return Float32Array.from({ length: frames }, (_, frame) => {
      const struck = Math.exp(-14 * ((frame / rateHz) % 0.5));
      const tail = Math.min(1, (frames - frame) / (0.2 * rateHz));
      return (
        tail *
        ((hiss[frame] as number) * struck + notes.reduce((sum, note) => sum + (note[frame] as number), 0))
      );
    });
  };
  return stemFile('Evening Song.wav', [side(1), side(2)]);
}

const measure = (page: Page, name: string) => page.getByRole('meter', { name, exact: true });
const radio = (page: Page, name: string) =>
  page.getByRole('radiogroup', { name: 'Listen to' }).getByRole('radio', { name, exact: true });
const listening = (page: Page) => page.evaluate(() => mixwell.mastering.listening());
const atRest = (page: Page) => page.waitForFunction(() => mixwell.mastering.song.work() === null);

async function limiterGain(page: Page): Promise<number | undefined> {
  const { inserts } = (await snapshotOf(page)).mastering;
  return inserts.find(({ device }) => device === 'limiter')?.params.inputGainDb;
}

/** What the page and the studio say of the master, with nothing left to measure. */
async function landed(page: Page, wantedLufs: number): Promise<void> {
  await page.waitForFunction(() => {
    const { song } = mixwell.mastering;
    return song.work() === null && song.analysis()?.reached && !song.stale();
  });
  const after = await page.evaluate(() => mixwell.mastering.song.analysis()?.after);
  expect(Math.abs((after?.integratedLufs ?? 0) - wantedLufs)).toBeLessThanOrEqual(0.1);
  expect(after?.truePeakDbtp).toBeLessThanOrEqual(-1);
  const shown = Number.parseFloat((await measure(page, 'Integrated').getAttribute('aria-valuetext')) ?? '');
  expect(Math.abs(shown - wantedLufs)).toBeLessThanOrEqual(0.15);
  await expect(page.getByText('On target')).toBeVisible();
}

test('masters a dropped mix to a target, by pointer and by keys', async ({ page }) => {
  await openStudio(page);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Master a file' }).click();
  await (await chooser).setFiles([finishedMix()]);
  await expect(page.getByRole('tab', { name: 'Master' })).toHaveAttribute('aria-selected', 'true');
  await page.waitForFunction(() => mixwell.mastering.song.analysis() !== null);
  expect(await limiterGain(page)).toBe(0);

  const target = page.getByRole('combobox', { name: 'Target' });
  await target.selectOption('deezer');
  await page.getByRole('button', { name: 'Reach the target' }).click();
  await landed(page, -15);
  const gainDb = await limiterGain(page);
  expect(gainDb).toBeGreaterThan(1);
  await expect(page.getByRole('row', { name: /^Deezer/ })).toContainText('none');

  await radio(page, 'Original').click();
  expect(await listening(page)).toBe('original');
  const matched = await page.evaluate(() => {
    const { matchGainDb, loudnessOf } = mixwell.mastering;
    return matchGainDb('master') + (loudnessOf('master') ?? 0) - (loudnessOf('original') ?? 0);
  });
  expect(Math.abs(matched)).toBeLessThan(1e-9);
  await page.keyboard.press('ArrowRight');
  await expect(radio(page, 'Master')).toBeChecked();
  await page.keyboard.press('a');
  await expect(radio(page, 'Original')).toBeChecked();
  await page.keyboard.press('b');
  expect(await listening(page)).toBe('master');

  await page.getByRole('button', { name: 'Undo' }).click();
  expect(await limiterGain(page)).toBe(0);
  await page.keyboard.press('Control+Shift+Z');
  expect(await limiterGain(page)).toBe(gainDb);
  await atRest(page);

  await target.focus();
  await page.keyboard.type('Apple');
  await expect(target).toHaveValue('apple-music');
  await page.getByRole('button', { name: 'Reach the target' }).press('Enter');
  await page.waitForFunction(() => mixwell.mastering.song.work() !== null);
  await landed(page, -16);
  expect(await limiterGain(page)).toBeCloseTo((gainDb ?? 0) - 1, 0);

  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
    .analyze();
  expect(violations).toEqual([]);
});

test('shows loudness while the song plays, on the master strip too', async ({ page }) => {
  await openStudio(page);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Master a file' }).click();
  await (await chooser).setFiles([finishedMix()]);
  await page.waitForFunction(() => mixwell.transport.canPlay());
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(measure(page, 'Momentary')).toHaveAttribute('aria-valuetext', /^-\d+\.\d LUFS$/);
  await page.keyboard.press('2');
  const master = page.getByRole('group', { name: 'Master', exact: true });
  for (const name of ['Integrated', 'Momentary', 'True peak']) {
    await expect(master.getByRole('meter', { name, exact: true })).toHaveAttribute('aria-valuetext', /^-\d/);
  }
});
