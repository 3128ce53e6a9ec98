import AxeBuilder from '@axe-core/playwright';
import { type Download, expect, type Page, test } from '@playwright/test';
import { judgeFile } from '../support/soundJudge';
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

async function masterMix(page: Page): Promise<void> {
  await openStudio(page);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Master a file' }).click();
  await (await chooser).setFiles([finishedMix()]);
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
  await masterMix(page);
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

test('a reference lends its tone to the equaliser, and is what figures and pictures show while it is heard', async ({
  page,
}) => {
  await masterMix(page);
  await page.waitForFunction(() => mixwell.mastering.song.analysis() !== null);
  const apply = page.getByRole('button', { name: 'Apply match' });
  await expect(apply).toBeHidden();
  const another = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Add a reference' }).click();
  const dark = noise(9, frames, 0.3).map((_, frame, hiss) =>
    hiss.subarray(Math.max(0, frame - 7), frame + 1).reduce((sum, sample) => sum + sample / 8, 0),
  );
  await (await another).setFiles([stemFile('Dark Reference.wav', [dark, dark])]);
  await expect(apply).toBeEnabled();

  const eq = async () => (await snapshotOf(page)).mastering.inserts.find(({ device }) => device === 'eq');
  const before = (await snapshotOf(page)).mastering.inserts;
  const amount = page.getByRole('slider', { name: 'Match amount' });
  await amount.focus();
  await page.keyboard.press('PageUp');
  await expect(amount).toHaveAttribute('aria-valuetext', '60 %');
  await apply.click();
  expect(await eq()).toMatchObject({ on: true, params: { 'band2.on': 1, 'band8.on': 1, 'band1.on': 0 } });
  const others = (await snapshotOf(page)).mastering.inserts.filter(({ device }) => device !== 'eq');
  expect(others).toEqual(before.filter(({ device }) => device !== 'eq'));
  await page.keyboard.press('Control+z');
  expect((await snapshotOf(page)).mastering.inserts).toEqual(before);
  await atRest(page);

  await page.keyboard.press('c');
  const wanted = await page.evaluate(() => mixwell.mastering.loudnessOf(mixwell.mastering.listening()));
  const integrated = async () =>
    Number.parseFloat((await measure(page, 'Integrated').getAttribute('aria-valuetext')) ?? '');
  expect(Math.abs((await integrated()) - (wanted ?? 0))).toBeLessThanOrEqual(0.051);
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  // The noise is as loud throughout: its live figure is soon that of the whole.
  await expect.poll(async () => Math.abs((await integrated()) - (wanted ?? 0))).toBeLessThan(0.3);
  await expect(page.getByRole('img', { name: 'Stereo field: Dark Reference' })).toBeVisible();
});

test('the chain is enlarged and put back by pointer and by keys, and its files are written one after the other', async ({
  page,
}) => {
  await masterMix(page);
  await page.waitForFunction(() => mixwell.mastering.song.analysis() !== null);
  await page.getByRole('button', { name: 'Chain preset none' }).click();
  await page.getByRole('option', { name: 'Streaming, open' }).click();
  await expect(page.getByRole('button', { name: 'Chain preset Streaming, open', exact: true })).toBeVisible();

  const grid = page.getByRole('region', { name: 'Chain, enlarged' });
  const panel = (name: string) => page.getByRole('group', { name, exact: true });
  await page.getByRole('button', { name: 'Enlarge the chain' }).click();
  for (const name of ['EQ', 'Multiband', 'Limiter', 'Dither and files'])
    await expect(panel(name)).toBeVisible();
  await expect(panel('Imager')).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(grid).toBeHidden();
  await panel('Imager').focus();
  await page.keyboard.press('e');
  await expect(grid).toBeVisible();
  await expect(panel('Imager')).toBeFocused();
  await expect(panel('Multiband')).toBeHidden();
  await page.keyboard.press('e');
  await expect(panel('EQ')).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(panel('EQ')).toBeVisible();
  await grid.getByRole('button', { name: 'Multiband', exact: false }).last().click();
  await expect(panel('Multiband')).toBeFocused();

  await grid.getByRole('radio', { name: '16 bit' }).click();
  await grid.getByRole('radio', { name: 'Shaped' }).click();
  expect((await snapshotOf(page)).mastering).toMatchObject({ word: '16', dither: 'shaped' });
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
    .analyze();
  expect(violations).toEqual([]);
  const downloads: Download[] = [];
  page.on('download', (download) => downloads.push(download));
  await grid.getByRole('button', { name: 'Export 2 files' }).click();
  await expect(grid.getByText('2 files are written.')).toBeVisible();
  expect(downloads.map((download) => download.suggestedFilename())).toEqual([
    'Evening Song master, 48 kHz, 24 bit.wav',
    'Evening Song master, 44.1 kHz, 16 bit.wav',
  ]);
  const judged = judgeFile((await downloads[1]?.path()) ?? '');
  expect(judged).toMatchObject({ sampleRateHz: 44_100, frames: (frames * 44_100) / rateHz });
  await grid.getByRole('button', { name: 'Back to the room' }).click();
  await expect(grid).toBeHidden();
});

test('shows loudness while the song plays, on the master strip too', async ({ page }) => {
  await masterMix(page);
  await page.waitForFunction(() => mixwell.transport.canPlay());
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(measure(page, 'Momentary')).toHaveAttribute('aria-valuetext', /^-\d+\.\d LUFS$/);
  await page.keyboard.press('2');
  const master = page.getByRole('group', { name: 'Master', exact: true });
  for (const name of ['Integrated', 'Momentary', 'True peak']) {
    await expect(master.getByRole('meter', { name, exact: true })).toHaveAttribute('aria-valuetext', /^-\d/);
  }
});

test('a reference is compared in the Mix room, level-matched, by pointer and by key; any strip’s loudness is shown', async ({
  page,
}) => {
  await openStudio(page);
  await page.getByLabel('Audio files').setInputFiles([finishedMix()]);
  await page.getByRole('tab', { name: 'Mix' }).click();
  const compare = page.getByRole('button', { name: 'Compare' });
  const chooser = page.waitForEvent('filechooser');
  await compare.click();
  const loud = [sine(440, rateHz, frames, 0.8), sine(440, rateHz, frames, 0.8)];
  await (await chooser).setFiles([stemFile('Loud Reference.wav', loud)]);
  await page.waitForFunction(() => mixwell.project().mastering.references.length === 1);

  await page.keyboard.press('c');
  await expect(compare).toHaveAttribute('aria-pressed', 'true');
  await page.waitForFunction(() => mixwell.mastering.loudnessOf('original') !== null);
  await atRest(page);
  const heard = await page.evaluate(() => {
    const { listening, loudnessOf, matchGainDb } = mixwell.mastering;
    const mix = (loudnessOf('original') ?? 0) + matchGainDb('master');
    return { mix, reference: (loudnessOf(listening()) ?? 0) + matchGainDb(listening()) };
  });
  expect(heard.reference).toBeCloseTo(heard.mix, 6);
  await compare.click();
  await expect(compare).toHaveAttribute('aria-pressed', 'false');
  expect(await listening(page)).toBe('master');

  await page.getByRole('group', { name: 'Evening Song' }).locator('.strip-name').click();
  await page.keyboard.press('d');
  await page.getByRole('button', { name: 'Meters of this strip' }).click();
  await page.getByRole('button', { name: 'Play' }).click();
  await expect(measure(page, 'Strip true peak')).toHaveAttribute('aria-valuetext', /-?\d+\.\d dBTP/);
  // The only strip at unity is what the master is.
  await page.waitForFunction(() => {
    const strip = new Float64Array(9);
    const master = new Float64Array(9);
    const { readLoudness } = mixwell.mastering;
    if (!readLoudness('track', strip) || !readLoudness('tap', master)) return false;
    return Number.isFinite(strip[1]) && Math.abs((strip[1] as number) - (master[1] as number)) < 0.01;
  });
});
