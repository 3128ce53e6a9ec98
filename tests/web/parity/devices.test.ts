import { describe, expect, it } from 'vitest';
import { type DeviceInfo, devices, type ParamInfo } from '../../../web/src/generated/devices';
import { Project } from '../../../web/src/model/project';
import { freshInsert, freshTrack } from '../../../web/src/model/strip';
import {
  type AudioSource,
  type Patch,
  type Point,
  pointShapes,
  sampleRatesHz,
} from '../../../web/src/model/types';
import { renderNatively } from '../../support/nativeRender';
import { nodeEngine } from '../../support/nodeEngine';
import { firstDifference, isSilent, renderProject } from '../../support/offline';
import { type Dice, dice } from '../../support/randomProject';
import { noise, wavFile } from '../../support/synth';

const seconds = 1.1;
const lanesPerDevice = 8;

/** Chirps that come and go over noise, with a rest, so that gates close and tails are heard. */
function sound(seed: number, rateHz: number): Float32Array {
  const frames = Math.round(seconds * rateHz);
  const hiss = noise(seed, frames, 0.25);
  return hiss.map((sample, frame) => {
    const time = frame / rateHz;
    if (time > 0.5 && time < 0.7) return 0;
    const chirp = Math.sin(2 * Math.PI * (60 * time + 1500 * time * time * time));
    return (sample + 0.6 * chirp) * (1 - ((4 * time) % 1) * 0.9);
  });
}

function randomValue(roll: Dice, { kind, min, max, curve, choices }: ParamInfo): number {
  if (kind === 'switch') return roll(4) > 0 ? 1 : 0;
  if (kind === 'choice') return roll(choices.length);
  const place = roll(1001) / 1000;
  return curve === 'logarithmic' ? Math.min(max, min * (max / min) ** place) : min + (max - min) * place;
}

function randomPoints(roll: Dice, info: ParamInfo): Point[] {
  const frames = Array.from({ length: 2 + roll(6) }, () => roll(Math.round(seconds * 48_000)));
  return [...new Set(frames)]
    .sort((a, b) => a - b)
    .map((frame) => ({
      frame,
      value: randomValue(roll, info),
      shape: info.kind === 'continuous' ? (pointShapes[roll(3)] ?? 'linear') : 'hold',
      bend: (roll(201) - 100) / 100,
    }));
}

/** A song of one sound through one device, all of whose values are anything, and some of them move. */
function songThrough({ id, params }: DeviceInfo, seed: number) {
  const roll = dice(seed);
  const sampleRateHz = sampleRatesHz[roll(sampleRatesHz.length)] ?? 48_000;
  const sides = [sound(seed, sampleRateHz), sound(seed + 1, sampleRateHz)];
  const file = wavFile(sides, sampleRateHz, '32f');
  const frames = sides[0]?.length ?? 0;
  const source: AudioSource = {
    id: '1'.repeat(64),
    name: 'Sound.wav',
    ext: 'wav',
    channels: 2,
    frames,
    originalSampleRateHz: sampleRateHz,
    originalFrames: frames,
    format: 'WAV',
    bytes: file.length,
    truncated: false,
  };
  const clip = {
    id: 'clip',
    sourceId: source.id,
    name: 'clip',
    startFrame: 0,
    offsetFrames: 0,
    lengthFrames: frames,
    gainDb: 0,
    fadeInFrames: 0,
    fadeOutFrames: 0,
    fadeInCurve: 'linear' as const,
    fadeOutCurve: 'linear' as const,
  };
  const values = Object.fromEntries(params.map((info) => [info.id, randomValue(roll, info)]));
  const fresh = freshInsert('insert', id);
  const insert = { ...fresh, params: { ...fresh.params, ...values } };
  const moved = params.filter(({ changesLatency }) => changesLatency === 0);
  while (moved.length > lanesPerDevice) moved.splice(roll(moved.length), 1);
  const project = Project.create({ name: id, engineVersion: '1', sampleRateHz });
  const track = freshTrack({ id: 't', name: 't', colour: 'jade', kind: 'other', clips: [clip] });
  project.commit('Fill', [
    { op: 'source.add', source },
    { op: 'track.add', track, index: 0 },
    { op: 'insert.add', ownerId: 't', insert, index: 0 },
    ...moved.map(
      (info): Patch => ({
        op: 'lane.add',
        ownerId: 't',
        lane: {
          id: `lane${params.indexOf(info)}`,
          kind: 'insert',
          targetId: insert.id,
          param: info.id,
          timebase: 'time',
          points: randomPoints(roll, info),
        },
      }),
    ),
    { op: 'tempo.set', changes: [{ frame: 30_000, bpm: 60 + roll(120), beatsPerBar: 3, beatUnit: 4 }] },
  ]);
  return { snapshot: project.snapshot(), files: new Map([[source.id, file]]), frames };
}

describe('wasm in Node and the native build, device by device', () => {
  it.each(devices.map((device, place) => [device.id, device, place] as const))(
    'give the same bits: %s',
    async (_, device, place) => {
      const module = await nodeEngine();
      let silent = 0;
      for (const seed of [1, 2]) {
        const { snapshot, files, frames } = songThrough(device, 100 * place + seed);
        const range = { startFrame: 0, frames: frames + 10_000 };
        const wasm = await renderProject(module, snapshot, files, range);
        const native = await renderNatively(module, snapshot, files, range);
        if (isSilent(wasm)) silent++;
        expect(firstDifference(wasm.left, native.left)).toBe(-1);
        expect(firstDifference(wasm.right, native.right)).toBe(-1);
      }
      expect(silent).toBe(0);
    },
  );
});
