import { expect, type Locator, type Page, test } from '@playwright/test';
import { nodeEngine } from '../support/nodeEngine';
import { firstDifference, isSilent, renderProject } from '../support/offline';
import { noise, sine } from '../support/synth';
import {
  addDevice,
  clickAt,
  laneOf,
  pointsOf,
  runCommand,
  strip,
  trackOf,
  typeValue,
  unfoldLanes,
} from './deskHands';
import type { MadeFile } from './madeFiles';
import { drop, exportFile, floatWav, hear, openStudio, type Sound, snapshotOf, stemFile } from './studioPage';

const rateHz = 48_000;
const frames = 6 * rateHz;
/** Nothing is played in the last second: what sounds there is the room. */
const playedFrames = 5 * rateHz;
const at = (seconds: number) => Math.round(seconds * rateHz);

const shaped = (sound: Float32Array, level: (seconds: number) => number) =>
  sound.map((sample, frame) => (frame < playedFrames ? sample * level(frame / rateHz) : 0));
const chord = (...notesHz: number[]) => {
  const notes = notesHz.map((hz) => sine(hz, rateHz, frames, 0.5 / notesHz.length));
  return notes.reduce((sum, note) => sum.map((sample, frame) => sample + (note[frame] ?? 0)));
};
/** Struck at each of so many places a second, and dying away. */
const struck = (perSecond: number, decayPerSecond: number) => (seconds: number) =>
  Math.exp(-decayPerSecond * (seconds % (1 / perSecond)));

const stems = (): MadeFile[] => [
  stemFile('01_Kick In.wav', [shaped(sine(60, rateHz, frames, 0.8), struck(1, 12))]),
  stemFile('02_Bass DI.wav', [shaped(chord(110, 220, 330), () => 0.8)]),
  stemFile(
    '03_Guitar.wav',
    [chord(330, 660, 1500), chord(331, 659, 1501)].map((side) => shaped(side, struck(2, 4))),
  ),
  stemFile('04_Keys.wav', [shaped(chord(262, 392, 523), () => 0.7)], rateHz, '32f'),
  stemFile(
    '05_Lead Vox.wav',
    [noise(1, frames, 0.3), noise(2, frames, 0.3)].map((side) => shaped(side, struck(1.5, 3))),
  ),
];
const names = ['Kick In', 'Bass DI', 'Guitar', 'Keys', 'Lead Vox'];

const panelOf = (page: Page, name: string) => page.getByRole('group', { name, exact: true });
const numberOf = (panel: Locator, name: string) =>
  panel.getByRole('group', { name: 'Values' }).getByRole('slider', { name, exact: true });

async function drag(page: Page, from: Locator, by: { x: number; y: number }): Promise<void> {
  const box = await from.boundingBox();
  if (!box) throw new Error('what is dragged is not shown');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + by.x, y + by.y, { steps: 4 });
  await page.mouse.up();
}

/** EQ and compressor of one strip: from the picker, then one number typed and one point dragged in each panel. */
async function treat(page: Page, name: string, freqHz: string, thresholdDb: string): Promise<void> {
  await addDevice(page, name, 'eq');
  const eq = panelOf(page, 'EQ');
  await eq.getByRole('button', { name: 'Band 2', exact: true }).click();
  await typeValue(numberOf(eq, 'Freq'), freqHz);
  await drag(page, eq.getByRole('slider', { name: 'Band 2 in the picture' }), { x: 0, y: -14 });
  await addDevice(page, name, 'compressor');
  const compressor = panelOf(page, 'Compressor');
  await typeValue(numberOf(compressor, 'Threshold'), thresholdDb);
  await drag(page, numberOf(compressor, 'Ratio'), { x: 0, y: -80 });
  const { params } = await trackOf(page, name);
  expect(params['eq.on']).toBe(1);
  expect(params['eq.band2.gainDb']).toBeGreaterThan(1);
  expect(params['compressor.on']).toBe(1);
  expect(params['compressor.thresholdDb']).toBe(Number(thresholdDb));
  expect(params['compressor.ratio']).toBeGreaterThan(4);
}

