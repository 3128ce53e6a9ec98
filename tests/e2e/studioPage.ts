import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import type { ExportedFile, ExportSettings } from '../../web/src/bridge/exportTypes';
import type { SessionStudio } from '../../web/src/bridge/studio';
import type { Report } from '../../web/src/mastering/report';
import type { ProjectSnapshot } from '../../web/src/model/types';
import { type WavBits, wavFile } from '../support/synth';
import type { MadeFile } from './madeFiles';

declare global {
  /** The studio of a page under remote control. */
  var mixwell: SessionStudio;
  var chosen: { job: ReturnType<SessionStudio['exporter']['run']> };
}

/** Sound as the browser hands it to the test. */
export interface Sound {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

export function stemFile(
  name: string,
  channels: readonly Float32Array[],
  sampleRateHz = 48000,
  bits: WavBits = 24,
): MadeFile {
  return { name, mimeType: 'audio/wav', buffer: Buffer.from(wavFile(channels, sampleRateHz, bits)) };
}

/** Opens the studio as a browser without file dialogs has it, where exports are downloads. */
export async function openStudio(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Reflect.deleteProperty(window, 'showSaveFilePicker');
    Reflect.deleteProperty(window, 'showDirectoryPicker');
  });
  await page.goto('/');
  await page.waitForFunction(() => 'mixwell' in globalThis);
}

export async function drop(page: Page, files: readonly MadeFile[], tracks: number): Promise<void> {
  await page.getByLabel('Audio files').setInputFiles([...files]);
  await page.waitForFunction((count) => mixwell.project().tracks.length === count, tracks);
  await expect.poll(() => page.evaluate(() => mixwell.files.imports().length)).toBe(0);
}

export function snapshotOf(page: Page): Promise<ProjectSnapshot> {
  return page.evaluate(() => mixwell.project());
}

/** Plays by the Play button and records what leaves the engine in the audio thread, until so many frames are there. */
export async function hear(page: Page, frames: number): Promise<Sound> {
  await page.evaluate(() => mixwell.captureTap.begin());
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await page.waitForFunction((enough) => mixwell.captureTap.frames >= enough, frames, { polling: 50 });
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  return endCapture(page);
}

export async function endCapture(page: Page): Promise<Sound> {
  const [left, right] = await page.evaluate(async () => {
    const { left, right } = await mixwell.captureTap.end();
    const base64 = async (samples: Float32Array) => {
      const blob = new Blob([samples as Float32Array<ArrayBuffer>]);
      const url = await new Promise<string>((resolve) => {
        const reader = new FileReader();
        reader.onload = () => resolve(reader.result as string);
        reader.readAsDataURL(blob);
      });
      return url.slice(url.indexOf(',') + 1);
    };
    return [await base64(left), await base64(right)] as const;
  });
  return { left: floats(Buffer.from(left, 'base64')), right: floats(Buffer.from(right, 'base64')) };
}

/** Exports by the studio's own exporter, and reads what was downloaded. */
export async function exportFile(
  page: Page,
  settings: Partial<ExportSettings> = {},
): Promise<{
  path: string;
  name: string;
  bytes: Buffer;
  files: readonly ExportedFile[];
  report: Report | null;
}> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.evaluate((changes) => {
      globalThis.chosen = { job: mixwell.exporter.run({ ...mixwell.exporter.defaults(), ...changes }) };
    }, settings),
  ]);
  const path = await download.path();
  const [files, report] = await page.evaluate(() => [chosen.job.files(), chosen.job.report()] as const);
  return { path, name: download.suggestedFilename(), bytes: await readFile(path), files, report };
}

/** The sound data of a stereo WAV of 32-bit floats. */
export function floatWav(bytes: Buffer): Sound {
  const at = bytes.indexOf('data') + 8;
  const interleaved = floats(bytes.subarray(at, at + bytes.readUInt32LE(at - 4)));
  const frames = interleaved.length / 2;
  const channel = (n: number) => Float32Array.from({ length: frames }, (_, f) => interleaved[2 * f + n] ?? 0);
  return { left: channel(0), right: channel(1) };
}

function floats(bytes: Buffer): Float32Array {
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}
