import { describe, expect, it } from 'vitest';
import { bytesText, countText, whenText } from '../../../../web/src/view/projects/when';

const at = (text: string) => new Date(text).getTime();
const now = at('2025-11-13T15:00:00');

describe('when a project was changed', () => {
  it.each([
    ['2025-11-13T14:32:10', 'Today, 14:32'],
    ['2025-11-13T00:00:01', 'Today, 00:00'],
    ['2025-11-12T23:59:00', 'Yesterday'],
    ['2025-11-11T23:59:00', '11 November'],
    ['2024-11-13T15:00:00', '13 November 2024'],
    ['2025-11-13T15:00:30', 'Today, 15:00'],
  ])('says of %s: %s', (changed, text) => {
    expect(whenText(at(changed), now)).toBe(text);
  });

  it('says yesterday across the change to winter time', () => {
    expect(whenText(at('2025-10-25T22:00:00'), at('2025-10-26T23:30:00'))).toBe('Yesterday');
  });
});

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [44_100, '44 KB'],
  [23_040_044, '23.0 MB'],
  [214_000_000, '214 MB'],
  [1_120_000_000, '1.12 GB'],
])('writes %i bytes as %s', (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});

it('counts one without a plural', () => {
  expect([0, 1, 2].map((count) => countText(count, 'track'))).toEqual(['0 tracks', '1 track', '2 tracks']);
});
