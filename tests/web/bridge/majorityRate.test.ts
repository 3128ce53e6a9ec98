import { describe, expect, it } from 'vitest';
import { majorityRate } from '../../../web/src/bridge/majorityRate';

describe('the rate of a project', () => {
  it.each([
    [[44100, 44100, 48000], 44100],
    [[48000, 44100, 48000], 48000],
    [[44100, 48000], 48000],
    [[22050, 11025], 44100],
    [[8000, 16000, 32000], 48000],
    [[192000], 96000],
    [[176400], 88200],
    [[37800], 44100],
    [[null, null, 44100], 44100],
    [[null], 48000],
    [[], 48000],
  ])('of files at %j is %i', (rates, expected) => {
    expect(majorityRate(rates)).toBe(expected);
  });
});
