import { expect, type Page, test } from '@playwright/test';
import { nodeEngine } from '../support/nodeEngine';
import { firstDifference, renderProject } from '../support/offline';
import { noise, wavFile } from '../support/synth';
import type { MadeFile } from './madeFiles';
import { drop, endCapture, exportFile, openStudio, snapshotOf, stemFile } from './studioPage';

const frames = 48000;
const stem = (name = 'Noise.wav', length = frames) => stemFile(name, [noise(1, length), noise(2, length)]);
const rawFile = (name: string, bytes: Uint8Array | string): MadeFile => ({
  name,
  mimeType: 'audio/wav',
  buffer: Buffer.from(bytes as string),
});

const messages = (page: Page) => page.evaluate(() => mixwell.messages.list().map(({ text }) => text));

test('a loop is heard as a render of the loop gives it', async ({ page }) => {
  await openStudio(page);
  const file = stem();
  await drop(page, [file], 1);
  await page.evaluate(() => {
    const fields = { loop: { on: true, startFrame: 10_000, endFrame: 19_001 } };
    mixwell.doc.commit('Loop', [{ op: 'project.set', fields }]);
    mixwell.transport.seek(5_000);
    mixwell.captureTap.begin();
    mixwell.transport.play();
  });
  await page.waitForFunction(() => mixwell.captureTap.frames > 60_000, undefined, { polling: 50 });
  await page.evaluate(() => mixwell.transport.pause());
  const heard = await endCapture(page);
  const project = await snapshotOf(page);
  const files = new Map([[Object.keys(project.sources)[0] as string, new Uint8Array(file.buffer)]]);
  const range = { startFrame: 5_000, frames: heard.left.length, looping: true };
  const rendered = await renderProject(await nodeEngine(), project, files, range);
  expect(firstDifference(heard.left, rendered.left)).toBe(-1);
  expect(firstDifference(heard.right, rendered.right)).toBe(-1);
});

test('playing stops at the end of the song, and begins at its start again', async ({ page }) => {
  await openStudio(page);
  await drop(page, [stem()], 1);
  await page.evaluate(() => mixwell.transport.seek(40_000));
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  expect(await page.evaluate(() => mixwell.transport.positionFrames())).toBe(frames);
  // The song is over in a second: the page itself watches where it has been.
  const restarted = page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const watch = () => {
          if (mixwell.transport.positionFrames() < 30_000) resolve();
          else requestAnimationFrame(watch);
        };
        watch();
      }),
  );
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await restarted;
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  expect(await page.evaluate(() => mixwell.transport.positionFrames())).toBe(0);
});

test('what is no sound is named with the reason, the others come in', async ({ page }) => {
  await openStudio(page);
  const nan = wavFile([Float32Array.of(0.1, Number.NaN)], 48000, '32f');
  const cut = wavFile([noise(7, 5000)], 48000).slice(0, 9044);
  const empty = wavFile([new Float32Array(0)], 48000);
  const files = [
    rawFile('notes.wav', 'these are words'),
    rawFile('nan.wav', nan),
    rawFile('cut.wav', cut),
    rawFile('empty.wav', empty),
    stem('good.wav'),
  ];
  await drop(page, files, 2);
  const said = (await messages(page)).join('\n');
  expect(said).toMatch(/notes\.wav/);
  expect(said).toMatch(/nan\.wav .*NaN/);
  expect(said).toMatch(/cut\.wav .*cut short/);
  expect(said).toMatch(/empty\.wav .*no sound/);
  const { tracks, sources } = await snapshotOf(page);
  expect(tracks.map(({ name }) => name)).toEqual(['Cut', 'Good']);
  expect(Object.values(sources).find(({ name }) => name === 'cut.wav')?.frames).toBe(3000);
  await page.getByRole('button', { name: 'Undo' }).click();
  expect((await snapshotOf(page)).tracks).toEqual([]);
  await drop(page, [rawFile('notes.wav', 'these are words')], 0);
  expect((await snapshotOf(page)).tracks).toEqual([]);
});

test('a project file brings the same bits back, in a browser that knows nothing of it', async ({
  page,
  browser,
}) => {
  await openStudio(page);
  await drop(page, [stem('One.wav'), stemFile('Two.wav', [noise(9, 30_000)], 44100)], 2);
  await page.evaluate(() => {
    const trackId = mixwell.project().tracks[1]?.id ?? '';
    mixwell.doc.commit('Turn', [{ op: 'track.param', trackId, param: 'pan', value: 55 }]);
  });
  const { files: before } = await exportFile(page);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.evaluate(() => void mixwell.projects.saveFile()),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.mixwell$/);
  const path = await download.path();

  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await other.goto(page.url());
  await openStudio(other);
  const { readFile } = await import('node:fs/promises');
  const file = { name: 'Song.mixwell', mimeType: 'application/zip', buffer: await readFile(path) };
  await drop(other, [file], 2);
  const { files: after } = await exportFile(other);
  expect(after[0]?.sha256).toBe(before[0]?.sha256);
  await elsewhere.close();
});

