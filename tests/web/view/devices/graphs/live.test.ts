import { describe, expect, it } from 'vitest';
import { History } from '../../../../../web/src/view/devices/graphs/live/history';
import { eachChunk, TimeHistory } from '../../../../../web/src/view/devices/graphs/live/levels';
import { SideSpectrum } from '../../../../../web/src/view/devices/graphs/live/sideSpectrum';
import { Spectrum } from '../../../../../web/src/view/devices/graphs/live/spectrum';
import type { Sound } from '../../../../../web/src/view/devices/graphs/picture';

const rate = 48000;
const frames = 8192;
const sine = (hz: number, level = 1, phase = 0) =>
  Float32Array.from({ length: frames }, (_, i) => level * Math.sin((2 * Math.PI * hz * i) / rate + phase));
const silence = new Float32Array(frames);

describe('the spectrum', () => {
  const settled = (left: Float32Array, right = left) => {
    const spectrum = new Spectrum();
    for (let reading = 0; reading < 60; reading++) spectrum.update(left, right, 16);
    return spectrum;
  };

  it('shows a tone at its frequency and at nothing else, louder by as much as it is louder', () => {
    // Bin 85 of 4096 at 48 kHz.
    const hz = (85 * rate) / 4096;
    const loud = settled(sine(hz));
    const quiet = settled(sine(hz, 0.1));
    expect(loud.levelDb(hz, rate) - quiet.levelDb(hz, rate)).toBeCloseTo(20, 1);
    expect(loud.levelDb(hz, rate)).toBeGreaterThan(-9);
    expect(loud.levelDb(hz * 2, rate)).toBeLessThan(-100);
    expect(loud.levelDb(hz / 2, rate)).toBeLessThan(-100);
  });

  it('hears both sides, and one side 3 dB lower than both', () => {
    const hz = (85 * rate) / 4096;
    const both = settled(sine(hz)).levelDb(hz, rate);
    expect(both - settled(sine(hz), silence).levelDb(hz, rate)).toBeCloseTo(3.01, 1);
    expect(settled(silence, sine(hz)).levelDb(hz, rate)).toBeCloseTo(both - 3.01, 1);
  });

  it('rises faster than it falls, and stands still when nothing sounds', () => {
    const hz = (85 * rate) / 4096;
    const spectrum = new Spectrum();
    expect(spectrum.update(silence, silence, 16)).toBe(false);
    expect(spectrum.update(sine(hz), sine(hz), 30)).toBe(true);
    const risen = spectrum.levelDb(hz, rate);
    expect(risen).toBeGreaterThan(settled(sine(hz)).levelDb(hz, rate) - 2.5);
    spectrum.update(silence, silence, 30);
    expect(spectrum.levelDb(hz, rate)).toBeGreaterThan(risen - 1);
    for (let reading = 0; reading < 1000; reading++) spectrum.update(silence, silence, 16);
    expect(spectrum.update(silence, silence, 16)).toBe(false);
    expect(spectrum.silent).toBe(true);
  });
});

describe('the width of the sound', () => {
  const widthAt = (left: Float32Array, right: Float32Array, hz: number) => {
    const spectrum = new SideSpectrum();
    for (let reading = 0; reading < 60; reading++) spectrum.update(left, right, rate, 16);
    return spectrum.at(hz);
  };

  it('is nothing for mono, all for sides alone, and in between for one side', () => {
    expect(widthAt(sine(1000), sine(1000), 1000)).toBeLessThan(0.02);
    expect(widthAt(sine(1000), sine(1000, -1), 1000)).toBeGreaterThan(0.98);
    expect(widthAt(sine(1000), silence, 1000)).toBeCloseTo(Math.SQRT1_2, 2);
  });
});

describe('a history', () => {
  it('keeps the larger number of a column and gives each its age', () => {
    const history = new History(4, -100);
    history.add(-20, 0.5);
    history.add(-30, 0.5);
    history.add(-40, 1);
    expect([history.at(1), history.at(2), history.at(3)]).toEqual([-30, -20, -100]);
    expect(history.at(9)).toBe(-100);
  });

  it('fills every column of a long stretch', () => {
    const history = new TimeHistory(1000, 100, 0);
    history.addFor(7, 500);
    for (let age = 0; age < 50; age++) expect(history.at(age)).toBe(7);
    expect(history.at(60)).toBe(0);
    expect(history.atPx(100, 100)).toBe(7);
    expect(history.atPx(0, 100)).toBe(0);
  });
});

describe('what is new in a reading', () => {
  const sound = (length: number, newFrames: number, elapsedMs: number) =>
    ({ inLeft: new Float32Array(length), newFrames, elapsedMs }) as Sound;
  const chunks = (reading: Sound) => {
    const list: { first: number; frames: number; ms: number }[] = [];
    eachChunk(reading, (first, count, ms) => list.push({ first, frames: count, ms }));
    return list;
  };

  it('is cut into stretches that end where the array ends and last as long as went by', () => {
    const list = chunks(sound(8192, 800, 16.7));
    expect(list[0]?.first).toBe(8192 - 800);
    expect(list.reduce((sum, { ms }) => sum + ms, 0)).toBeCloseTo(16.7);
    const last = list.at(-1);
    expect((last?.first ?? 0) + (last?.frames ?? 0)).toBeLessThanOrEqual(8192);
    expect(list.length).toBe(3);
  });

  it('stands for all that went by where the array is short', () => {
    const list = chunks(sound(128, 800, 16.7));
    expect(list).toEqual([{ first: 0, frames: 128, ms: 16.7 }]);
  });
});
