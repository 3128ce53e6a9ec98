import { describe, expect, it } from 'vitest';
import {
  barPosition,
  barText,
  clockText,
  lengthText,
  shortClockText,
} from '../../../../web/src/view/bar/positionText';

const fourFour = { bpm: 96, beatsPerBar: 4, beatUnit: 4 };

describe('clock', () => {
  it.each([
    [0, 48000, '00:00:00.000'],
    [47, 48000, '00:00:00.000'],
    [48, 48000, '00:00:00.001'],
    [48000 * 83 + 21888, 48000, '00:01:23.456'],
    [44100 * 3600, 44100, '01:00:00.000'],
    [-5, 48000, '00:00:00.000'],
  ])('shows frame %i at %i Hz as %s', (frames, rate, text) => {
    expect(clockText(frames, rate)).toBe(text);
  });

  it('never shows a millisecond that has not come', () => {
    for (let frame = 0; frame < 2000; frame++) {
      const shownMs = Number(clockText(frame, 44100).slice(-3));
      expect(shownMs).toBe(Math.floor((frame * 1000) / 44100 + 1e-9));
    }
  });

  it('leaves hours out where there is little room, unless there are some', () => {
    expect(shortClockText(42.813 * 48000, 48000)).toBe('0:42.813');
    expect(shortClockText(3600 * 48000, 48000)).toBe('1:00:00.000');
  });
});

describe('bars', () => {
  it('counts bars, beats and sixteenths from one', () => {
    expect(barText(0, { sampleRateHz: 48000, tempo: fourFour })).toBe('1 | 1 | 1');
    expect(barText(30000, { sampleRateHz: 48000, tempo: fourFour })).toBe('1 | 2 | 1');
    expect(barText(4 * 30000, { sampleRateHz: 48000, tempo: fourFour })).toBe('2 | 1 | 1');
    expect(barText(17 * 4 * 30000 + 15000, { sampleRateHz: 48000, tempo: fourFour })).toBe('18 | 1 | 3');
  });

  it('is on the beat at the frame of the beat, though it falls between two frames', () => {
    const tempo = { bpm: 128.5, beatsPerBar: 4, beatUnit: 4 };
    const framesPerBeat = (60 / tempo.bpm) * 44100;
    for (let beat = 1; beat < 500; beat++) {
      const at = barPosition(Math.ceil(beat * framesPerBeat), { sampleRateHz: 44100, tempo });
      expect((at.bar - 1) * 4 + at.beat - 1).toBe(beat);
    }
  });

  it('has two sixteenths in an eighth', () => {
    const tempo = { bpm: 60, beatsPerBar: 6, beatUnit: 8 };
    expect(barText(48000 * 6.5, { sampleRateHz: 48000, tempo })).toBe('2 | 1 | 2');
  });
});

describe('length', () => {
  it.each([
    [82.44, 1, '1:22.4'],
    [59.96, 1, '1:00.0'],
    [227, 0, '3:47'],
    [0.4, 1, '0:00.4'],
    [3725, 0, '1:02:05'],
  ] as const)('writes %f s with %i decimals as %s', (seconds, decimals, text) => {
    expect(lengthText(seconds, decimals)).toBe(text);
  });
});
