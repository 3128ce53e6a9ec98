import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { volumeSpec } from '../../web/src/view/kit/valueSpec';
import { yOf } from '../../web/src/view/tracks/automation/laneShape';
import { clickAt, laneOf, pointsOf, screenX, strip, trackOf, unfoldLanes } from './deskHands';
import { sineWav } from './madeFiles';
import { drop, exportFile, floatWav, openStudio, snapshotOf } from './studioPage';

const stems = [sineWav('01_Kick In.wav', 60, 4), sineWav('02_Bass DI.wav', 110, 4)];

const loudest = (side: Float32Array, fromFrame: number, toFrame: number): number =>
  side.subarray(fromFrame, toFrame).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);

test('lanes are drawn and bent by pointer, moved and deleted by keys, each one step of undo', async ({
  page,
}) => {
  await openStudio(page);
  await drop(page, stems, 2);
  await unfoldLanes(page, 'Kick In');
  const volume = laneOf(page, /^Volume of Kick In over time/);
  // The song's grid has a beat each half second: clicks near one fall on it.
  await clickAt(page, volume, 24_000, 0.2);
  await clickAt(page, volume, 96_000, 0.8);
  const drawn = await pointsOf(page, 'Kick In', 'volumeDb');
  expect(drawn.map(({ frame }) => frame)).toEqual([24_000, 96_000]);
  expect(drawn[0]?.value).toBeGreaterThan(-6);
  expect(drawn[1]?.value).toBeLessThan(-30);
  await expect(volume).toHaveAttribute('aria-valuetext', /^Point 2 of 2, /);

  // The fader stands where the lane is at the playhead.
  await screenX(page, 96_000);
  const fader = strip(page, 'Kick In').getByRole('slider', { name: 'Volume', exact: true });
  await expect
    .poll(async () => Number(await fader.getAttribute('aria-valuenow')))
    .toBeCloseTo(drawn[1]?.value ?? 0, 1);

  const box = await volume.boundingBox();
  if (!box) throw new Error('the lane is not shown');
  const half = ((drawn[0]?.value ?? 0) + (drawn[1]?.value ?? 0)) / 2;
  const x = await screenX(page, 60_000);
  const view = { scrollFrame: 0, framesPerPx: 1 };
  const y = box.y + yOf({ view, height: box.height, spec: volumeSpec }, half);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x, y - 8, { steps: 3 });
  await page.mouse.up();
  expect((await pointsOf(page, 'Kick In', 'volumeDb'))[0]).toMatchObject({ shape: 'bend' });
  await page.keyboard.press('Control+z');
  expect(await pointsOf(page, 'Kick In', 'volumeDb')).toEqual(drawn);

  await volume.focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+c');
  await screenX(page, 120_000);
  await page.keyboard.press('Control+v');
  expect((await pointsOf(page, 'Kick In', 'volumeDb')).map(({ frame }) => frame)).toEqual([
    24_000, 96_000, 120_000, 192_000,
  ]);
  await page.keyboard.press('Delete');
  expect(await pointsOf(page, 'Kick In', 'volumeDb')).toEqual(drawn);
});

test('a value of the EQ has its lane from its own menu, and a drag of a point is called off by Escape', async ({
  page,
}) => {
  await openStudio(page);
  await drop(page, stems, 2);
  await unfoldLanes(page, 'Bass DI');
  await page.getByRole('button', { name: 'Parameter: Volume' }).click();
  await page.getByRole('menuitem', { name: 'EQ' }).hover();
  await page.getByRole('menuitem', { name: 'Band 2' }).hover();
  await page.getByRole('menuitemcheckbox', { name: 'Gain' }).click();
  const gain = laneOf(page, /^Band 2 gain of Bass DI over time/);
  await clickAt(page, gain, 48_000, 0.5);
  await clickAt(page, gain, 96_000, 0.1);
  const drawn = await pointsOf(page, 'Bass DI', 'eq.band2.gainDb');
  expect(drawn).toHaveLength(2);
  expect(drawn[0]?.value).toBeCloseTo(0, 0);
  expect(drawn[1]?.value).toBeGreaterThan(12);

  const box = await gain.boundingBox();
  const x = await screenX(page, 48_000);
  await page.mouse.move(x, (box?.y ?? 0) + (box?.height ?? 0) / 2);
  await page.mouse.down();
  await page.mouse.move(x + 60, (box?.y ?? 0) + 8, { steps: 4 });
  expect(await pointsOf(page, 'Bass DI', 'eq.band2.gainDb')).not.toEqual(drawn);
  await page.keyboard.press('Escape');
  await page.mouse.up();
  expect(await pointsOf(page, 'Bass DI', 'eq.band2.gainDb')).toEqual(drawn);
});

