import { describe, expect, it } from 'vitest';
import { combDb, phaserDb } from '../../../../../web/src/view/devices/graphs/comb';
import { compressedDb, floorFor } from '../../../../../web/src/view/devices/graphs/compressorPicture';
import { nearestNote } from '../../../../../web/src/view/devices/graphs/delayPicture';
import { type Band, bandGainDb, curveGainDb } from '../../../../../web/src/view/devices/graphs/eqCurve';
import { decaySeconds } from '../../../../../web/src/view/devices/graphs/reverbDecay';
import {
  distortionPercent,
  overtonesDb,
  shapes,
  transferOf,
} from '../../../../../web/src/view/devices/graphs/shaper';

const band = (over: Partial<Band>): Band => ({
  type: 'bell',
  freqHz: 1000,
  gainDb: 6,
  q: 1,
  slopeDb: 12,
  ...over,
});

describe('the curve of the equaliser', () => {
  it('has a bell of its gain at its centre and none far off', () => {
    expect(bandGainDb(band({}), 1000)).toBeCloseTo(6, 6);
    expect(bandGainDb(band({}), 20)).toBeCloseTo(0, 2);
    expect(bandGainDb(band({ gainDb: -9 }), 1000)).toBeCloseTo(-9, 6);
  });

  it('has half of a bell, in decibels, at the edges of its band width (RBJ: Q of a bell)', () => {
    // Band width in octaves N: 1 / Q = 2 sinh(ln 2 / 2 * N); Q 1 is 1.388 octaves.
    const edge = 1000 * 2 ** (1.3885 / 2);
    expect(bandGainDb(band({}), edge)).toBeCloseTo(3, 2);
  });

  it('has shelves with half of their gain at the corner and all of it beyond', () => {
    expect(bandGainDb(band({ type: 'lowshelf' }), 1000)).toBeCloseTo(3, 6);
    expect(bandGainDb(band({ type: 'lowshelf', q: 0.71 }), 20)).toBeCloseTo(6, 1);
    expect(bandGainDb(band({ type: 'highshelf', q: 0.71 }), 20000)).toBeCloseTo(6, 1);
    expect(bandGainDb(band({ type: 'highshelf', q: 0.71 }), 20)).toBeCloseTo(0, 1);
  });

  it('has Butterworth cuts: 3 dB at the corner, their slope beyond, at every slope', () => {
    for (let slopeDb = 6; slopeDb <= 48; slopeDb += 6) {
      const cut = band({ type: 'lowcut', q: 0.71, slopeDb });
      expect(bandGainDb(cut, 1000)).toBeCloseTo(-3.01, 1);
      expect(bandGainDb(cut, 62.5) - bandGainDb(cut, 31.25)).toBeCloseTo(slopeDb, 0);
      expect(bandGainDb({ ...cut, type: 'highcut' }, 4000)).toBeCloseTo(bandGainDb(cut, 250), 6);
    }
  });

  it('tilts half of its gain up above and down below', () => {
    const tilt = band({ type: 'tilt', q: 0.5 });
    expect(bandGainDb(tilt, 1000)).toBeCloseTo(0, 6);
    expect(bandGainDb(tilt, 100000)).toBeCloseTo(3, 1);
    expect(bandGainDb(tilt, 10)).toBeCloseTo(-3, 1);
  });

  it('takes a notch to nothing and adds bands up', () => {
    expect(bandGainDb(band({ type: 'notch' }), 1000)).toBeLessThan(-100);
    expect(curveGainDb([band({}), band({ gainDb: -2 })], 1000)).toBeCloseTo(4, 6);
    expect(curveGainDb([], 1000)).toBe(0);
  });
});

describe('the curve of the compressor', () => {
  it('is straight under and over the knee and meets both ends of it', () => {
    expect(compressedDb(-40, -20, 4, 6)).toBe(-40);
    expect(compressedDb(0, -20, 4, 6)).toBeCloseTo(-15);
    expect(compressedDb(-23, -20, 4, 6)).toBeCloseTo(-23);
    expect(compressedDb(-17, -20, 4, 6)).toBeCloseTo(-20 + 3 / 4);
    // In the middle of a knee of 6 dB: a quarter of half the knee times (1 - 1 / R) below the line.
    expect(compressedDb(-20, -20, 4, 6)).toBeCloseTo(-20 - 0.75 * 0.75);
    expect(compressedDb(-20, -20, 4, 0)).toBe(-20);
  });

  it('is drawn on axes that reach well below the threshold', () => {
    for (let db = -60; db <= 0; db += 0.5) {
      expect(floorFor(db)).toBeLessThanOrEqual(db - 9);
      expect(floorFor(db) % 12).toBe(-0);
    }
  });
});

