import { writeFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { BlobReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js';
import { firstDifference } from '../support/offline';
import { judgeFile } from '../support/soundJudge';
import { noise } from '../support/synth';
import { drop, exportFile, floatWav, openStudio, stemFile } from './studioPage';

const frames = 48000;
const stems = () => [
  stemFile('Drums.wav', [noise(1, frames, 0.3), noise(2, frames, 0.3)]),
  stemFile('Bass.wav', [noise(3, frames, 0.3)]),
];

/** The files of a zip, by name. */
async function entriesOf(zip: Buffer): Promise<Map<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  for (const entry of await new ZipReader(new BlobReader(new Blob([new Uint8Array(zip)]))).getEntries()) {
    if (entry.directory) throw new Error('a folder');
    found.set(entry.filename, await entry.getData(new Uint8ArrayWriter()));
  }
  return found;
}

test('one file a track, in a zip, whose sum is the mix', async ({ page }, info) => {
  await openStudio(page);
  await drop(page, stems(), 2);
  const mix = floatWav((await exportFile(page, { bits: '32f' })).bytes);
  const { name, bytes, files, report } = await exportFile(page, { what: 'stems', bits: '32f' });
  expect(name).toMatch(/\.zip$/);
  const entries = await entriesOf(bytes);
  expect([...entries.keys()]).toEqual(['01 Bass.wav', '02 Drums.wav']);
  expect(files.map((file) => file.name)).toEqual(['01 Bass.wav', '02 Drums.wav']);
  const stemLines = report?.what === 'stems' ? report.stems : [];
  expect(stemLines.map((stem) => stem.file.name)).toEqual(['01 Bass.wav', '02 Drums.wav']);
  expect(stemLines.map((stem) => stem.file.pcmSha256)).toEqual(files.map((file) => file.sha256));
  const sounds = [];
  for (const [entry, content] of entries) {
    const path = info.outputPath(entry);
    await writeFile(path, content);
    expect(judgeFile(path)).toMatchObject({ bits: '32f', channels: 2, frames });
    sounds.push(floatWav(Buffer.from(content)));
  }
  const [bass, drums] = sounds;
  const sum = Float32Array.from(mix.left, (_, frame) => (bass?.left[frame] ?? 0) + (drums?.left[frame] ?? 0));
  expect(firstDifference(sum, mix.left)).toBe(-1);
});

test('the loop range, at another rate and 16 bits, stems as FLAC', async ({ page }, info) => {
  await openStudio(page);
  await drop(page, stems(), 2);
  await page.evaluate(() => {
    const fields = { loop: { on: false, startFrame: 12000, endFrame: 36000 } };
    mixwell.doc.commit('Loop', [{ op: 'project.set', fields }]);
  });
  const settings = { range: 'loop', sampleRateHz: 44100, bits: 16, dither: 'tpdf' } as const;
  const estimate = await page.evaluate(
    (changes) => mixwell.exporter.estimate({ ...mixwell.exporter.defaults(), ...changes }),
    settings,
  );
  const { path, bytes, files } = await exportFile(page, settings);
  expect(judgeFile(path)).toMatchObject({ bits: '16', sampleRateHz: 44100, frames: 22050, channels: 2 });
  expect(estimate.seconds).toBeCloseTo(0.5, 6);
  expect(Math.abs(estimate.bytes - bytes.length)).toBeLessThan(200);
  expect(files[0]?.bytes).toBe(bytes.length);
  const packed = await exportFile(page, { ...settings, what: 'stems', format: 'flac' });
  const entries = await entriesOf(packed.bytes);
  expect([...entries.keys()]).toEqual(['01 Bass.flac', '02 Drums.flac']);
  for (const [name, content] of entries) {
    const stem = info.outputPath(name);
    await writeFile(stem, content);
    const facts = { wav: false, bits: '16', sampleRateHz: 44100, frames: 22050, channels: 2 };
    expect(judgeFile(stem)).toMatchObject(facts);
  }
});

test('says how loud it is, and how many samples are cut off', async ({ page }) => {
  await openStudio(page);
  const loud = Float32Array.from({ length: 1000 }, (_, frame) => (frame === 500 ? 1.5 : 0.25));
  await drop(page, [stemFile('Loud.wav', [loud, loud], 48000, '32f')], 1);
  const { files, report } = await exportFile(page);
  const failed = report?.what === 'mix' ? report.checks.filter(({ passed }) => !passed) : [];
  expect(failed.map(({ id, found }) => [id, found])).toContainEqual(['clipping', '2']);
  expect(files[0]?.peakDbfs).toBeCloseTo(20 * Math.log10(1.5), 6);
  expect(files[0]?.headroomDb).toBeCloseTo(-20 * Math.log10(1.5), 6);
  expect(files[0]?.clippedSamples).toBe(2);
  expect(files[0]?.seconds).toBeCloseTo(1000 / 48000, 9);
});

/** As a browser with file dialogs has it; what the person chooses lies in the private file system. */
async function withFileDialog(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const root = () => navigator.storage.getDirectory();
    Object.assign(window, {
      showSaveFilePicker: async () => (await root()).getFileHandle('chosen.wav', { create: true }),
      showDirectoryPicker: async () => (await root()).getDirectoryHandle('chosen', { create: true }),
    });
  });
  await page.goto('/');
  await page.waitForFunction(() => 'mixwell' in globalThis);
}

