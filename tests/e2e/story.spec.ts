import { expect, type Page, test } from '@playwright/test';
import { firstDifference, isSilent } from '../support/offline';
import { judgeFile } from '../support/soundJudge';
import { noise, sine } from '../support/synth';
import { drop, exportFile, floatWav, hear, openStudio, type Sound, snapshotOf, stemFile } from './studioPage';

const seconds = (count: number, rateHz = 48000) => Math.round(count * rateHz);

const stems = () => [
  stemFile('01_Kick In.wav', [noise(1, seconds(3), 0.3)]),
  stemFile('02_Bass DI.wav', [sine(110, 48000, seconds(2.5), 0.3)], 48000, 16),
  stemFile('03_Lead Vox.wav', [noise(3, seconds(3), 0.2), noise(4, seconds(3), 0.2)], 48000, '32f'),
  stemFile(
    '04_Pad.wav',
    [sine(330, 44100, seconds(2, 44100), 0.2), sine(331, 44100, seconds(2, 44100), 0.2)],
    44100,
  ),
];

const strip = (page: Page, name: string) => page.getByRole('group', { name, exact: true });

/** What is heard now is, to the bit, what an export writes now. Returns what was heard. */
async function heardAsExported(page: Page): Promise<Sound> {
  await page.getByRole('button', { name: 'Return to start' }).click();
  const heard = await hear(page, 40_000);
  const written = floatWav((await exportFile(page, { bits: '32f' })).bytes);
  const length = Math.min(heard.left.length, written.left.length);
  const cut = ({ left, right }: Sound) => ({ left: left.slice(0, length), right: right.slice(0, length) });
  expect(isSilent(heard)).toBe(false);
  expect(firstDifference(cut(heard).left, cut(written).left)).toBe(-1);
  expect(firstDifference(cut(heard).right, cut(written).right)).toBe(-1);
  return { left: heard.left.slice(0, 40_000), right: heard.right.slice(0, 40_000) };
}

const differs = (a: Sound, b: Sound) => firstDifference(a.left, b.left) !== -1;

test('stems in, a mix out @plain', async ({ page }) => {
  test.setTimeout(180_000);
  await openStudio(page);
  await drop(page, stems(), 4);
  await expect(page.getByRole('status').filter({ hasText: '44.1 kHz' })).toBeVisible();
  expect((await snapshotOf(page)).tracks.map(({ name }) => name)).toEqual([
    'Kick In',
    'Bass DI',
    'Lead Vox',
    'Pad',
  ]);
  const asDropped = await heardAsExported(page);

  await strip(page, 'Kick In').getByRole('button', { name: 'Mute' }).click();
  const muted = await heardAsExported(page);
  expect(differs(muted, asDropped)).toBe(true);

  await strip(page, 'Lead Vox').getByRole('button', { name: 'Solo' }).click();
  const solo = await heardAsExported(page);
  expect(differs(solo, muted)).toBe(true);

  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  expect(differs(await heardAsExported(page), asDropped)).toBe(false);
  await page.getByRole('button', { name: 'Redo' }).click();
  expect(differs(await heardAsExported(page), muted)).toBe(false);

  const volume = strip(page, 'Bass DI').getByRole('slider', { name: 'Volume' });
  await volume.focus();
  for (let press = 0; press < 5; press++) await page.keyboard.press('ArrowDown');
  const pan = strip(page, 'Pad').getByRole('slider', { name: 'Pan' });
  await pan.focus();
  for (let press = 0; press < 5; press++) await page.keyboard.press('ArrowLeft');
  const balanced = await heardAsExported(page);
  expect(differs(balanced, muted)).toBe(true);

  await page.evaluate(() => mixwell.flush());
  const before = await snapshotOf(page);
  await page.reload();
  await page.waitForFunction(() => 'mixwell' in globalThis && mixwell.project().tracks.length === 4);
  expect(await snapshotOf(page)).toEqual(before);
  expect(differs(await heardAsExported(page), balanced)).toBe(false);
});

test('the export dialog writes a 24-bit file that another reader takes for what was heard', async ({
  page,
}) => {
  await openStudio(page);
  await drop(page, stems(), 4);
  const heard = await hear(page, 60_000);
  await page.getByRole('button', { name: 'Export' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  const saved = await download;
  expect(saved.suggestedFilename()).toMatch(/\.wav$/);

  const judged = judgeFile(await saved.path());
  expect(judged).toMatchObject({
    wav: true,
    bits: '24',
    sampleRateHz: 48000,
    channels: 2,
    frames: seconds(3),
  });
  let furthest = 0;
  for (let frame = 0; frame < 60_000; frame++) {
    const left = Math.abs((judged.samples[2 * frame] ?? 0) - (heard.left[frame] ?? 0));
    const right = Math.abs((judged.samples[2 * frame + 1] ?? 0) - (heard.right[frame] ?? 0));
    furthest = Math.max(furthest, left, right);
  }
  expect(furthest).toBeLessThanOrEqual(0.5 / 2 ** 23);
});