async function makeMix(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Mix' }).click();
  await treat(page, 'Kick In', '80', '-12');
  await treat(page, 'Guitar', '2k', '-20');
  await treat(page, 'Keys', '400', '-24');
  await treat(page, 'Lead Vox', '3k', '-22');
  // The voice is late by this, and all else waits for it.
  const vox = panelOf(page, 'Compressor');
  await vox.getByRole('button', { name: 'All values' }).click();
  await typeValue(vox.getByRole('slider', { name: 'Lookahead' }), '3');
  await vox.getByRole('button', { name: 'All values' }).click();

  await treat(page, 'Bass DI', '150', '-30');
  const bass = panelOf(page, 'Compressor');
  await bass.getByRole('button', { name: 'More for Compressor' }).click();
  await page.getByRole('menuitem', { name: /Side-chain from/ }).press('ArrowRight');
  await page.getByRole('menuitemcheckbox', { name: 'Kick In' }).press('Enter');
  await expect
    .poll(async () => (await trackOf(page, 'Bass DI')).compressorKeyId)
    .toBe((await trackOf(page, 'Kick In')).id);

  await runCommand(page, 'return with reverb');
  const reverb = await trackOf(page, 'Reverb');
  for (const name of ['Guitar', 'Keys', 'Lead Vox']) {
    const send = strip(page, name).getByRole('slider', { name: 'Send to Reverb' });
    await send.click();
    await send.press('PageUp');
    const { sends } = await trackOf(page, name);
    expect(sends.map(({ toId, gainDb }) => [toId, gainDb])).toEqual([[reverb.id, -9]]);
  }
}

/** The keys fall from 1 to 3 s, by pointer; a bell of the guitar rises at 2.5 s, by keys alone. */
async function drawLanes(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Arrange' }).click();
  await unfoldLanes(page, 'Keys');
  const volume = laneOf(page, /^Volume of Keys over time/);
  await clickAt(page, volume, at(1), 0.35);
  await clickAt(page, volume, at(3), 0.6);

  await unfoldLanes(page, 'Guitar');
  const parameter = page.getByRole('button', { name: 'Parameter: Volume' }).first();
  await parameter.press('Enter');
  for (const name of ['EQ', 'Band 2'])
    await page.getByRole('menuitem', { name, exact: true }).press('ArrowRight');
  await page.getByRole('menuitemcheckbox', { name: 'Gain' }).press('Enter');
  const bell = laneOf(page, /^Band 2 gain of Guitar over time/);
  await expect(bell).toBeFocused();
  for (const [place, key, presses] of [
    ['0:00', 'ArrowDown', 3],
    ['0:02.5', 'ArrowUp', 12],
  ] as const) {
    await runCommand(page, `at ${place}`);
    await expect(bell).toBeFocused();
    await page.keyboard.press('Enter');
    for (let press = 0; press < presses; press++) await page.keyboard.press(`Shift+${key}`);
  }
}

/** What an export writes now. */
const exported = async (page: Page): Promise<Sound> =>
  floatWav((await exportFile(page, { bits: '32f' })).bytes);

async function expectHeard(page: Page, heardFrames: number, song: Sound): Promise<void> {
  await page.getByRole('button', { name: 'Return to start' }).click();
  const heard = await hear(page, heardFrames);
  expect(isSilent(heard)).toBe(false);
  expect(heard.left.length).toBeGreaterThanOrEqual(heardFrames);
  const length = Math.min(heard.left.length, song.left.length);
  expect(firstDifference(heard.left.slice(0, length), song.left.slice(0, length))).toBe(-1);
  expect(firstDifference(heard.right.slice(0, length), song.right.slice(0, length))).toBe(-1);
}

const decibels = (power: number) => 10 * Math.log10(power + 1e-20);
/** The level of a stretch of the left side. */
function levelDb({ left }: Sound, fromSeconds: number, toSeconds: number): number {
  const part = left.subarray(at(fromSeconds), at(toSeconds));
  return decibels(part.reduce((sum, sample) => sum + sample * sample, 0) / part.length);
}
/** The level of one frequency in a tenth of a second of the left side. */
function toneDb({ left }: Sound, hz: number, fromSeconds: number): number {
  let [real, imaginary] = [0, 0];
  left.subarray(at(fromSeconds), at(fromSeconds + 0.1)).forEach((sample, frame) => {
    const angle = (2 * Math.PI * hz * frame) / rateHz;
    real += sample * Math.cos(angle);
    imaginary += sample * Math.sin(angle);
  });
  return decibels((real * real + imaginary * imaginary) / at(0.1) ** 2);
}

