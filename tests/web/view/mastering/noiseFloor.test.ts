import { beforeAll, describe, expect, it } from 'vitest';
import { ditherNoise } from '../../../../web/src/engine/ditherNoise';
import type { MixwellModule } from '../../../../web/src/engine/mixwellModule';
import {
  hearingDb,
  noiseAt,
  noiseFrames,
  noiseLevelsDb,
  noisePoints,
} from '../../../../web/src/view/mastering/noiseFloor';
import { nodeEngine } from '../../../support/nodeEngine';

let module: MixwellModule;
const rateHz = 44_100;
const floor = (word: '16' | '24', dither: 'none' | 'tpdf' | 'shaped') =>
  noiseLevelsDb(ditherNoise(module, word, dither, rateHz, noiseFrames));
const meanDb = (levels: Float64Array, fromHz: number, toHz: number) => {
  const bins = [...levels].filter((_, bin) => {
    const hz = (bin * rateHz) / noisePoints;
    return hz >= fromHz && hz <= toHz;
  });
  return 10 * Math.log10(bins.reduce((sum, db) => sum + 10 ** (db / 10), 0) / bins.length);
};

beforeAll(async () => {
  module = await nodeEngine();
});

describe('the noise of a file’s word', () => {
  // Variance of triangular dither and rounding together: a quarter of a step squared. A bin of a Hann window takes 1.5 bins of
  // it, and a full-scale sine, whose variance is a half, reads 0.
  it.each([
    ['16', 16],
    ['24', 24],
  ] as const)('is white at %s bits, at the level that triangular dither has', (word, bits) => {
    const stepDb = 20 * Math.log10(2 ** (1 - bits));
    const expected = stepDb - 10 * Math.log10(4) + 10 * Math.log10((1.5 * 4) / noisePoints);
    const levels = floor(word, 'tpdf');
    for (const [from, to] of [
      [100, 2000],
      [2000, 8000],
      [8000, 20_000],
    ] as const)
      expect(Math.abs(meanDb(levels, from, to) - expected)).toBeLessThan(0.5);
    expect(Math.abs(noiseAt(levels, rateHz, 3000) - expected)).toBeLessThan(1.5);
  });

  it('is moved to where the ear is deaf: at least 10 dB less from 2 to 5 kHz, more above 16 kHz', () => {
    const [plain, shaped] = [floor('16', 'tpdf'), floor('16', 'shaped')];
    expect(meanDb(plain, 2000, 5000) - meanDb(shaped, 2000, 5000)).toBeGreaterThan(10);
    expect(meanDb(shaped, 16_000, 20_000)).toBeGreaterThan(meanDb(plain, 16_000, 20_000));
  });

  it('is nothing of silence without dither', () => {
    expect(Math.max(...ditherNoise(module, '16', 'none', rateHz, 4096).map(Math.abs))).toBe(0);
  });
});

describe('the threshold of hearing', () => {
  // Terhardt 1979, equation 1: 3.4 dB SPL at 1 kHz, least near 3.3 kHz, full scale at 112 dB SPL.
  it('lies where Terhardt has it', () => {
    expect(hearingDb(1000) + 112).toBeCloseTo(3.37, 1);
    const grid = Array.from({ length: 400 }, (_, at) => 200 * 80 ** (at / 399));
    const least = grid.reduce((best, hz) => (hearingDb(hz) < hearingDb(best) ? hz : best));
    expect(least).toBeGreaterThan(3100);
    expect(least).toBeLessThan(3600);
    expect(hearingDb(least) + 112).toBeCloseTo(-5, 0);
  });
});