test('a killed tab loses at most its last second', async ({ page, context }) => {
  await openStudio(page);
  await drop(page, [stem()], 1);
  await page.evaluate(() => {
    const trackId = mixwell.project().tracks[0]?.id ?? '';
    mixwell.doc.commit('Turn', [{ op: 'track.param', trackId, param: 'volumeDb', value: -7.5 }]);
  });
  await page.waitForTimeout(1000);
  const url = page.url();
  const client = await context.newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  void client.send('Page.crash').catch(() => {});
  await crashed;
  const next = await context.newPage();
  await next.goto(url);
  await next.waitForFunction(() => globalThis.mixwell?.project().tracks.length === 1);
  expect((await snapshotOf(next)).tracks[0]?.params.volumeDb).toBe(-7.5);
});

test('projects are made, named, listed, duplicated, deleted and brought back', async ({ page }) => {
  await openStudio(page);
  await drop(page, [stem()], 1);
  const names = async () =>
    (await page.evaluate(() => mixwell.projects.list())).map(({ name }) => name).sort();
  const first = await page.evaluate(() => mixwell.projects.current());
  await page.evaluate((id) => mixwell.projects.rename(id, 'First song'), first);
  await expect.poll(() => page.evaluate(() => mixwell.project().name)).toBe('First song');
  await page.evaluate(() => mixwell.projects.create('Second song'));
  expect((await snapshotOf(page)).tracks).toEqual([]);
  await page.evaluate((id) => mixwell.projects.duplicate(id), first);
  expect(await names()).toEqual(['First song', 'First song copy', 'Second song']);
  await page.evaluate((id) => mixwell.projects.open(id), first);
  expect((await snapshotOf(page)).tracks).toHaveLength(1);
  expect(await names()).toEqual(['First song', 'First song copy']);
  await page.evaluate((id) => mixwell.projects.remove(id), first);
  expect(await names()).toEqual(['First song copy']);
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => page.evaluate(() => mixwell.projects.current())).toBe(first);
  expect(await names()).toEqual(['First song', 'First song copy']);
});

test('one tab writes a project; another may take it over', async ({ page, context }) => {
  await openStudio(page);
  await drop(page, [stem()], 1);
  const id = await page.evaluate(() => mixwell.projects.current());
  const other = await context.newPage();
  await openStudio(other);
  expect(await other.evaluate(() => mixwell.projects.current())).not.toBe(id);
  await other.getByRole('alert').getByRole('button', { name: 'Open it here' }).click();
  await expect.poll(() => other.evaluate(() => mixwell.projects.current())).toBe(id);
  await expect(page.getByRole('alert')).toContainText('another tab');
  await other.evaluate(() => {
    const trackId = mixwell.project().tracks[0]?.id ?? '';
    mixwell.doc.commit('Turn', [{ op: 'track.param', trackId, param: 'volumeDb', value: -1 }]);
  });
  expect((await snapshotOf(other)).tracks[0]?.params.volumeDb).toBe(-1);
});

test('the engine follows the project to another sample rate', async ({ page }) => {
  await openStudio(page);
  await drop(page, [stem('Long.wav', 200_000)], 1);
  const hearFor = async (rateHz: number) => {
    await page.evaluate(() => {
      mixwell.transport.returnToStart();
      mixwell.captureTap.begin();
    });
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await page.waitForFunction(() => mixwell.captureTap.frames > 20_000, undefined, { polling: 50 });
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    const heard = await endCapture(page);
    const project = await snapshotOf(page);
    expect(project.sampleRateHz).toBe(rateHz);
    return heard;
  };
  const before = await hearFor(48000);
  await page.getByRole('button', { name: 'Undo' }).click();
  const other = stemFile('Other.wav', [noise(5, 400_000), noise(6, 400_000)], 88200);
  await drop(page, [other], 1);
  const after = await hearFor(88200);
  const files = new Map([
    [Object.keys((await snapshotOf(page)).sources)[0] as string, new Uint8Array(other.buffer)],
  ]);
  const project = await snapshotOf(page);
  const range = { startFrame: 0, frames: after.left.length };
  const rendered = await renderProject(await nodeEngine(), project, files, range);
  expect(firstDifference(after.left, rendered.left)).toBe(-1);
  expect(firstDifference(after.left.slice(0, 1000), before.left.slice(0, 1000))).not.toBe(-1);
  await page.waitForFunction(() => {
    const [id] = Object.keys(mixwell.project().sources);
    return id !== undefined && mixwell.peaks.get(id) !== null;
  });
});
