import { beforeAll, describe, expect, it } from 'vitest';
import { EqCurves } from '../../../web/src/engine/curves';
import type { MixwellModule } from '../../../web/src/engine/mixwellModule';
import { devices, stripParams } from '../../../web/src/generated/devices';
import { nodeEngine } from '../../support/nodeEngine';

const rateHz = 48_000;
const responseFrames = 65_536;
const table = devices.find((device) => device.id === 'eq')?.params ?? [];
const frequenciesHz = Array.from({ length: 40 }, (_, index) => 15 * 1.2 ** index);

let module: MixwellModule;

beforeAll(async () => {
  module = await nodeEngine();
});

function valuesOf(set: Record<string, number>): number[] {
  return table.map((param) => set[param.id] ?? param.default);
}

/** What comes out of the device `eq` for an impulse. */
function impulseResponse(values: readonly number[]): Float32Array {
  const chain = new module.DeviceChain(rateHz, 2);
  const place = chain.add('eq');
  for (const [index, value] of values.entries()) expect(chain.setParam(place, index, value)).toBe(true);
  chain.reset();
  const block = 4096;
  const left = new Float32Array(module.HEAPU8.buffer, chain.left(), block);
  const right = new Float32Array(module.HEAPU8.buffer, chain.right(), block);
  const response = new Float32Array(responseFrames);
  for (let at = 0; at < responseFrames; at += block) {
    left.fill(0);
    right.fill(0);
    if (at === 0) left[0] = 1;
    chain.process(block);
    response.set(left, at);
  }
  chain.delete();
  return response;
}

function magnitudeDb(response: Float32Array, hz: number): number {
  const step = (2 * Math.PI * hz) / rateHz;
  let re = 0;
  let im = 0;
  for (const [index, sample] of response.entries()) {
    re += sample * Math.cos(step * index);
    im += sample * Math.sin(step * index);
  }
  return 10 * Math.log10(re * re + im * im);
}

describe('the curves of the equaliser', () => {
  it('are the measured response of the device', () => {
    const values = valuesOf({
      'band1.on': 1,
      'band1.gainDb': 7,
      'band1.q': 3,
      'band2.on': 1,
      'band2.type': 3,
      'band2.freqHz': 35,
      'band2.slope': 3,
      'band3.on': 1,
      'band3.type': 2,
      'band3.freqHz': 9000,
      'band3.gainDb': -8,
      'band4.on': 1,
      'band4.type': 4,
      'band4.freqHz': 18_000,
      'band5.gainDb': 12,
    });
    const response = impulseResponse(values);
    const curves = new EqCurves(module, frequenciesHz);
    const gains = curves.gainsDb({ eq: values }, rateHz);
    for (const [index, hz] of frequenciesHz.entries()) {
      expect(Math.abs((gains[index] as number) - magnitudeDb(response, hz))).toBeLessThan(0.01);
    }
    curves.delete();
  });

  it('add the cuts of the strip, and are flat where nothing is on', () => {
    const curves = new EqCurves(module, [100, 1000, 10_000]);
    const cuts = stripParams.filter((param) => param.id.startsWith('cut.'));
    expect([
      ...curves.gainsDb({ eq: valuesOf({}), cut: cuts.map((param) => param.default) }, rateHz),
    ]).toEqual([0, 0, 0]);
    const set: Record<string, number> = { 'cut.lowCutOn': 1, 'cut.lowCutHz': 100, 'cut.lowCutSlope': 3 };
    const gains = curves.gainsDb({ cut: cuts.map((param) => set[param.id] ?? param.default) }, rateHz);
    expect(gains[0]).toBeCloseTo(-3.01, 1);
    expect(gains[1]).toBeCloseTo(0, 3);
    curves.delete();
  });
});
