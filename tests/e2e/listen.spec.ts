import { expect, type Page, test } from '@playwright/test';
import type { Bytes } from '../../web/src/share/encoding';
import { publishShare, type ShareContent, sealShare } from '../support/sealedShare';
import { sharedSong } from '../support/sharedSong';
import { opusPreview } from './opusPreview';

const seconds = 20;
const song = sharedSong(
  [
    { name: 'Drums', hz: 110 },
    { name: 'Bass', hz: 55 },
    { name: 'Lead vocal', hz: 440 },
  ],
  seconds,
);
let preview: Bytes;

const content = (right: ShareContent['right']): ShareContent => ({
  right,
  title: 'Glass Harbour',
  mix: song.mix,
  preview: { bytes: preview, mimeType: 'audio/webm; codecs="opus"' },
  markers: [
    { frame: 0, name: 'Intro' },
    { frame: 5 * 48_000, name: 'Verse' },
    { frame: 12 * 48_000, name: 'Chorus' },
  ],
  ...(right === 'listen' ? {} : { project: { json: song.json, sources: song.sources } }),
});

test.beforeAll(async ({ browser, baseURL }) => {
  preview = await opusPreview(browser, baseURL as string, seconds);
});

const positionOf = (page: Page) =>
  page
    .getByRole('timer', { name: 'Position' })
    .textContent()
    .then((text) => Number(text?.split(':')[1]));

test('a link to listen has title, wave and a button to play, and sounds', async ({ page, baseURL }) => {
  const { text } = await publishShare(baseURL as string, await sealShare(content('listen')));
  await page.goto(text);
  await expect(page.getByRole('heading', { name: 'Glass Harbour' })).toBeVisible();
  await expect(page.getByText('End-to-end encrypted')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Open in the studio' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Play' }).click();
  await expect.poll(() => positionOf(page)).toBeGreaterThan(0.5);
  await page.keyboard.press(' ');
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
  const box = await page.getByRole('slider', { name: 'Position' }).boundingBox();
  if (!box) throw new Error('no wave');
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await expect.poll(() => positionOf(page)).toBeCloseTo(10, 0);
});
