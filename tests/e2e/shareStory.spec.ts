import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { ServerProcess } from '../support/serverProcess';
import { noise, sine } from '../support/synth';
import { drop, openStudio, snapshotOf, stemFile } from './studioPage';

const slowly = { timeout: 90_000 };
const rateHz = 48_000;
const frames = 20 * rateHz;
const stems = () => [
  stemFile('Drums.wav', [noise(1, frames, 0.2), noise(2, frames, 0.2)]),
  stemFile('Bass.wav', [sine(55, rateHz, frames, 0.2)], rateHz, 16),
];

let server: ServerProcess;
const folder = mkdtempSync(join(tmpdir(), 'mixwell-story-'));

test.setTimeout(400_000);
test.beforeAll(async () => {
  server = await ServerProcess.start({ MIXWELL_STORE: folder, MIXWELL_LOG: 'debug' });
});
test.afterAll(async () => {
  await server.end();
  rmSync(folder, { recursive: true, force: true });
});

/** All that leaves a browser: addresses, headers (with the referrer) and bodies. */
function overhear(context: BrowserContext): string[] {
  const heard: string[] = [];
  context.on('request', async (request) => {
    heard.push(request.url(), request.postDataBuffer()?.toString('latin1') ?? '');
    heard.push(JSON.stringify(await request.allHeaders().catch(() => request.headers())));
  });
  return heard;
}

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Share', exact: true });

async function shareCopy(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await dialog(page).getByRole('radio', { name: 'Open as a copy' }).click(slowly);
  await dialog(page).getByRole('button', { name: 'Create link' }).click();
  await expect
    .poll(() => page.evaluate(async () => (await mixwell.sharing.open()).job()?.state()), slowly)
    .toBe('done');
  return dialog(page).getByRole('textbox', { name: 'Link' }).inputValue();
}

test('a session is shared, heard, copied, changed, shared again and taken back', async ({ browser }) => {
  const baseURL = server.origin;
  const [ida, jonas] = await Promise.all([
    browser.newContext({ baseURL, serviceWorkers: 'allow' }),
    browser.newContext({ baseURL, serviceWorkers: 'allow' }),
  ]);
  const heard = [overhear(ida), overhear(jonas)];
  const hers = await ida.newPage();
  await openStudio(hers);
  await drop(hers, stems(), 2);
  const first = await shareCopy(hers);

  const his = await jonas.newPage();
  await his.goto(first);
  await expect(his.getByRole('group', { name: 'Bass' })).toBeVisible(slowly);
  await his.getByRole('button', { name: 'Verify' }).click();
  await expect(his.getByText('Verified: the same bits')).toBeVisible(slowly);
  await his.getByRole('button', { name: 'Play' }).click();
  await his.getByRole('group', { name: 'Bass' }).getByRole('button', { name: 'Solo' }).click();
  await expect.poll(() => his.evaluate(() => mixwell.transport.playing()), slowly).toBe(true);

  await his.getByRole('button', { name: 'Open in the studio' }).click();
  await his.waitForFunction(() => globalThis.mixwell?.project().tracks.length === 2, undefined, slowly);
  expect(his.url()).toBe(`${baseURL}/`);
  const bass = his.getByRole('group', { name: 'Bass' });
  await bass.getByRole('slider', { name: 'Volume' }).press('PageDown');
  await expect(bass.getByRole('slider', { name: 'Volume' })).toHaveAttribute('aria-valuetext', '-3.0 dB');
  const second = await shareCopy(his);

  await hers.getByRole('button', { name: 'Close' }).click();
  const listening = await ida.newPage();
  await listening.goto(second);
  await expect(listening.getByRole('group', { name: 'Bass' }).getByRole('slider')).toHaveAttribute(
    'aria-valuetext',
    '-3.0 dB',
    slowly,
  );
  expect((await snapshotOf(hers)).tracks.map(({ params }) => params.volumeDb)).toEqual([0, 0]);

  await hers.bringToFront();
  await hers.getByRole('button', { name: 'Share', exact: true }).click();
  await dialog(hers).getByRole('button', { name: 'Stop sharing' }).click(slowly);
  await dialog(hers).getByRole('alert').locator('..').getByRole('button', { name: 'Stop sharing' }).click();
  await expect(dialog(hers).getByRole('button', { name: 'Create link' })).toBeVisible(slowly);
  await his.goto('about:blank');
  await his.goto(first);
  await expect(his.getByRole('heading', { name: 'This link was taken back' })).toBeVisible();

  const told = [...heard.flat(), server.log];
  expect(server.log).toContain('request');
  expect(heard.flat().length).toBeGreaterThan(100);
  for (const link of [first, second]) {
    const key = link.split('#')[1] ?? '';
    expect(key).toHaveLength(43);
    const raw = Buffer.from(key, 'base64url');
    const forms = [key, raw.toString('hex'), raw.toString('base64').replace('=', ''), raw.toString('latin1')];
    for (const form of forms) expect(told.filter((text) => text.includes(form))).toEqual([]);
  }
  await Promise.all([ida.close(), jonas.close()]);
});
