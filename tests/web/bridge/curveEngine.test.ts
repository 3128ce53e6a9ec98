import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { CurveEngine } from '../../../web/src/bridge/curveEngine';
import { repository } from '../../support/nodeEngine';

let engine: CurveEngine;

beforeAll(async () => {
  const bytes = await readFile(`${repository}/build/wasm/mixwell.wasm`);
  engine = await CurveEngine.start(WebAssembly.compile(bytes));
});

const rateHz = 48_000;

describe('the curves that the page draws', () => {
  it('are those of the equaliser that is on, whether it is bypassed or not', () => {
    const at = Float64Array.of(20, 1000, 20_000);
    const bell = { on: 0, 'band1.on': 1, 'band1.freqHz': 1000, 'band1.gainDb': 6, 'band1.q': 2 };
    const gains = engine.eqGainsDb(bell, at, rateHz);
    expect(gains[1]).toBeCloseTo(6, 2);
    expect(Math.abs(gains[0] ?? 1)).toBeLessThan(0.05);
    expect(Math.abs(gains[2] ?? 1)).toBeLessThan(0.1);
  });

  it('have the cuts of a strip in them', () => {
    const cuts = {
      'cut.lowCutOn': 1,
      'cut.lowCutHz': 100,
      'cut.lowCutSlope': 1,
      'cut.highCutOn': 0,
      'cut.highCutHz': 16_000,
      'cut.highCutSlope': 1,
    };
    const gains = engine.eqGainsDb(cuts, Float64Array.of(100, 1000), rateHz);
    expect(gains[0]).toBeCloseTo(-3.01, 1);
    expect(gains[1]).toBeCloseTo(0, 2);
  });

  it('hold for many widths of a picture', () => {
    for (let width = 1; width < 30; width++) {
      const gains = engine.eqGainsDb({}, new Float64Array(width).fill(500), rateHz);
      expect(gains.every((gain) => gain === 0)).toBe(true);
    }
  });
});

describe('the latency of a device', () => {
  it('is nothing, what it always takes, or what its values ask for', () => {
    expect(engine.latencyOf('gain', {}, rateHz)).toBe(0);
    expect(engine.latencyOf('convolution', {}, rateHz)).toBe(128);
    const lookingAhead = engine.latencyOf('compressor', { lookaheadMs: 5 }, rateHz);
    expect(lookingAhead - engine.latencyOf('compressor', { lookaheadMs: 0 }, rateHz)).toBe(240);
  });
});
