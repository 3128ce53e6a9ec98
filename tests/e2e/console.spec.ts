import { expect, type Page, test } from '@playwright/test';
import { sineWav } from './madeFiles';
import { drop, openStudio, snapshotOf } from './studioPage';

const stems = [sineWav('01_Kick In.wav', 60, 2), sineWav('02_Bass DI.wav', 110, 2)];

const strip = (page: Page, name: string) =>
  page.getByRole('group', { name, exact: true }).locator('visible=true').first();

async function trackOf(page: Page, name: string) {
  const track = (await snapshotOf(page)).tracks.find((each) => each.name === name);
  if (!track) throw new Error(`There is no track ${name}`);
  return track;
}

async function addDevice(page: Page, track: string, typed: string): Promise<void> {
  await strip(page, track).getByRole('button', { name: 'Add a device' }).click();
  await page.getByRole('combobox', { name: 'Find a device' }).fill(typed);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Add a device' })).toHaveCount(0);
}

async function runCommand(page: Page, typed: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Find a command' }).fill(typed);
  await page.keyboard.press('Enter');
}

test('devices, sends, groups and side-chains are made by pointer and keys, each one step of undo', async ({
  page,
}) => {
  await openStudio(page);
  await drop(page, stems, stems.length);
  await page.getByRole('tab', { name: 'Mix' }).click();
  const undo = page.getByRole('button', { name: 'Undo' });

  await addDevice(page, 'Kick In', 'compressor');
  expect((await trackOf(page, 'Kick In')).params['compressor.on']).toBe(1);
  const panel = page.getByRole('group', { name: 'Compressor', exact: true });
  const values = panel.getByRole('group', { name: 'Values' });
  const threshold = values.getByRole('slider', { name: 'Threshold', exact: true });
  await threshold.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('-30');
  await page.keyboard.press('Enter');
  await expect(threshold).toHaveAttribute('aria-valuetext', '-30.0 dB');

  await addDevice(page, 'Kick In', 'saturator');
  expect((await trackOf(page, 'Kick In')).inserts.map(({ device }) => device)).toEqual(['saturator']);
  await strip(page, 'Kick In')
    .getByRole('button', { name: 'Saturator' })
    .click({ modifiers: ['Alt'] });
  expect((await trackOf(page, 'Kick In')).inserts[0]?.on).toBe(false);
  await undo.click();
  expect((await trackOf(page, 'Kick In')).inserts[0]?.on).toBe(true);
  await undo.click();
  expect((await trackOf(page, 'Kick In')).inserts).toEqual([]);

  await runCommand(page, 'return with reverb');
  const reverb = await trackOf(page, 'Reverb');
  expect(reverb.role).toBe('return');
  expect(reverb.inserts[0]?.params.mix).toBe(100);
  await strip(page, 'Bass DI').getByRole('slider', { name: 'Send to Reverb' }).click();
  expect((await trackOf(page, 'Bass DI')).sends.map(({ toId, gainDb }) => [toId, gainDb])).toEqual([
    [reverb.id, -12],
  ]);

  await strip(page, 'Kick In').getByRole('button', { name: 'Compressor' }).click();
  await panel.getByRole('button', { name: 'More for Compressor' }).click();
  await page.getByRole('menuitem', { name: /Side-chain from/ }).hover();
  await page.getByRole('menuitemcheckbox', { name: 'Bass DI' }).click();
  await expect
    .poll(async () => (await trackOf(page, 'Kick In')).compressorKeyId)
    .toBe((await trackOf(page, 'Bass DI')).id);

  await strip(page, 'Bass DI').getByRole('button', { name: 'Bass DI' }).click();
  await page.keyboard.press('Control+g');
  const group = (await snapshotOf(page)).tracks.find(({ role }) => role === 'group');
  expect(group?.name).toBe('Bass bus');
  expect((await trackOf(page, 'Bass DI')).outputId).toBe(group?.id);
  await undo.click();
  expect((await trackOf(page, 'Bass DI')).outputId).toBeNull();
});
