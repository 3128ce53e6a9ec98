import { describe, expect, it } from 'vitest';
import { Spectrum } from '../../../../../web/src/view/devices/graphs/live/spectrum';
import { sine } from '../../../../support/synth';

const rateHz = 48_000;
const tone = (hz: number) => sine(hz, rateHz, 4096, 0.5);

function heard(hz: number, settle: (spectrum: Spectrum) => void, elapsedMs = 10_000): Spectrum {
  const spectrum = new Spectrum();
  settle(spectrum);
  spectrum.update(tone(hz), tone(hz), elapsedMs);
  return spectrum;
}

describe('the live spectrum', () => {
  it('is tilted about 1 kHz by its slope', () => {
    const level = (hz: number, slopeDb: number) =>
      heard(hz, (spectrum) => {
        spectrum.slopeDb = slopeDb;
      }).bandDb(hz, hz, rateHz);
    expect(level(4000, 4.5) - level(4000, 0)).toBeCloseTo(9, 3);
    expect(level(250, 3) - level(250, 0)).toBeCloseTo(-6, 3);
    expect(level(1000, 4.5)).toBeCloseTo(level(1000, 0), 6);
  });

  it('rises as slowly as its averaging says', () => {
    const levelAfter100Ms = (riseMs: number) =>
      heard(
        1000,
        (spectrum) => {
          spectrum.averaging = { riseMs, fallMs: riseMs };
        },
        100,
      ).bandDb(1000, 1000, rateHz);
    // Of its power 63 % after one time constant, 9.5 % after a tenth.
    expect(levelAfter100Ms(100) - levelAfter100Ms(1000)).toBeCloseTo(10 * Math.log10(0.632 / 0.0952), 1);
  });
});
