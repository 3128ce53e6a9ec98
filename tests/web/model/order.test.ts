import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keysInOrder } from '../../../web/src/model/order';

function completed(keys: readonly (string | null)[]): string[] {
  const written = keysInOrder(keys);
  return keys.map((key, place) => written.get(place) ?? (key as string));
}

test('keys end up in strict order, whatever was there, and nothing is written twice', () => {
  const key = fc.constantFrom(null, 'a0', 'a1', 'a0V', 'Zz', 'b00', '', '!', 'a', 'zzzzzz', 'a00');
  fc.assert(
    fc.property(fc.array(key, { maxLength: 12 }), (keys) => {
      const sorted = completed(keys);
      for (let place = 1; place < sorted.length; place++) {
        expect((sorted[place - 1] as string) < (sorted[place] as string)).toBe(true);
      }
      expect(keysInOrder(sorted).size).toBe(0);
    }),
  );
});

test('moving one item writes one key', () => {
  const keys = completed(Array.from({ length: 128 }, () => null));
  const moved = [...keys.slice(0, 3), keys[100] as string, ...keys.slice(3, 100), ...keys.slice(101)];
  expect([...keysInOrder(moved).keys()]).toEqual([3]);
});

test('a thousand inserts at one place keep keys short', () => {
  let keys = completed([null, null]);
  for (let count = 0; count < 1000; count++) keys = completed([keys[0] as string, null, ...keys.slice(1)]);
  expect(Math.max(...keys.map(({ length }) => length))).toBeLessThan(250);
});
