import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { addDevice, runCommand, strip, trackOf, typeValue } from './deskHands';
import { sineWav } from './madeFiles';
import { drop, openStudio, snapshotOf } from './studioPage';

const stems = [sineWav('01_Kick In.wav', 60, 2), sineWav('02_Bass DI.wav', 110, 2)];

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
  await typeValue(threshold, '-30');
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
  await page.getByRole('menuitem', { name: /Side-chain from/ }).press('ArrowRight');
  await page.getByRole('menuitemcheckbox', { name: 'Bass DI' }).press('Enter');
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

async function expectAccessible(page: Page, what: string): Promise<void> {
  // Away from what has a tooltip: one that comes and goes meanwhile is no part of the page.
  await page.mouse.move(700, 440);
  await expect(page.getByRole('tooltip')).toHaveCount(0);
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
  expect(told, what).toEqual([]);
}

test('the dock and the picker are accessible, and Alt-Enter there replaces a device', async ({ page }) => {
  await openStudio(page);
  await drop(page, stems, stems.length);
  await page.getByRole('tab', { name: 'Mix' }).click();
  await addDevice(page, 'Kick In', 'compressor');
  const panel = page.getByRole('group', { name: 'Compressor', exact: true });
  await expect(panel.getByRole('slider', { name: 'Threshold', exact: true })).toHaveCount(1);
  await expect(panel.getByRole('slider', { name: 'Threshold in the picture' })).toHaveCount(1);
  await expectAccessible(page, 'Mix room with the dock open');

  await panel.getByRole('heading').click();
  await page.keyboard.press('e');
  await expect(panel.getByRole('button', { name: 'Enlarge' })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Escape');
  await expect(panel.getByRole('button', { name: 'Enlarge' })).toHaveCount(0);

  await strip(page, 'Kick In').getByRole('button', { name: 'Add a device' }).click();
  await expectAccessible(page, 'the picker');
  await page.getByRole('combobox', { name: 'Find a device' }).fill('saturator');
  await page.keyboard.press('Alt+Enter');
  await expect(page.getByRole('group', { name: 'Saturator', exact: true })).toBeVisible();
  const kick = await trackOf(page, 'Kick In');
  expect(kick.params['compressor.on']).toBe(0);
  expect(kick.inserts.map(({ device }) => device)).toEqual(['saturator']);
});
