import { createHash } from 'node:crypto';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, type Request, test } from '@playwright/test';
import { noise, sine } from '../support/synth';
import { decode } from '../web/decoders/decode';
import { readLink } from './sharedSession';
import { drop, exportFile, openStudio, stemFile } from './studioPage';

const rateHz = 48_000;
const frames = 3 * rateHz;
const stems = () => [
  stemFile('Drums.wav', [noise(1, frames, 0.3), noise(2, frames, 0.3)]),
  stemFile('Bass.wav', [sine(55, rateHz, frames, 0.3)], rateHz, 16),
];

/** Bytes of pieces that the page sends. */
function countUploads(page: Page): { bytes: number; requests: number } {
  const sent = { bytes: 0, requests: 0 };
  page.on('request', (request: Request) => {
    if (request.method() !== 'PUT' || !new URL(request.url()).pathname.startsWith('/api/pieces/')) return;
    sent.requests++;
    sent.bytes += request.postDataBuffer()?.length ?? 0;
  });
  return sent;
}

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Share', exact: true });

async function openDialog(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(dialog(page).getByRole('radiogroup', { name: 'The recipient may' })).toBeVisible();
}

/** The last job has come to this. */
const reached = (page: Page, state: string) =>
  expect
    .poll(() => page.evaluate(async () => (await mixwell.sharing.open()).job()?.state()), { timeout: 60_000 })
    .toBe(state);
const done = (page: Page) => reached(page, 'done');

/** Waits for the end of what was begun, and gives the link. */
async function finished(page: Page): Promise<string> {
  await done(page);
  await expect(dialog(page).getByText('As it was today')).toBeVisible();
  return dialog(page).getByRole('textbox', { name: 'Link' }).inputValue();
}

async function shareAs(page: Page, right: string): Promise<string> {
  await dialog(page).getByRole('radio', { name: right, exact: true }).click();
  await dialog(page).getByRole('button', { name: 'Create link' }).click();
  return finished(page);
}

const pcmOf = (wav: Buffer) => wav.subarray(wav.indexOf('data') + 8);
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

test('a link to listen holds the mix and nothing else', async ({ page }) => {
  await openStudio(page);
  await drop(page, stems(), 2);
  await openDialog(page);
  const { manifest, read } = await readLink(await shareAs(page, 'Listen'));
  expect(manifest).toMatchObject({ right: 'listen', title: 'Untitled', project: null, revision: 1 });
  expect(manifest.mix).toMatchObject({ what: 'mix', sampleRateHz: rateHz, frames });
  expect(manifest.preview.mimeType).toBe('audio/webm; codecs="opus"');
  const waveform = Buffer.from(manifest.waveform, 'base64url');
  expect(waveform).toHaveLength(1200);
  expect(Math.max(...waveform)).toBeGreaterThan(60);
  const preview = await read(manifest.preview.file);
  const heard = await page.evaluate(
    async (bytes) => {
      const sound = await new OfflineAudioContext(2, 48_000, 48_000).decodeAudioData(
        Uint8Array.from(bytes).buffer,
      );
      const audio = new Audio(
        URL.createObjectURL(new Blob([Uint8Array.from(bytes)], { type: 'audio/webm' })),
      );
      await new Promise((resolve, reject) => {
        audio.onloadedmetadata = resolve;
        audio.onerror = reject;
      });
      return { length: sound.length, duration: audio.duration };
    },
    [...preview],
  );
  expect(Math.abs(heard.length - frames)).toBeLessThan(rateHz / 20);
  expect(heard.duration).toBeCloseTo(frames / rateHz, 1);
  await page.keyboard.press('Escape');
  const { bytes } = await exportFile(page, { bits: 24, dither: 'none' });
  expect(sha256(pcmOf(bytes))).toBe(manifest.mix.pcmSha256);
});

test('a link to edit holds the project and its sound, and the next sharing sends what has changed', async ({
  page,
}) => {
  test.slow();
  const sent = countUploads(page);
  await openStudio(page);
  await drop(page, stems(), 2);
  await openDialog(page);
  const link = await shareAs(page, 'Open as a copy');
  const first = await readLink(link);
  const project = first.manifest.project;
  if (!project) throw new Error('no project');
  expect(project.sources.map(({ ext, name }) => `${name} ${ext}`)).toEqual([
    'Bass.wav flac',
    'Drums.wav flac',
  ]);
  const document = JSON.parse(Buffer.from(await first.read(project.file)).toString());
  expect(Object.keys(document.sources).sort()).toEqual(project.sources.map(({ id }) => id).sort());
  for (const source of project.sources) {
    const original = stems().find(({ name }) => name === source.name);
    expect(sha256(original?.buffer ?? new Uint8Array())).toBe(source.id);
    const flac = await decode(await first.read(source.file));
    const data = pcmOf(original?.buffer ?? Buffer.alloc(0));
    const bytes = source.name === 'Bass.wav' ? 2 : 3;
    const { channels } = flac;
    const back = Buffer.alloc(data.length);
    for (let at = 0; at * bytes < data.length; at++) {
      const sample = channels[at % channels.length]?.[Math.floor(at / channels.length)] ?? Number.NaN;
      back.writeIntLE(sample * 2 ** (8 * bytes - 1), at * bytes, bytes);
    }
    expect(back.equals(data)).toBe(true);
  }
  const whole = sent.bytes;
  expect(whole).toBeGreaterThan(500_000);

  // Nothing has changed: only the manifest goes.
  await dialog(page).getByRole('button', { name: 'Update the link' }).click();
  await done(page);
  expect((await readLink(link)).manifest.revision).toBe(first.manifest.revision + 1);
  expect(sent.bytes).toBe(whole);

  // A fader: the document and the preview, and no audio.
  await page.keyboard.press('Escape');
  await page.evaluate(() =>
    mixwell.doc.commit('Master', [{ op: 'master.param', param: 'volumeDb', value: -3 }]),
  );
  await openDialog(page);
  await dialog(page).getByRole('button', { name: 'Update the link' }).click();
  await done(page);
  const { manifest } = await readLink(link);
  expect(manifest.mix.pcmSha256).not.toBe(first.manifest.mix.pcmSha256);
  expect(manifest.project?.sources).toEqual(project.sources);
  const changed = manifest.preview.file.bytes + (manifest.project?.file.bytes ?? 0);
  expect(sent.bytes - whole).toBeLessThan(changed + 200);
});

