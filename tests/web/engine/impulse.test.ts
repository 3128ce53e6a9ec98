import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { bakeImpulse, builtInImpulse, builtInImpulses, impulseParams } from '../../../web/src/engine/impulse';
import { instantiateEngine } from '../../../web/src/engine/loadModule';
import type { MixwellModule } from '../../../web/src/engine/mixwellModule';
import { devices } from '../../../web/src/generated/devices';

const root = new URL('../../../', import.meta.url);
let module: MixwellModule;

beforeAll(async () => {
  const bytes = await readFile(new URL('build/wasm/mixwell.wasm', root));
  module = await instantiateEngine(await WebAssembly.compile(bytes));
});

/** FNV-1a over 32-bit words, as tests/dsp/time/convolution_impulses_test.cpp has it. */
function hashOf(floats: Float32Array<ArrayBuffer>): number {
  let hash = 2166136261;
  for (const word of new Int32Array(floats.buffer, floats.byteOffset, floats.length)) {
    hash = Math.imul(hash ^ word, 16777619);
  }
  return hash >>> 0;
}

describe('impulse', () => {
  it('names the parameters that shape it in the order of the device', () => {
    const params = devices.find((device) => device.id === 'convolution')?.params.map((param) => param.id);
    expect(params?.slice(0, impulseParams.length)).toEqual([...impulseParams]);
  });

  it('gives every built-in impulse', () => {
    for (const name of builtInImpulses) {
      const impulse = builtInImpulse(module, name, 48_000);
      expect(impulse.left.length).toBeGreaterThan(48_000);
      expect(impulse.right.length).toBe(impulse.left.length);
    }
  });

  it('bakes the same bits as the native build', () => {
    const shape = { startMs: 20, endS: 1.5, fadeS: 0.4, stretch: 110, lowCutHz: 120, highCutHz: 9000 };
    const baked = bakeImpulse(module, 'spring', 44_100, shape);
    expect(hashOf(baked.table)).toBe(3_999_780_013);
    expect(baked.left.length).toBe(65_268);
  });

  it('bakes an impulse from a file as it is', () => {
    const left = Float32Array.from({ length: 5000 }, (_, i) => (i === 300 ? 1 : 0));
    const baked = bakeImpulse(module, { left, right: left }, 48_000, { fadeS: 0 });
    expect(baked.left.length).toBe(5000);
    expect(baked.left[300]).toBeCloseTo(Math.SQRT1_2, 6);
    expect(baked.table[0]).toBe(32);
    expect(baked.table[1]).toBe(1);
  });
});