/** From a value in the Master room to a lane in the Arrange room, to the ears and to the file, and back by undo. */
async function automateChain(page: Page): Promise<void> {
  await page.keyboard.press('3');
  const limiter = page.getByRole('group', { name: 'Limiter', exact: true });
  const knob = limiter.getByRole('slider', { name: 'Gain', exact: true });
  await knob.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Show automation' }).click();
  const gain = laneOf(page, /^Limiter: Gain of Mastering over time/);
  await expect(gain).toBeFocused();
  const lanes = async () => (await snapshotOf(page)).mastering.lanes;
  const unheard = page.getByText('Not heard here');
  await expect(unheard).toBeVisible();
  await page.getByRole('switch', { name: 'Heard in all rooms' }).click();
  await expect(unheard).toBeHidden();
  await clickAt(page, gain, 48_000, 0.75);
  await clickAt(page, gain, 96_000, 0.95);
  const [from, to] = (await lanes())[0]?.points ?? [];
  expect([from?.frame, to?.frame]).toEqual([48_000, 96_000]);
  expect(to?.value).toBeLessThan(-8);
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
    .analyze();
  expect(violations).toEqual([]);

  // The knob stands where the lane is at the playhead.
  await page.keyboard.press('3');
  await expect(limiter.locator('.automated')).toHaveText(/^Gain/);
  for (const [frame, value] of [
    [0, from?.value],
    [144_000, to?.value],
  ] as const) {
    await page.evaluate((at) => mixwell.transport.seek(at), frame);
    await expect
      .poll(async () => Number(await knob.getAttribute('aria-valuenow')))
      .toBeCloseTo(value ?? Number.NaN, 6);
  }

  const { left } = floatWav((await exportFile(page, { what: 'master', bits: '32f' })).bytes);
  expect(loudest(left, 0, 48_000)).toBeCloseTo(0.25 * 10 ** ((from?.value ?? 0) / 20), 2);
  expect(loudest(left, 97_000, 190_000)).toBeCloseTo(0.25 * 10 ** ((to?.value ?? 0) / 20), 2);
  await page.keyboard.press('Control+z');
  expect((await lanes())[0]?.points).toEqual([from]);
  await page.keyboard.press('Control+z');
  expect(await lanes()).toEqual([]);
}

