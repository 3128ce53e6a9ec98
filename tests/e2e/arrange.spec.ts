import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { sineWav } from './madeFiles';
import { drop, openStudio, snapshotOf } from './studioPage';

const rateHz = 48000;
const beatFrames = rateHz / 2; // 120 beats a minute
const stemSeconds = 4;
const stems = [
  sineWav('01_Kick In.wav', 60, stemSeconds),
  sineWav('02_Bass DI.wav', 110, stemSeconds),
  sineWav('03_Lead Vox.wav', 440, stemSeconds),
];

const head = (page: Page, name: string) => page.getByRole('group', { name, exact: true });
const volume = (page: Page, name: string) => head(page, name).getByRole('slider', { name: 'Volume' });
const trackNames = async (page: Page) => (await snapshotOf(page)).tracks.map((track) => track.name);

async function clipsOf(page: Page, name: string) {
  const { tracks } = await snapshotOf(page);
  return tracks.find((track) => track.name === name)?.clips ?? [];
}

async function arranging(page: Page): Promise<void> {
  await openStudio(page);
  await drop(page, stems, stems.length);
  await expect(head(page, 'Kick In')).toBeVisible();
}

/** Where a second of a track's lane is on the screen, while the song is fitted; `down` from 0 to 1 within the lane. */
async function placeInLane(page: Page, name: string, seconds: number, down = 0.75) {
  const lanes = await page.getByRole('region', { name: 'Arrangement' }).boundingBox();
  const row = await head(page, name).boundingBox();
  if (!lanes || !row) throw new Error('The lanes are not on the screen');
  const width = lanes.width / (stemSeconds * 1.0234);
  return { x: lanes.x + seconds * width, y: row.y + row.height * down };
}

type Place = Awaited<ReturnType<typeof placeInLane>>;

async function drag(page: Page, from: Place, to: Place, modifier?: 'Alt' | 'Control'): Promise<void> {
  await page.mouse.move(from.x, from.y);
  if (modifier) await page.keyboard.down(modifier);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 3 });
  await page.mouse.move(to.x, to.y, { steps: 3 });
  await page.mouse.up();
  if (modifier) await page.keyboard.up(modifier);
}

test('clips are moved, copied, trimmed, faded, turned up and split, each in one step of undo', async ({
  page,
}) => {
  await arranging(page);
  const at = (seconds: number, down?: number) => placeInLane(page, 'Bass DI', seconds, down);
  const undo = page.getByRole('button', { name: 'Undo' });

  await drag(page, await at(1), await at(2.1));
  expect((await clipsOf(page, 'Bass DI'))[0]?.startFrame).toBe(2 * beatFrames);
  await undo.click();
  expect((await clipsOf(page, 'Bass DI'))[0]?.startFrame).toBe(0);

  await drag(page, await at(1), await at(2.1), 'Alt');
  const free = (await clipsOf(page, 'Bass DI'))[0]?.startFrame ?? 0;
  expect(free % beatFrames).not.toBe(0);
  await undo.click();

  await drag(page, await at(1), await placeInLane(page, 'Lead Vox', 1), 'Control');
  expect(await clipsOf(page, 'Bass DI')).toHaveLength(1);
  expect((await clipsOf(page, 'Lead Vox')).map((clip) => clip.name)).toEqual(['Bass DI']);
  await undo.click();

  await drag(page, await at(stemSeconds - 0.01), await at(3));
  expect((await clipsOf(page, 'Bass DI'))[0]?.lengthFrames).toBe(3 * rateHz);
  await undo.click();

  await drag(page, await at(0.005, 0.15), await at(1, 0.15));
  const faded = (await clipsOf(page, 'Bass DI'))[0];
  expect(faded?.fadeInFrames).toBeGreaterThan(0.9 * rateHz);
  expect(faded?.fadeInFrames).toBeLessThan(1.1 * rateHz);
  await undo.click();

  const top = await at(stemSeconds / 2, 0.15);
  await drag(page, top, { x: top.x, y: top.y - 30 });
  expect((await clipsOf(page, 'Bass DI'))[0]?.gainDb).toBeGreaterThan(3);
  await undo.click();

  await page.evaluate((frame) => mixwell.transport.seek(frame), rateHz);
  await page.keyboard.press('x');
  expect((await clipsOf(page, 'Bass DI')).map((clip) => [clip.startFrame, clip.offsetFrames])).toEqual([
    [0, 0],
    [rateHz, rateHz],
  ]);
  await page.keyboard.press('Control+z');
  await expect(undo).toHaveAttribute('data-tip', /Add|Import/);
});

