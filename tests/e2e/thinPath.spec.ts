import { expect, test } from '@playwright/test';
import { nodeEngine } from '../support/nodeEngine';
import { firstDifference, isSilent, renderProject } from '../support/offline';
import { noise } from '../support/synth';
import { drop, exportFile, floatWav, hear, openStudio, snapshotOf, stemFile } from './studioPage';

const frames = 2 * 48000 + 1234;

test('one WAV: audio thread = render worker = Node, to the bit @plain', async ({ page }) => {
  await openStudio(page);
  const stem = stemFile('Noise.wav', [noise(1, frames), noise(2, frames)]);
  await drop(page, [stem], 1);
  const project = await snapshotOf(page);
  const [track] = project.tracks;
  await page.evaluate((trackId) => {
    mixwell.doc.commit('Turn', [
      { op: 'track.param', trackId, param: 'volumeDb', value: -3.7 },
      { op: 'track.param', trackId, param: 'pan', value: -31 },
    ]);
  }, track?.id as string);

  const heard = await hear(page, 60_000);
  expect(isSilent(heard)).toBe(false);

  const exported = await exportFile(page, { bits: '32f' });
  const written = floatWav(exported.bytes);
  expect(written.left.length).toBe(frames);
  const length = Math.min(heard.left.length, frames);
  expect(firstDifference(heard.left.slice(0, length), written.left.slice(0, length))).toBe(-1);
  expect(firstDifference(heard.right.slice(0, length), written.right.slice(0, length))).toBe(-1);

  const after = await snapshotOf(page);
  const sourceId = Object.keys(after.sources)[0] as string;
  const files = new Map([[sourceId, new Uint8Array(stem.buffer)]]);
  const inNode = await renderProject(await nodeEngine(), after, files, { startFrame: 0, frames });
  expect(firstDifference(inNode.left, written.left)).toBe(-1);
  expect(firstDifference(inNode.right, written.right)).toBe(-1);
});
