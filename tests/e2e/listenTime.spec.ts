import { expect, test } from '@playwright/test';
import { toBase64url, toHex } from '../../web/src/share/encoding';
import { randomBytes } from '../../web/src/share/keys';
import { publishShare, sealShare } from '../support/sealedShare';
import { sharedSong } from '../support/sharedSong';
import { opusPreview } from './opusPreview';

const seconds = 240;
const song = sharedSong([{ name: 'Drums', hz: 110 }], 5);

// What traces a page slows it down.
test.use({ trace: 'off' });
test.setTimeout(180_000);

test('a session of 1 GB sounds after its first piece, on a line of 10 Mbit/s', async ({
  page,
  context,
  browser,
  baseURL,
}) => {
  const origin = baseURL as string;
  const long = await opusPreview(browser, origin, seconds);
  const big = 64 << 20;
  const ids = (count: number) => Array.from({ length: count }, () => toHex(randomBytes(32)));
  const sources = ids(16).map((id, index) => ({
    id,
    name: `Stem ${index + 1}.wav`,
    ext: 'flac',
    file: {
      key: toBase64url(randomBytes(32)),
      sha256: toHex(randomBytes(32)),
      bytes: big,
      chunksPerPiece: 4,
      pieces: ids(big / (4 << 20)).map((piece) => ({ id: piece, bytes: 4 * ((1 << 20) + 16) })),
    },
  }));
  const { manifest, bodies } = await sealShare({
    right: 'edit',
    title: 'Glass Harbour',
    mix: { ...song.mix, frames: seconds * 48_000 },
    markers: [],
    project: { json: song.json, sources: song.sources },
    preview: { bytes: long, mimeType: 'audio/webm; codecs="opus"' },
  });
  const { project } = manifest;
  const gigabyte = { ...manifest, project: project && { ...project, sources } };
  const { text } = await publishShare(origin, { manifest: gigabyte, bodies }, { withoutPieces: true });
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 30,
    downloadThroughput: 10e6 / 8,
    uploadThroughput: 10e6 / 8,
  });
  let pieces = 0;
  page.on('response', (answer) => {
    if (answer.url().includes('/pieces/')) pieces++;
  });
  // A hand that presses Play as soon as it is there.
  await page.addInitScript(() => {
    const look = () => {
      document.querySelector<HTMLElement>('button[aria-label="Play"]')?.click();
      const shown = document.querySelector('[role="timer"]')?.textContent ?? '0:00.0';
      // The song is that far already when its time is seen to move.
      const playedMs = 1000 * Number(shown.split(':')[1]);
      if (playedMs === 0) requestAnimationFrame(look);
      else Object.assign(globalThis, { soundedMs: performance.now() - playedMs });
    };
    requestAnimationFrame(look);
  });
  await page.goto(text, { waitUntil: 'commit' });
  const sounded = await page.waitForFunction(() => (globalThis as { soundedMs?: number }).soundedMs);
  const soundedMs = Number(await sounded.jsonValue());
  console.info(`first sound ${(soundedMs / 1000).toFixed(2)} s after the navigation`);
  expect(manifest.preview.file.pieces.length).toBeGreaterThan(3);
  // The first piece is here, the next one may be, and another on its way.
  expect(pieces).toBeLessThanOrEqual(3);
});