/** Null where there is no such file. */
const chosenSize = (page: Page) =>
  page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const handle = await root.getFileHandle('chosen.wav').catch(() => null);
    return handle && (await handle.getFile()).size;
  });

const chosenNames = (page: Page) =>
  page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('chosen');
    const names: string[] = [];
    for await (const name of folder.keys()) names.push(name);
    return names.sort();
  });

const run = (page: Page, settings: object) =>
  page.evaluate(async (changes) => {
    const job = mixwell.exporter.run({ ...mixwell.exporter.defaults(), ...changes });
    globalThis.chosen = { job };
    while (!['done', 'failed', 'cancelled'].includes(job.state()))
      await new Promise((r) => setTimeout(r, 20));
    return job.state();
  }, settings);

test('streams into the file and the folder that were chosen', async ({ page }) => {
  await withFileDialog(page);
  await drop(page, stems(), 2);
  expect(await run(page, {})).toBe('done');
  expect(await chosenSize(page)).toBe(await page.evaluate(() => chosen.job.files()[0]?.bytes));
  expect(await run(page, { what: 'stems' })).toBe('done');
  expect(await chosenNames(page)).toEqual(['01 Bass.wav', '02 Drums.wav']);
});

async function cancelledExport(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const job = mixwell.exporter.run(mixwell.exporter.defaults());
    while (job.progress().fraction < 0.05) await new Promise((r) => setTimeout(r, 5));
    job.cancel();
    while (job.state() === 'rendering') await new Promise((r) => setTimeout(r, 5));
    return job.state();
  });
}

test('leaves nothing, or the file of before, when it is cancelled', async ({ page }) => {
  await withFileDialog(page);
  await drop(page, stems(), 2);
  expect(await run(page, {})).toBe('done');
  const before = await chosenSize(page);
  await page.evaluate(() => {
    const { tracks } = mixwell.project();
    const clip = tracks[0]?.clips[0];
    if (!clip) return;
    const startFrame = 48000 * 60 * 30;
    mixwell.doc.commit('Far', [
      { op: 'clip.set', trackId: tracks[0]?.id ?? '', clipId: clip.id, fields: { startFrame } },
    ]);
  });
  expect(await cancelledExport(page)).toBe('cancelled');
  expect(await chosenSize(page)).toBe(before);
  await page.evaluate(async () => (await navigator.storage.getDirectory()).removeEntry('chosen.wav'));
  expect(await cancelledExport(page)).toBe('cancelled');
  expect(await chosenSize(page)).toBe(null);
  const leftBehind = await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const names: string[] = [];
    for await (const name of root.keys()) names.push(name);
    return names.filter((name) => name.includes('crswap'));
  });
  expect(leftBehind).toEqual([]);
});
