import { describe, expect, it } from 'vitest';
import { ratioScale } from '../../../../../web/src/view/devices/graphs/compressorPicture';
import {
  frequencyLines,
  frequencyScale,
  linearScale,
  logScale,
  mappedScale,
} from '../../../../../web/src/view/devices/graphs/scale';

const roundTrips = (
  scale: { toPx(v: number): number; toValue(px: number): number },
  values: readonly number[],
) => {
  for (const value of values) expect(scale.toValue(scale.toPx(value))).toBeCloseTo(value, 9);
};

describe('scales', () => {
  it('lead from a value to its pixel and back', () => {
    roundTrips(linearScale(-24, 24, 130, 6), [-24, -3.3, 0, 17, 40]);
    roundTrips(logScale(20, 20000, 0, 560), [20, 55, 1000, 19999, 30000]);
    roundTrips(
      mappedScale(
        linearScale(0, 1, 0, 100),
        (ms) => ms / 1000,
        (s) => s * 1000,
      ),
      [0, 60, 1000],
    );
  });

  it('put the ends of the audible range at the edges, and every decade a third of the way', () => {
    const x = frequencyScale(600);
    expect(x.toPx(20)).toBeCloseTo(0);
    expect(x.toPx(20000)).toBeCloseTo(600);
    expect(x.toPx(200) - x.toPx(20)).toBeCloseTo(200);
    expect(x.toPx(2000) - x.toPx(200)).toBeCloseTo(200);
  });

  it('name 1, 2 and 5 of every decade', () => {
    const named = frequencyLines(20, 20000).filter((line) => line.named);
    expect(named.map(({ hz }) => hz)).toEqual([50, 100, 200, 500, 1000, 2000, 5000, 10000]);
    expect(frequencyLines(20, 20000).map(({ hz }) => hz)).toContain(30);
  });

  it('let a ratio lie where the curve ends, and a hand above full scale be 1 : 1', () => {
    const y = linearScale(-60, 0, 180, 0);
    const ratio = ratioScale(y, -20);
    roundTrips(ratio, [1, 2, 4, 20]);
    // 4 : 1 from -20 dB: full scale comes out at -15 dB.
    expect(ratio.toPx(4)).toBeCloseTo(y.toPx(-15));
    expect(ratio.toValue(y.toPx(6))).toBeLessThanOrEqual(1);
    expect(ratio.toValue(y.toPx(-25))).toBeGreaterThan(100);
  });
});
