import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readChain } from '../../../web/cli/chain';
import { chainTables } from '../../../web/cli/chainTables';
import { PlanarBuffer } from '../../../web/src/engine/codec';
import { DeviceRun } from '../../../web/src/engine/deviceRun';
import type { MixwellModule } from '../../../web/src/engine/mixwellModule';
import { type DeviceInfo, devices } from '../../../web/src/generated/devices';
import { nodeEngine } from '../../support/nodeEngine';
import { noise, wavFile } from '../../support/synth';

const rateHz = 48_000;
const frames = 20_000;
/** Quiet enough for every threshold, with room for filters. */
const sound = [noise(1, frames, 0.1), noise(2, frames, 0.1)] as const;
const folder = mkdtempSync(join(tmpdir(), 'mixwell-chain-'));
/** Those that change what goes through them when they are fresh: rooms, a gate that opens, bands that turn the phase. */
const marked = new Set<string>(['reverb', 'convolution', 'gate', 'multiband']);
let module: MixwellModule;

beforeAll(async () => {
  module = await nodeEngine();
});
afterAll(() => rmSync(folder, { recursive: true }));

async function processed(chain: unknown): Promise<Float32Array[]> {
  const path = join(folder, 'chain.json');
  writeFileSync(path, JSON.stringify(chain));
  const devices = await readChain(path);
  const tables = await chainTables(module, devices, rateHz);
  const run = new DeviceRun(module, rateHz, 2, devices, tables);
  const input = new PlanarBuffer(module, 2, 1000);
  const out = [new Float32Array(frames), new Float32Array(frames)];
  let done = 0;
  const take = async (block: { pointer: number; stride: number; frames: number }) => {
    out.forEach((side, channel) => {
      const at = block.pointer + 4 * channel * block.stride;
      side.set(new Float32Array(module.HEAPU8.buffer, at, block.frames), done);
    });
    done += block.frames;
  };
  try {
    for (let at = 0; at < frames; at += 1000) {
      sound.forEach((side, channel) => {
        input.channels[channel]?.set(side.subarray(at, at + 1000));
      });
      await run.add(input.block(1000), take);
    }
    await run.finish(0, take);
  } finally {
    input.delete();
    run.delete();
  }
  expect(done).toBe(frames);
  return out;
}

/** What is left when the sound that went in is taken away, in dB of it. */
function differenceDb(out: readonly Float32Array[]): number {
  let [rest, all] = [0, 0];
  sound.forEach((side, channel) => {
    side.forEach((sample, frame) => {
      rest += ((out[channel]?.[frame] ?? 0) - sample) ** 2;
      all += sample ** 2;
    });
  });
  return 10 * Math.log10(rest / all + 1e-30);
}

const allFinite = (out: readonly Float32Array[]) => out.every((side) => side.every(Number.isFinite));

/** A value that differs from the default: choices by name, switches turned, the rest somewhere else in its range. */
function changed({ params }: DeviceInfo): Record<string, number | string> {
  const param = params.find(({ id }) => id !== 'on') ?? params[0];
  if (!param) return {};
  if (param.kind === 'choice') return { [param.id]: param.choices.at(-1) ?? '' };
  if (param.kind === 'switch') return { [param.id]: 1 - param.default };
  return { [param.id]: param.default === param.max ? param.min : (param.default + param.max) / 2 };
}

describe('mixwell process, every device', () => {
  it.each(devices.map((device) => [device.id, device] as const))('runs %s', async (id, device) => {
    const plain = await processed([{ device: id }]);
    const other = await processed([{ device: id, params: changed(device) }]);
    expect(allFinite(plain)).toBe(true);
    expect(allFinite(other)).toBe(true);
    if (!marked.has(id)) expect(differenceDb(plain)).toBeLessThan(-200);
  });

  it('gives choices by name, and no others', async () => {
    const chain = (curve: string) => [{ device: 'saturator', params: { curve, mix: 100, driveDb: 12 } }];
    const [soft, fold] = [await processed(chain('tape')), await processed(chain('fold'))];
    expect(differenceDb(soft)).not.toBeCloseTo(differenceDb(fold), 1);
    await expect(processed(chain('no curve'))).rejects.toThrow(/curve is one of/);
  });

  it('convolves with a file, in time', async () => {
    const click = Float32Array.from({ length: 4000 }, (_, frame) => (frame === 0 ? 1 : 0));
    const impulse = join(folder, 'click.wav');
    writeFileSync(impulse, wavFile([click], rateHz, '32f'));
    const out = await processed([{ device: 'convolution', impulse, params: { mix: 100 } }]);
    expect(differenceDb(out.map((side) => side.map((sample) => sample * Math.SQRT2)))).toBeLessThan(-100);
  });

  it('has impulses of its own, by name, and says where there is no such file', async () => {
    const chain = (impulse: string) => [{ device: 'convolution', impulse, params: { mix: 100 } }];
    const plate = await processed(chain('plate'));
    const spring = await processed(chain('spring'));
    expect(differenceDb(plate)).not.toBeCloseTo(differenceDb(spring), 2);
    await expect(processed(chain('no.wav'))).rejects.toThrow(/no\.wav: it does not exist/);
    await expect(processed([{ device: 'gain', impulse: 'plate' }])).rejects.toThrow(/"impulse"/);
  });
});
