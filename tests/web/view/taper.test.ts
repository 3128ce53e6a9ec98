import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faderDb, faderPosition, meterPosition } from '../../../web/src/view/kit/taper';

describe('fader taper', () => {
  it('stands where the specification puts it', () => {
    const table = [
      [12, 1],
      [6, 0.885],
      [3, 0.82],
      [0, 0.75],
      [-3, 0.68],
      [-6, 0.61],
      [-12, 0.485],
      [-18, 0.38],
      [-24, 0.29],
      [-36, 0.155],
      [-48, 0.07],
      [-60, 0.02],
    ] as const;
    for (const [db, position] of table) {
      expect(faderPosition(db)).toBeCloseTo(position, 12);
      expect(faderDb(position)).toBeCloseTo(db, 9);
    }
  });

  it('goes there and back', () => {
    fc.assert(
      fc.property(fc.double({ min: -60, max: 12, noNaN: true }), (db) => {
        expect(faderDb(faderPosition(db))).toBeCloseTo(db, 9);
      }),
    );
  });

  it('rises with the level and stays on the travel', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), (a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        expect(faderPosition(low)).toBeLessThanOrEqual(faderPosition(high));
        expect(faderPosition(a)).toBeGreaterThanOrEqual(0);
        expect(faderPosition(a)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('is at the foot for silence and for what is no level', () => {
    expect(faderPosition(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(faderPosition(Number.NaN)).toBe(0);
    expect(faderDb(-1)).toBe(-90);
    expect(faderDb(2)).toBe(12);
  });
});

describe('meter scale', () => {
  it('stands where the specification puts it', () => {
    const table = [
      [0, 1],
      [-6, 0.865],
      [-12, 0.73],
      [-18, 0.6],
      [-24, 0.48],
      [-36, 0.27],
      [-48, 0.11],
      [-60, 0],
    ] as const;
    for (const [db, position] of table) expect(meterPosition(db)).toBeCloseTo(position, 12);
  });

  it('stays within its bar', () => {
    expect(meterPosition(6)).toBe(1);
    expect(meterPosition(-200)).toBe(0);
    expect(meterPosition(-3)).toBeCloseTo((1 + 0.865) / 2, 12);
  });
});