async function exportedAlone(page: Page, name: string): Promise<Sound> {
  const solo = strip(page, name).getByRole('button', { name: 'Solo' });
  await solo.click();
  const alone = await exported(page);
  await solo.click();
  return alone;
}

test('a mix of five stems made by hand: what is heard is what is exported, with all that was made in it', async ({
  page,
}) => {
  test.setTimeout(480_000);
  page.setDefaultTimeout(30_000);
  const files = stems();
  await openStudio(page);
  await drop(page, files, 5);
  expect((await snapshotOf(page)).tracks.map(({ name }) => name)).toEqual(names);
  await makeMix(page);
  await drawLanes(page);
  const volume = await pointsOf(page, 'Keys', 'volumeDb');
  expect(volume.map(({ frame }) => frame)).toEqual([at(1), at(3)]);
  const bell = await pointsOf(page, 'Guitar', 'eq.band2.gainDb');
  expect(bell.map(({ frame }) => frame)).toEqual([0, at(2.5)]);

  const song = await exported(page);
  expect(song.left.length).toBe(frames);
  await test.step('live = export = Node', async () => {
    await expectHeard(page, at(4.25), song);
    const made = await snapshotOf(page);
    const named = Object.entries(made.sources).map(([id, source]) => {
      const file = files.find(({ name }) => name === source.name);
      return [id, new Uint8Array(file?.buffer ?? [])] as const;
    });
    const inNode = await renderProject(await nodeEngine(), made, new Map(named), { startFrame: 0, frames });
    expect(firstDifference(inNode.left, song.left)).toBe(-1);
    expect(firstDifference(inNode.right, song.right)).toBe(-1);
  });

  await test.step('the bass ducks under the kick, which is not heard with it', async () => {
    const bass = await exportedAlone(page, 'Bass DI');
    for (const beat of [1, 2, 3, 4]) {
      const ducked = levelDb(bass, beat + 0.05, beat + 0.15);
      expect(levelDb(bass, beat - 0.2, beat - 0.02) - ducked).toBeGreaterThan(6);
    }
  });

  await test.step('the keys follow their lane', async () => {
    const keys = await exportedAlone(page, 'Keys');
    const fall = (volume[0]?.value ?? 0) - (volume[1]?.value ?? 0);
    expect(fall).toBeGreaterThan(12);
    expect(Math.abs(levelDb(keys, 0.5, 0.9) - levelDb(keys, 4, 4.8) - fall)).toBeLessThan(1.5);
  });

  await test.step('the room sounds on when all else is silent, and falls', async () => {
    const roomDb = [levelDb(song, 5.1, 5.2), levelDb(song, 5.5, 5.6), levelDb(song, 5.9, 6)] as const;
    expect(roomDb[0]).toBeGreaterThan(-60);
    expect(roomDb[1]).toBeLessThan(roomDb[0] - 6);
    expect(roomDb[2]).toBeLessThan(roomDb[1] - 6);
    const mute = strip(page, 'Reverb').getByRole('button', { name: 'Mute' });
    await mute.click();
    expect(levelDb(await exported(page), 5.1, 6)).toBeLessThan(-120);
    await mute.click();
  });

  await test.step('undo takes a lane out of both', async () => {
    const bite = (sound: Sound, seconds: number) =>
      toneDb(sound, 1500, seconds) - toneDb(sound, 330, seconds);
    const before = await exportedAlone(page, 'Guitar');
    expect(bite(before, 4.1) - bite(before, 0.1)).toBeGreaterThan(6);
    await expect(async () => {
      await page.getByRole('button', { name: 'Undo' }).click();
      expect(await pointsOf(page, 'Guitar', 'eq.band2.gainDb')).toEqual([]);
    }).toPass({ intervals: [0] });
    const after = await exportedAlone(page, 'Guitar');
    expect(Math.abs(bite(after, 4.1) - bite(after, 0.1))).toBeLessThan(2);
    const without = await exported(page);
    expect(firstDifference(without.left, song.left)).not.toBe(-1);
    await expectHeard(page, at(1), without);
  });
});
