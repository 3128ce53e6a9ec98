import { describe, expect, test } from 'vitest';
import { Spectrum } from '../../../../web/src/view/devices/graphs/live/spectrum';
import {
  averageLevels,
  correlationByRange,
  levelBetween,
} from '../../../../web/src/view/mastering/averageSpectrum';
import { noise } from '../../../support/synth';

const rateHz = 48_000;
const centres = Array.from({ length: 31 }, (_, index) => 1000 * 2 ** ((index - 17) / 3));
const thirdHz = (hz: number) => hz * (2 ** (1 / 6) - 2 ** (-1 / 6));

describe('the average spectrum', () => {
  test('lies where the live spectrum of the same noise lies', () => {
    const draws = 40;
    const sound = noise(7, draws * 4096, 0.5);
    const power = sound.reduce((sum, sample) => sum + sample ** 2, 0) / sound.length;
    const bands = centres.map((centreHz) => {
      const share = (power * thirdHz(centreHz)) / (rateHz / 2);
      return { centreHz, left: share, right: share, cross: share };
    });
    const levels = averageLevels(bands, rateHz);
    for (const hz of [500, 1000, 4000, 12_000]) {
      let live = 0;
      for (let draw = 0; draw < draws; draw++) {
        const spectrum = new Spectrum();
        const part = sound.subarray(4096 * draw, 4096 * (draw + 1));
        spectrum.update(part, part, 1e9);
        live += 10 ** (spectrum.levelDb(hz, rateHz) / 10) / draws;
      }
      const miss = levelBetween(bands, levels, hz) - 10 * Math.log10(live);
      expect(Math.abs(miss), `at ${hz} Hz`).toBeLessThan(0.8);
    }
  });

  test('goes through its bands, and stays at the ends', () => {
    const bands = centres.map((centreHz) => ({ centreHz, left: 1, right: 1, cross: 0 }));
    const levels = Float64Array.from(centres, (_, index) => -10 * (index % 3));
    centres.forEach((hz, index) => {
      expect(levelBetween(bands, levels, hz)).toBeCloseTo(levels[index] as number, 6);
    });
    expect(levelBetween(bands, levels, 1)).toBe(levels[0]);
    expect(levelBetween(bands, levels, 24_000)).toBeCloseTo(levels.at(-1) as number, 6);
    expect(levelBetween([], new Float64Array(0), 1000)).toBe(-160);
  });
});

describe('correlation by range', () => {
  test('tells wide lows from narrow highs, and silence from both', () => {
    const bands = centres.map((centreHz) => {
      if (centreHz > 5000) return { centreHz, left: 0, right: 1, cross: 0 };
      return { centreHz, left: 1, right: 4, cross: centreHz < 120 ? -2 : 2 };
    });
    expect(correlationByRange(bands)).toEqual([
      { name: 'Low', correlation: -1 },
      { name: 'Low mid', correlation: 1 },
      { name: 'High mid', correlation: 1 },
      { name: 'High', correlation: null },
    ]);
  });
});