test('clips are reached, nudged, copied, pasted and deleted by keys', async ({ page }) => {
  await arranging(page);
  await head(page, 'Lead Vox').getByRole('button', { name: 'Lead Vox' }).click();
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Escape');
  const list = page.getByRole('listbox', { name: 'Clips of Lead Vox' });
  await list.focus();
  await expect(list.getByRole('option')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowRight');
  expect((await clipsOf(page, 'Lead Vox'))[0]?.startFrame).toBe(beatFrames);
  await page.keyboard.press('Shift+ArrowLeft');
  expect((await clipsOf(page, 'Lead Vox'))[0]?.startFrame).toBe(beatFrames - rateHz / 1000);
  await page.keyboard.press('Control+d');
  expect(await clipsOf(page, 'Lead Vox')).toHaveLength(2);
  await page.keyboard.press('Delete');
  expect(await clipsOf(page, 'Lead Vox')).toHaveLength(1);
});

test('tracks are named, ordered, set and doubled', async ({ page }) => {
  await arranging(page);
  await head(page, 'Kick In').getByRole('button', { name: 'Kick In' }).dblclick();
  await page.keyboard.type('Kick');
  await page.keyboard.press('Enter');
  expect(await trackNames(page)).toEqual(['Kick', 'Bass DI', 'Lead Vox']);

  await volume(page, 'Kick').press('ArrowUp');
  await expect(volume(page, 'Kick')).toHaveAttribute('aria-valuetext', '0.1 dB');
  await volume(page, 'Kick').press('PageDown');
  await expect(volume(page, 'Kick')).toHaveAttribute('aria-valuetext', '-2.9 dB');
  await volume(page, 'Kick').press('Enter');
  await page.keyboard.type('-3');
  await page.keyboard.press('Enter');
  await expect(volume(page, 'Kick')).toHaveAttribute('aria-valuetext', '-3.0 dB');
  const pan = head(page, 'Kick').getByRole('slider', { name: 'Pan' });
  await pan.press('Enter');
  await page.keyboard.type('L20');
  await page.keyboard.press('Enter');
  await expect(pan).toHaveAttribute('aria-valuetext', 'L20');

  const name = await head(page, 'Kick').getByRole('button', { name: 'Kick' }).boundingBox();
  const last = await head(page, 'Lead Vox').boundingBox();
  if (!name || !last) throw new Error('The list of tracks is not on the screen');
  const from = { x: name.x + 20, y: name.y + name.height / 2 };
  await drag(page, from, { x: from.x, y: last.y + last.height - 4 });
  expect(await trackNames(page)).toEqual(['Bass DI', 'Lead Vox', 'Kick']);

  await page.keyboard.press('Control+d');
  expect(await trackNames(page)).toEqual(['Bass DI', 'Lead Vox', 'Kick', 'Kick 2']);
  await page.keyboard.press('Delete');
  expect(await trackNames(page)).toEqual(['Bass DI', 'Lead Vox', 'Kick']);
  await page.keyboard.press('m');
  await expect(head(page, 'Kick').getByRole('button', { name: 'Mute' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
});

test('the palette runs commands and takes values; the ruler seeks and loops', async ({ page }) => {
  await arranging(page);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('kick -6');
  await page.keyboard.press('Enter');
  await expect(volume(page, 'Kick In')).toHaveAttribute('aria-valuetext', '-6.0 dB');

  const ruler = await page.getByRole('group', { name: 'Ruler' }).boundingBox();
  if (!ruler) throw new Error('The ruler is not on the screen');
  const y = ruler.y + 34;
  const x = (seconds: number) => ruler.x + (seconds * ruler.width) / (stemSeconds * 1.0234);
  await page.mouse.click(x(2), y);
  await expect.poll(() => page.evaluate(() => mixwell.transport.restFrame())).toBe(2 * rateHz);
  await drag(page, { x: x(1), y }, { x: x(3), y });
  expect((await snapshotOf(page)).loop).toEqual({ on: true, startFrame: rateHz, endFrame: 3 * rateHz });
});

test('is accessible in both themes, with its palette and its shortcuts', async ({ page }) => {
  await arranging(page);
  const expectAccessible = async (what: string) => {
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze();
    const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
    expect(told, what).toEqual([]);
  };
  await expectAccessible('the room');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Shortcuts' })).toBeVisible();
  await expectAccessible('the shortcuts');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('light or dark');
  await expectAccessible('the palette');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await expectAccessible('the room in light');
});
