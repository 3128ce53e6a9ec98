import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import type { MasterReport, MixReport } from '../../web/src/mastering/report';
import { firstDifference, isSilent } from '../support/offline';
import { judgeFile } from '../support/soundJudge';
import { noise, sine } from '../support/synth';
import { drop, exportFile, floatWav, hear, openStudio, snapshotOf, stemFile } from './studioPage';

const rateHz = 48000;
const frames = 6 * rateHz;

/** A mix of tones and noise with strokes, softer than any target, that fades out. */
function aMix(): Float32Array[] {
  const strokes = (frame: number) =>
    (0.35 + 0.65 * Math.exp(-((frame % 24000) / 4000))) * Math.min(1, (frames - 1 - frame) / 24000) ** 4;
  return [1, 2].map((seed) => {
    const [hiss, bass, lead] = [
      noise(seed, frames, 0.05),
      sine(80, rateHz, frames, 0.1),
      sine(440, rateHz, frames, 0.05),
    ];
    return hiss.map((value, frame) => (value + (bass[frame] ?? 0) + (lead[frame] ?? 0)) * strokes(frame));
  });
}

async function openMaster(page: Page): Promise<void> {
  await openStudio(page);
  await drop(page, [stemFile('My mix.wav', aMix())], 1);
  await page.getByRole('tab', { name: 'Master' }).click();
  await page.evaluate(() => mixwell.mastering.setRoom(true));
  await page.waitForFunction(() => mixwell.mastering.engaged());
}