describe('combs', () => {
  it('have a tooth at every whole turn of the delay and a notch between, 1 ms being 1 kHz', () => {
    expect(combDb(1000, 1, 0, 0.5)).toBeCloseTo(0, 1);
    expect(combDb(500, 1, 0, 0.5)).toBeLessThan(-30);
    expect(combDb(1000, 1, 0.5, 1)).toBeCloseTo(6, 1);
  });

  it('leave the sound alone without a mix', () => {
    for (const hz of [50, 333, 4000]) {
      expect(combDb(hz, 1.6, 0.5, 0)).toBeCloseTo(0, 1);
      expect(phaserDb(hz, 900, 6, 0.5, 0)).toBeCloseTo(0, 1);
    }
  });

  it('have half as many notches as stages', () => {
    let notches = 0;
    const at = (hz: number) => phaserDb(hz, 900, 6, 0, 0.5);
    for (let hz = 20; hz < 40000; hz *= 1.003)
      if (at(hz) < at(hz / 1.003) && at(hz) < at(hz * 1.003) && at(hz) < -12) notches++;
    expect(notches).toBe(3);
  });
});

describe('overtones', () => {
  it('are those of a square wave for a hard clip, as Fourier has them', () => {
    const levels = overtonesDb((x) => (Math.abs(x) < 1e-9 ? 0 : Math.sign(x)), 1, 9);
    expect(levels[1]).toBeLessThan(-60);
    expect(levels[2]).toBeCloseTo(20 * Math.log10(1 / 3), 1);
    expect(levels[4]).toBeCloseTo(20 * Math.log10(1 / 5), 1);
  });

  it('are even only where the curve leans to one side', () => {
    expect(overtonesDb(transferOf('soft', 12, 0), 0.5, 3)[1]).toBeLessThan(-100);
    expect(overtonesDb(transferOf('soft', 12, 0.5), 0.5, 3)[1]).toBeGreaterThan(-40);
  });

  it('are none without drive, and grow with it at the same loudness', () => {
    expect(transferOf('tube', 0, 0.5)(0.3)).toBe(0.3);
    for (const shape of shapes) {
      const percent = (driveDb: number) =>
        distortionPercent(overtonesDb(transferOf(shape, driveDb, 0), 0.5, 9));
      expect(percent(12)).toBeGreaterThan(percent(6));
      expect(Math.abs(transferOf(shape, 12, 0)(0.1))).toBeLessThan(0.3);
    }
  });

  it('add up to the distortion: two of a tenth are 14 per cent', () => {
    expect(distortionPercent([0, -20, -20])).toBeCloseTo(14.14, 1);
  });
});

describe('the decay of the reverb', () => {
  const setting = { decayS: 2, lowMult: 1.5, highMult: 0.4, lowHz: 160, highHz: 5000, damping: 0 };

  it('is the one that is set in the middle and goes to the multiples at the ends', () => {
    expect(decaySeconds(setting, 707)).toBeCloseTo(2, 6);
    expect(decaySeconds(setting, 20)).toBeGreaterThan(2.8);
    expect(decaySeconds(setting, 30000)).toBeLessThan(0.95);
  });

  it('is shorter above 7 kHz with damping', () => {
    expect(decaySeconds({ ...setting, damping: 1 }, 12000)).toBeLessThan(decaySeconds(setting, 12000) * 0.5);
  });
});

it('finds the note nearest to a time', () => {
  // At 120 bpm a beat is 500 ms: a quarter is choice 9, a dotted eighth 7.
  expect(nearestNote(510, 500)).toBe(9);
  expect(nearestNote(380, 500)).toBe(7);
  expect(nearestNote(1, 500)).toBe(1);
  expect(nearestNote(60000, 500)).toBe(15);
});
