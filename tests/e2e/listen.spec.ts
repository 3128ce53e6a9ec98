import { expect, type Page, test } from '@playwright/test';
import type { Bytes } from '../../web/src/share/encoding';
import { linkText } from '../../web/src/share/link';
import { ShareServer } from '../../web/src/share/shareServer';
import { publishShare, type ShareContent, sealShare } from '../support/sealedShare';
import { sharedSong } from '../support/sharedSong';
import { opusPreview } from './opusPreview';

const seconds = 30;
/** The first time, code and engine have to come. */
const slowly = { timeout: 60_000 };

test.setTimeout(180_000);

const song = sharedSong(
  [
    { name: 'Drums', hz: 110 },
    { name: 'Bass', hz: 55 },
    { name: 'Lead vocal', hz: 440 },
  ],
  seconds,
);
let preview: Bytes;
let origin: string;

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
  origin = baseURL as string;
  preview = await opusPreview(browser, origin, seconds);
});

const positionOf = (page: Page) =>
  page
    .getByRole('timer', { name: 'Position' })
    .textContent()
    .then((text) => Number(text?.split(':')[1]));

const stem = (page: Page, name: string) => page.getByRole('group', { name, exact: true });

test.describe('a link to listen', () => {
  test('has title, wave and a button to play at once, and sounds', async ({ page }) => {
    const { text } = await publishShare(origin, await sealShare(content('listen')));
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
    await expect.poll(() => positionOf(page)).toBeCloseTo(15, 0);
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => positionOf(page)).toBeCloseTo(10, 0);
    await page.keyboard.press('Enter');
    await expect.poll(() => positionOf(page)).toBe(0);
  });

  test('shows names as they are written, whatever is in them', async ({ page }) => {
    const title = '<img src=x onerror="document.title=1">';
    const share = await sealShare({ ...content('listen'), title });
    await page.goto((await publishShare(origin, share)).text);
    await expect(page.getByRole('heading', { name: title })).toBeVisible();
    await expect(page).toHaveTitle(`${title} · Mixwell`);
    await expect(page.locator('img')).toHaveCount(0);
  });

  test('says so where the server gives out an older state than before', async ({ page }) => {
    const share = await sealShare(content('listen'));
    const newer = await sealShare({ ...content('listen'), revision: 3 });
    const published = await publishShare(origin, share);
    await published.again(newer, 2);
    await page.goto(published.text);
    await expect(page.getByRole('heading', { name: 'Glass Harbour' })).toBeVisible();
    await published.again(share, 3);
    await page.reload();
    await expect(page.getByRole('alert')).toContainText('older state of the session');
  });

  test('asks for its password, says when it is wrong, and opens', async ({ page }) => {
    const share = await sealShare(content('listen'));
    await page.goto((await publishShare(origin, share, { password: 'tide' })).text);
    const field = page.getByRole('textbox', { name: 'Password' });
    await field.fill('ebb');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toContainText('not the password');
    await field.fill('tide');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Glass Harbour' })).toBeVisible();
  });
});

test('a link that does not open says why', async ({ page }) => {
  const share = await sealShare(content('listen'));
  const { link, token, text } = await publishShare(origin, share);
  const opens = async (address: string, title: string) => {
    await page.goto('about:blank');
    await page.goto(address);
    await expect(page.getByRole('heading', { name: title })).toBeVisible();
  };
  await opens(text.slice(0, -8), 'The link is not complete');
  await opens(linkText({ ...link, key: new Uint8Array(32) }), 'The key does not fit');
  const elsewhere = `${link.id.slice(0, -2)}AA`;
  await opens(linkText({ ...link, id: elsewhere }), 'There is no session at this link');
  await new ShareServer(origin).revoke(link.id, token);
  await opens(text, 'This link was taken back');
  await page.route('**/api/shares/**', (route) => route.abort());
  await opens(text, 'The server can’t be reached');
  await expect(page.getByRole('button', { name: 'Try again now' })).toBeVisible();
});