test('the export follows lanes of the mastering chain and of a track, where a copy of a point comes by Ctrl-drag and goes by double click', async ({
  page,
}) => {
  await openStudio(page);
  await drop(page, stems.slice(0, 1), 1);
  await automateChain(page);
  await page.keyboard.press('1');
  await unfoldLanes(page, 'Kick In');
  const volume = laneOf(page, /^Volume of Kick In over time/);
  await clickAt(page, volume, 48_000, 0.2);
  await clickAt(page, volume, 96_000, 0.99);
  const drawn = await pointsOf(page, 'Kick In', 'volumeDb');
  const framesNow = async () => (await pointsOf(page, 'Kick In', 'volumeDb')).map(({ frame }) => frame);
  expect(await framesNow()).toEqual([48_000, 96_000]);

  const [from, to] = [await screenX(page, 48_000), await screenX(page, 144_000)];
  const y = ((await volume.boundingBox())?.y ?? 0) + 0.2 * ((await volume.boundingBox())?.height ?? 0);
  await page.keyboard.down('Control');
  await page.mouse.move(from, y);
  await page.mouse.down();
  await page.mouse.move(to, y, { steps: 4 });
  await page.mouse.up();
  await page.keyboard.up('Control');
  expect(await framesNow()).toEqual([48_000, 96_000, 144_000]);
  await page.mouse.dblclick(to, y);
  expect(await pointsOf(page, 'Kick In', 'volumeDb')).toEqual(drawn);

  const { left } = floatWav((await exportFile(page, { what: 'mix', bits: '32f' })).bytes);
  const atFirst = 0.25 * 10 ** ((drawn[0]?.value ?? 0) / 20);
  expect(loudest(left, 0, 48_000)).toBeCloseTo(atFirst, 2);
  expect(loudest(left, 72_000, 96_000)).toBeLessThan(atFirst / 10);
  expect(loudest(left, 97_000, 192_000)).toBe(0);
});

test('a fader is written while the song plays in touch, as one step of undo', async ({ page }) => {
  await openStudio(page);
  await drop(page, [sineWav('01_Kick In.wav', 60, 30)], 1);
  const fader = strip(page, 'Kick In').getByRole('slider', { name: 'Volume', exact: true });
  await page.getByRole('tab', { name: 'Mix' }).click();
  await strip(page, 'Kick In').getByRole('button', { name: 'Automation Read' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Touch' }).click();
  await page.getByRole('tab', { name: 'Arrange' }).click();
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await page.waitForFunction(() => mixwell.transport.positionFrames() > 12_000);
  const box = await fader.boundingBox();
  if (!box) throw new Error('the fader is not shown');
  // Below the number.
  const [x, y] = [box.x + box.width * 0.7, box.y + box.height * 0.8];
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let step = 1; step <= 8; step++) {
    await page.mouse.move(x - step * 3, y);
    await page.waitForTimeout(40);
  }
  expect(await page.evaluate(() => mixwell.automation.writing())).toBe(true);
  await page.mouse.up();
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  const written = await pointsOf(page, 'Kick In', 'volumeDb');
  expect(written.length).toBeGreaterThan(2);
  expect(written[0]?.value).toBe(0);
  expect(Math.min(...written.map(({ value }) => value))).toBeLessThan(-6);
  expect((await trackOf(page, 'Kick In')).params.volumeDb).toBe(0);
  await expect(laneOf(page, /^Volume of Kick In over time/)).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  expect(await pointsOf(page, 'Kick In', 'volumeDb')).toEqual([]);
});

test('the tempo changes from the ruler, and the bar shows the tempo at the playhead', async ({ page }) => {
  await openStudio(page);
  await drop(page, stems, 2);
  const ruler = page.getByRole('group', { name: 'Ruler' });
  const top = (await ruler.boundingBox())?.y ?? 0;
  const x = await screenX(page, 96_000);
  await screenX(page, 0);
  await page.mouse.click(x, top + 32, { button: 'right' });
  await page.getByRole('menuitem', { name: 'Tempo change here…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Tempo change' });
  await dialog.getByRole('slider', { name: 'Tempo' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('90');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  expect((await snapshotOf(page)).tempoChanges).toEqual([
    { frame: 96_000, bpm: 90, beatsPerBar: 4, beatUnit: 4 },
  ]);
  const tempo = page.getByRole('button', { name: /^Tempo \d+\.\d, 4\/4$/ });
  await expect(tempo).toHaveAttribute('aria-label', 'Tempo 120.0, 4/4');
  await screenX(page, 100_000);
  await expect(tempo).toHaveAttribute('aria-label', 'Tempo 90.0, 4/4');
  const flag = page.getByRole('button', { name: /^Tempo 90\.0, 4\/4 from 2/ });
  await flag.focus();
  await page.keyboard.press('Delete');
  expect((await snapshotOf(page)).tempoChanges).toEqual([]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(flag).toBeVisible();
});