test('an upload is paused, cancelled and carried on after a reload, and stopped for good', async ({
  page,
}) => {
  test.slow();
  const sent = countUploads(page);
  await openStudio(page);
  await drop(page, stems(), 2);
  // Nothing larger than the preview gets through at first.
  let open = false;
  await page.context().route('**/api/pieces/*', async (route) => {
    const request = route.request();
    const large = request.method() === 'PUT' && (request.postDataBuffer()?.length ?? 0) > 500_000;
    if (large && !open) await route.abort('connectionfailed');
    else await route.continue();
  });
  await openDialog(page);
  await dialog(page).getByRole('radio', { name: 'Open as a copy' }).click();
  await dialog(page).getByRole('button', { name: 'Create link' }).click();
  await expect(dialog(page).getByText('The server is away: trying again')).toBeVisible({
    timeout: 60_000,
  });
  const link = await dialog(page).getByRole('textbox', { name: 'Link' }).inputValue();
  // The mix can be heard already.
  expect((await readLink(link)).manifest).toMatchObject({ right: 'edit', project: null });
  await dialog(page).getByRole('button', { name: 'Pause' }).click();
  await expect(dialog(page).getByText(/^Paused/)).toBeVisible();
  await dialog(page).getByRole('button', { name: 'Resume' }).click();
  await expect(dialog(page).getByText(/^Uploading, /)).toBeVisible();
  await dialog(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog(page).getByText('Only the mix can be heard yet')).toBeVisible();

  await page.reload();
  await page.waitForFunction(() => 'mixwell' in globalThis);
  open = true;
  const before = sent.requests;
  await openDialog(page);
  await dialog(page).getByRole('button', { name: 'Carry on' }).click();
  expect(await finished(page)).toBe(link);
  const { manifest } = await readLink(link);
  expect(manifest.project?.sources).toHaveLength(2);
  // The preview and the small file were there.
  expect(sent.requests - before).toBeLessThanOrEqual(2);

  await dialog(page).getByRole('button', { name: 'Stop sharing' }).click();
  await dialog(page).getByRole('alert').locator('..').getByRole('button', { name: 'Stop sharing' }).click();
  await expect(dialog(page).getByRole('button', { name: 'Create link' })).toBeVisible();
  await expect(readLink(link)).rejects.toMatchObject({ status: 410, code: 'revoked' });
});

test('stems, a password, and the list of links', async ({ page, context }) => {
  test.slow();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openStudio(page);
  await drop(page, stems(), 2);
  await openDialog(page);
  await dialog(page).getByRole('textbox', { name: 'Password' }).fill('open sesame');
  const link = await shareAs(page, 'Listen to the stems');
  await expect(readLink(link)).rejects.toThrow('does not open');
  const { manifest, read } = await readLink(link, 'open sesame');
  const names = manifest.project?.sources.map(({ name, ext }) => `${name} ${ext}`);
  expect(names).toEqual(['Bass flac', 'Drums flac']);
  for (const { file } of manifest.project?.sources ?? []) {
    expect((await decode(await read(file))).facts).toMatchObject({
      frames,
      channels: 2,
      format: 'FLAC, 24 bit',
    });
  }
  await dialog(page).getByRole('button', { name: 'Copy link' }).click();
  await expect(dialog(page).getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
  await dialog(page).getByRole('button', { name: 'All links' }).click();
  const row = dialog(page).getByRole('list', { name: 'Your links' }).getByRole('listitem');
  await expect(row).toContainText('Listen to the stems · password');
  const results = await new AxeBuilder({ page }).include('[role="dialog"]').analyze();
  expect(results.violations.map(({ id }) => id)).toEqual([]);
  await row.getByRole('button', { name: 'Stop sharing Untitled' }).click();
  await dialog(page).getByRole('button', { name: 'Stop sharing', exact: true }).click();
  await expect(dialog(page).getByText('No link of yours can be opened now.')).toBeVisible();
});

test('a browser that encodes no Opus makes a preview in FLAC', async ({ page }) => {
  await page.route('**/assets/shareWorker-*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `delete globalThis.AudioEncoder;${await response.text()}` });
  });
  await openStudio(page);
  await drop(page, stems(), 2);
  await openDialog(page);
  const { manifest, read } = await readLink(await shareAs(page, 'Listen'));
  expect(manifest.preview.mimeType).toBe('audio/flac');
  const { facts, channels } = await decode(await read(manifest.preview.file));
  expect(facts).toMatchObject({ frames, channels: 2, format: 'FLAC, 16 bit' });
  const peak = (channels[0] ?? new Float32Array(0)).reduce(
    (most, sample) => Math.max(most, Math.abs(sample)),
    0,
  );
  const columns = Math.max(...Buffer.from(manifest.waveform, 'base64url'));
  expect(Math.abs(columns / 255 - peak)).toBeLessThan(0.1);
});