test.describe('a link with stems', () => {
  test('solos a stem where the mix has come to, and goes back to the mix', async ({ page }) => {
    await page.goto((await publishShare(origin, await sealShare(content('stems')))).text);
    await expect(stem(page, 'Bass')).toBeVisible(slowly);
    await page.getByRole('button', { name: 'Play' }).click();
    await expect.poll(() => positionOf(page)).toBeGreaterThan(0.2);
    await stem(page, 'Bass').getByRole('button', { name: 'Solo' }).click();
    await expect.poll(() => page.evaluate(() => mixwell.transport.playing())).toBe(true);
    const before = await positionOf(page);
    await expect.poll(() => positionOf(page)).toBeGreaterThan(before + 0.3);
    await expect(stem(page, 'Drums').getByRole('button', { name: 'Mute' })).toHaveClass(/silenced/);
    await stem(page, 'Lead vocal').getByRole('slider', { name: 'Volume' }).press('PageDown');
    await page.getByRole('button', { name: 'Back to the mix' }).click();
    await expect(stem(page, 'Bass').getByRole('button', { name: 'Solo' })).toHaveAttribute(
      'aria-pressed',
      'false',
    );
    await expect.poll(() => page.evaluate(() => mixwell.transport.playing())).toBe(false);
    await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  });

  test('plays on without a stem that is damaged, names it, and tells the server', async ({ page }) => {
    const share = await sealShare(content('stems'));
    const bass = share.manifest.project?.sources.find(({ name }) => name === 'Bass.wav');
    const id = bass?.file.pieces[0]?.id ?? '';
    const { text } = await publishShare(origin, share);
    await page.route(`**/pieces/${id}`, async (route) => {
      const body = Buffer.from(share.bodies.get(id) as Bytes);
      body[1000] = (body[1000] as number) ^ 1;
      await route.fulfill({ body });
    });
    const told = page.waitForRequest((request) => request.url().endsWith('/damaged'), slowly);
    await page.goto(text);
    expect((await told).postDataJSON()).toEqual({ piece: id });
    await expect(page.getByRole('alert').first()).toContainText('“Bass.wav” is damaged', slowly);
    await page.getByRole('button', { name: 'Play' }).click();
    await stem(page, 'Drums').getByRole('button', { name: 'Solo' }).click();
    await expect.poll(() => page.evaluate(() => mixwell.transport.playing())).toBe(true);
  });
});

test.describe('a link to carry on', () => {
  test('says whether the project renders to the bits that were shared', async ({ page }) => {
    await page.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
    await page.goto((await publishShare(origin, await sealShare(content('edit')))).text);
    await page.getByRole('button', { name: 'Verify' }).click(slowly);
    await expect(page.getByText('The bits differ')).toBeVisible(slowly);
    const hash = await page.evaluate(async () => {
      const settings = { ...mixwell.exporter.defaults(), what: 'mix' as const, bits: 24 as const };
      const job = mixwell.exporter.run({ ...settings, dither: 'none' });
      while (job.state() !== 'done') await new Promise((resolve) => setTimeout(resolve, 50));
      return job.files()[0]?.sha256 ?? '';
    });
    const share = await sealShare({ ...content('edit'), mix: { ...song.mix, pcmSha256: hash } });
    await page.goto((await publishShare(origin, share)).text);
    await page.getByRole('button', { name: 'Verify' }).click(slowly);
    await expect(page.getByText('Verified: the same bits')).toBeVisible(slowly);
  });

  test('opens in the studio as a project of one’s own, key gone from the address', async ({ page }) => {
    const { text } = await publishShare(origin, await sealShare(content('edit')), { password: 'tide' });
    await page.goto(text);
    await page.getByRole('textbox', { name: 'Password' }).fill('tide');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Open in the studio' }).click();
    const dialog = page.getByRole('dialog', { name: 'This session has a password' });
    await dialog.getByRole('textbox', { name: 'Password' }).fill('ebb', slowly);
    await page.keyboard.press('Enter');
    await expect(dialog.getByRole('alert')).toContainText('not the password');
    await dialog.getByRole('textbox', { name: 'Password' }).fill('tide');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Glass Harbour' })).toBeVisible(slowly);
    expect(page.url()).toBe(`${origin}/`);
    await expect(page.getByRole('group', { name: 'Lead vocal' })).toBeVisible(slowly);
  });

  test('makes nothing where a part of it is damaged', async ({ page }) => {
    const share = await sealShare(content('edit'));
    const id = share.manifest.project?.sources[2]?.file.pieces[0]?.id ?? '';
    const { link, text } = await publishShare(origin, share);
    await page.route(`**/pieces/${id}`, (route) => route.fulfill({ body: Buffer.alloc(5_000_000) }));
    const key = text.split('#')[1];
    await page.goto(`/#open=${link.id}.${key}`);
    await expect(page.getByRole('alert')).toContainText('“Lead vocal.wav” is damaged on the server', slowly);
    expect(await page.evaluate(() => mixwell.project().tracks.length)).toBe(0);
  });
});

test.describe('without a network', () => {
  test.use({ serviceWorkers: 'allow' });

  test('the studio opens, with the copy in it', async ({ page, context }) => {
    const { link, text } = await publishShare(origin, await sealShare(content('edit')));
    await page.goto(`/#open=${link.id}.${text.split('#')[1]}`);
    await expect(page.getByRole('group', { name: 'Lead vocal' })).toBeVisible(slowly);
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    await page.evaluate(() => mixwell.flush());
    await context.setOffline(true);
    await page.reload();
    await expect(page.getByRole('group', { name: 'Lead vocal' })).toBeVisible(slowly);
    expect(await page.evaluate(() => globalThis.crossOriginIsolated)).toBe(true);
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await expect.poll(() => page.evaluate(() => mixwell.transport.positionFrames())).toBeGreaterThan(4800);
    const kept = await page.evaluate(async () => {
      const names = await caches.keys();
      const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return requests.flat().map(({ url }) => url);
    });
    expect(kept.filter((url) => url.includes('/api/') || url.includes('#'))).toEqual([]);
  });
});
