import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as exact from '../../../web/src/engine/decoders/exactMath';
import { decode, fixture } from './decode';

const doubles = (min: number, max: number) => fc.double({ min, max, noNaN: true });

/** Within so many units of the last place of numbers around the expected one. */
function close(actual: number, expected: number, units = 4): void {
  const place = Math.max(Math.abs(expected) * Number.EPSILON, 1e-17);
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(units * place);
}

describe('exact mathematics', () => {
  it('agrees with the platform’s', () => {
    fc.assert(
      fc.property(doubles(-30, 30), (x) => {
        expect(Math.abs(exact.sin(x) - Math.sin(x))).toBeLessThan(4e-16);
        expect(Math.abs(exact.cos(x) - Math.cos(x))).toBeLessThan(4e-16);
        close(exact.exp(x), Math.exp(x));
        close(exact.atan(x), Math.atan(x));
      }),
    );
    fc.assert(fc.property(doubles(1e-200, 1e200), (x) => close(exact.log(x), Math.log(x))));
    fc.assert(fc.property(doubles(1e-3, 1e5), doubles(-3, 3), (x, y) => close(exact.pow(x, y), x ** y, 200)));
    fc.assert(fc.property(fc.integer({ min: -30, max: 30 }), (x) => close(exact.pow(2, x), 2 ** x)));
  });

  it('keeps to the edges', () => {
    expect(exact.exp(-800)).toBe(0);
    expect(exact.exp(800)).toBe(Number.POSITIVE_INFINITY);
    expect(exact.log(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(exact.log(-1)).toBeNaN();
    expect(exact.pow(-2, 3)).toBe(-8);
    expect(exact.pow(-2, 0.5)).toBeNaN();
  });

  it.each(['mono48.ogg', 'mono48.opus', 'mono48.mp3'])(
    '%s sounds the same whatever Math does',
    async (file) => {
      const { channels } = await decode(fixture(file));
      const names = ['sin', 'cos', 'tan', 'exp', 'log', 'pow', 'atan', 'atan2'] as const;
      const kept = names.map((name) => Math[name]);
      for (const name of names) Object.assign(Math, { [name]: () => 0.123 });
      try {
        expect((await decode(fixture(file))).channels).toEqual(channels);
      } finally {
        for (const [index, name] of names.entries()) Object.assign(Math, { [name]: kept[index] });
      }
    },
  );
});