test('a finished mix is brought to its target, heard and written alike, and the report says so', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await openMaster(page);
  await page.evaluate(() => mixwell.mastering.song.setUp());
  // The room measures a song by itself when it comes to rest.
  await page.waitForFunction(() => {
    const { song } = mixwell.mastering;
    return song.work() === null && song.analysis() !== null && !song.stale();
  });
  // What is changed meanwhile stays, and is found out about.
  const { edited, stale } = await page.evaluate(async () => {
    const { doc, mastering, project } = mixwell;
    const idOf = (device: string) =>
      project().mastering.inserts.find((insert) => insert.device === device)?.id ?? '';
    let over = false;
    const reaching = mastering.song.reach().finally(() => {
      over = true;
    });
    while (!over && !mastering.song.work()) await new Promise((resolve) => setTimeout(resolve));
    if (over) throw new Error('The target was reached before it could be edited.');
    doc.commit('Narrower', [
      { op: 'insert.param', ownerId: 'mastering', insertId: idOf('imager'), param: 'width', value: 80 },
      { op: 'insert.set', ownerId: 'mastering', insertId: idOf('imager'), fields: { on: true } },
      { op: 'insert.remove', ownerId: 'mastering', insertId: idOf('exciter') },
    ]);
    await reaching;
    return { edited: project().mastering.inserts, stale: mastering.song.stale() };
  });
  expect(edited.find(({ device }) => device === 'imager')).toMatchObject({ on: true, params: { width: 80 } });
  expect(edited.find(({ device }) => device === 'exciter')).toBeUndefined();
  expect(edited.find(({ device }) => device === 'limiter')?.params.inputGainDb).toBeGreaterThan(3);
  expect(stale).toBe(true);
  await page.evaluate(() => mixwell.mastering.song.reach());
  const figures = await page.evaluate(() => {
    const analysis = mixwell.mastering.song.analysis();
    return analysis && { before: analysis.before, after: analysis.after, reached: analysis.reached };
  });
  expect(figures?.before.integratedLufs).toBeLessThan(-20);
  expect(Math.abs((figures?.after.integratedLufs ?? 0) + 14)).toBeLessThanOrEqual(0.1);
  expect(figures?.after.truePeakDbtp).toBeLessThanOrEqual(-1);
  expect(figures?.reached?.reached).toBe(true);

  const heard = await hear(page, 60_000);
  const exported = await exportFile(page, { what: 'master', bits: '32f', dither: 'none' });
  expect(exported.name).toBe('Untitled master.wav');
  const written = floatWav(exported.bytes);
  expect(isSilent(heard)).toBe(false);
  expect(written.left.length).toBe(frames);
  const length = Math.min(heard.left.length, frames);
  expect(firstDifference(heard.left.slice(0, length), written.left.slice(0, length))).toBe(-1);
  expect(firstDifference(heard.right.slice(0, length), written.right.slice(0, length))).toBe(-1);

  const report = exported.report as MasterReport;
  const passed = report.checks.flatMap((check) => (check.passed ? [check.id] : []));
  expect(passed).toEqual(expect.arrayContaining(['loudness', 'true-peak', 'clipping', 'end']));
  const sound = exported.bytes.subarray(exported.bytes.indexOf('data') + 8);
  expect(report.file.pcmSha256).toBe(createHash('sha256').update(sound).digest('hex'));
  expect(Math.abs((report.before.integratedLufs ?? 0) - (figures?.before.integratedLufs ?? 1))).toBeLessThan(
    0.01,
  );
  expect(Math.abs((report.after.integratedLufs ?? 0) - (figures?.after.integratedLufs ?? 1))).toBeLessThan(
    0.01,
  );

  // The mix is the mix: the chain is not in it.
  const mixed = await exportFile(page, { what: 'mix', bits: '32f' });
  const mix = floatWav(mixed.bytes);
  const original = aMix()[0] as Float32Array;
  const off = mix.left.findIndex((value, frame) => Math.abs(value - (original[frame] ?? 0)) > 1e-6);
  expect(off).toBe(-1);
  const mixReport = mixed.report as MixReport;
  expect(mixReport).toMatchObject({ what: 'mix', passed: true, settings: { range: 'song', tracks: 1 } });
  const mixSound = mixed.bytes.subarray(mixed.bytes.indexOf('data') + 8);
  expect(mixReport.file.pcmSha256).toBe(createHash('sha256').update(mixSound).digest('hex'));
  expect(mixReport.after.integratedLufs).toBeCloseTo(report.before.integratedLufs ?? 0, 2);

  // Silence at the start is told, and left out of the master by the button beside it; the song stays as it is.
  await page.evaluate(() => {
    const track = mixwell.project().tracks[0];
    const clip = track?.clips[0];
    if (!track || !clip) return;
    const fields = { startFrame: 2 * 48000 };
    mixwell.doc.commit('Late', [{ op: 'clip.set', trackId: track.id, clipId: clip.id, fields }]);
  });
  await page.evaluate(() => mixwell.mastering.song.propose(0));
  await expect(page.getByText('2.0 s of silence come first.')).toBeVisible();
  await page.getByRole('button', { name: 'Trim: Start' }).click();
  await expect.poll(async () => (await snapshotOf(page)).mastering.headFrames).toBeGreaterThan(0);
  const { headFrames } = (await snapshotOf(page)).mastering;
  expect(Math.abs(headFrames - 1.9 * rateHz)).toBeLessThan(0.02 * rateHz);
  const late = await exportFile(page, { what: 'master', bits: '32f' });
  expect(floatWav(late.bytes).left.length).toBe(2 * rateHz + frames - headFrames);
  const lateReport = late.report as MasterReport;
  expect(lateReport.settings.startSeconds).toBeCloseTo(headFrames / rateHz, 6);
  expect(lateReport.checks.find(({ id }) => id === 'start')?.passed).toBe(true);
  const lateMix = await exportFile(page, { what: 'mix', bits: '32f' });
  expect(floatWav(lateMix.bytes).left.length).toBe(2 * rateHz + frames);
  await page.evaluate(() => mixwell.doc.undo());
  expect((await snapshotOf(page)).mastering.headFrames).toBe(0);
});

test('a master at another rate is converted first, so that its true peak holds; as FLAC, its report is saved', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await openMaster(page);
  await page.evaluate(() => mixwell.mastering.song.setUp());
  await page.evaluate(() =>
    mixwell.doc.commit('Target', [{ op: 'mastering.set', fields: { targetId: 'spotify' } }]),
  );
  // A fade of the chain's own gain, and no limiter.
  await page.evaluate((end) => {
    const { inserts } = mixwell.project().mastering;
    const idOf = (device: string) => inserts.find((insert) => insert.device === device)?.id ?? '';
    const at = { shape: 'linear', bend: 0 } as const;
    const points = [
      { frame: 0, value: -12, ...at },
      { frame: end, value: 6, ...at },
    ];
    const of = { kind: 'insert', targetId: idOf('gain'), param: 'gainDb', timebase: 'time' } as const;
    mixwell.doc.commit('Fade', [
      { op: 'insert.set', ownerId: 'mastering', insertId: idOf('gain'), fields: { on: true } },
      { op: 'lane.add', ownerId: 'mastering', lane: { id: 'fade', ...of, points } },
      { op: 'insert.remove', ownerId: 'mastering', insertId: idOf('limiter') },
    ]);
  }, frames);
  await page.evaluate(() => mixwell.mastering.song.reach());
  expect((await snapshotOf(page)).mastering.inserts.at(-1)?.device).toBe('limiter');
  await page.getByRole('button', { name: 'Export', exact: true }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await expect(dialog.getByRole('combobox', { name: 'What' })).toHaveValue('master');
  await dialog.getByRole('combobox', { name: 'Sample rate' }).selectOption('44100');
  await dialog.getByRole('combobox', { name: 'Format' }).selectOption('flac');
  await dialog.getByRole('combobox', { name: 'Bit depth' }).selectOption('16');
  await expect(dialog.getByRole('option', { name: '32 bit float, WAV only' })).toBeDisabled();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Export', exact: true }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('Untitled master.flac');
  const flac = await readFile(await download.path());
  const judged = judgeFile(await download.path());
  expect(judged).toMatchObject({ wav: false, bits: '16', sampleRateHz: 44100, channels: 2 });
  expect(judged.frames).toBe((frames * 44100) / rateHz);
  const pcm = Buffer.from(Int16Array.from(judged.samples, (value) => value * 2 ** 15).buffer);
  await expect(dialog.getByText('SHA-256')).toBeVisible();
  const [json] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Report as JSON' }).click(),
  ]);
  const report = JSON.parse(await readFile(await json.path(), 'utf8')) as MasterReport;
  expect(report.file).toMatchObject({
    ...{ format: 'FLAC', sampleRate: 44100, bits: '16', dither: 'tpdf', bytes: flac.length },
    pcmSha256: createHash('sha256').update(pcm).digest('hex'),
  });
  // STREAMINFO has the MD5 of the same (RFC 9639, section 8.2), and players are told a title.
  expect(flac.subarray(26, 42).toString('hex')).toBe(createHash('md5').update(pcm).digest('hex'));
  expect(flac.includes('TITLE=Untitled')).toBe(true);
  expect(report.after.truePeakDbtp).toBeLessThanOrEqual(report.target.ceilingDbtp);
  // Without the noise that the lower rate has no room for it is a little softer; without the fade it would be over 1 LU off.
  expect(Math.abs((report.after.integratedLufs ?? 0) + 14)).toBeLessThanOrEqual(0.25);
  const [paper] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save report' }).click(),
  ]);
  expect(await readFile(await paper.path(), 'utf8')).toContain(report.file.pcmSha256);
  await dialog.getByRole('button', { name: 'Open report' }).click();
  const sheet = page.getByRole('dialog', { name: 'Report' });
  await expect(sheet.getByText(report.file.pcmSha256)).toBeVisible();
  await expect(sheet.getByRole('img', { name: 'Loudness over time' })).toBeVisible();
  await page.evaluate(() => {
    navigator.clipboard.writeText = async (text) => {
      document.title = text;
    };
  });
  await sheet.getByRole('button', { name: 'Copy as text' }).click();
  await expect(page).toHaveTitle(
    new RegExp(`^Untitled master.flac Ready to deliver: .*${report.file.pcmSha256}`),
  );
  const printed = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  expect(printed.match(/\/Type\s*\/Page\b/g)).toHaveLength(2);
  await page.keyboard.press('Escape');
  await expect(dialog.getByText('SHA-256')).toBeVisible();
  expect((await snapshotOf(page)).mastering.targetId).toBe('spotify');
});
