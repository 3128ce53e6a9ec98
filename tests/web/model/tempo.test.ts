import { expect, test } from 'vitest';
import { musicalPosition, nextLine, snapFrame } from '../../../web/src/commands/snap';
import { barAndBeatAt, frameAtQuarters, frameOfBar, quartersAt } from '../../../web/src/model/tempo';

// 120 bpm in four: a beat is 24,000 frames; from bar 3 on 60 bpm in three; in its second beat 240 bpm.
const grid = {
  sampleRateHz: 48_000,
  tempo: { bpm: 120, beatsPerBar: 4, beatUnit: 4 },
  tempoChanges: [
    { frame: 192_000, bpm: 60, beatsPerBar: 3, beatUnit: 4 },
    { frame: 240_000, bpm: 240, beatsPerBar: 3, beatUnit: 4 },
  ],
};

test('bars go on through changes of tempo and meter', () => {
  expect(barAndBeatAt(grid, 191_999).bar).toBe(1);
  expect(barAndBeatAt(grid, 192_000)).toEqual({ bar: 2, beat: 0 });
  expect(barAndBeatAt(grid, 240_000)).toEqual({ bar: 2, beat: 1 });
  expect(barAndBeatAt(grid, 264_000)).toEqual({ bar: 3, beat: 0 });
  expect(musicalPosition(grid, 252_000)).toEqual({ bar: 3, beat: 3, quarter: 1 });
  for (const [bar, frame] of [0, 96_000, 192_000, 264_000, 300_000].entries()) {
    expect(frameOfBar(grid, bar)).toBe(frame);
  }
});

test('frames and quarter notes lead back to each other', () => {
  expect(quartersAt(grid, 240_000)).toBe(9);
  for (let frame = 0; frame < 400_000; frame += 7_777) {
    expect(frameAtQuarters(grid, quartersAt(grid, frame))).toBeCloseTo(frame, 6);
  }
});

test('snapping finds the lines of each stretch', () => {
  expect(snapFrame(grid, 239_000, 'beat')).toBe(240_000);
  expect(snapFrame(grid, 213_000, 'beat')).toBe(192_000);
  expect(snapFrame(grid, 247_000, 'beat')).toBe(252_000);
  expect(snapFrame(grid, 250_000, 'bar')).toBe(264_000);
  expect(snapFrame(grid, 200_000, 'bar')).toBe(192_000);
  expect(nextLine(grid, 192_001, 'bar')).toBe(264_000);
  expect(nextLine(grid, 192_001, 'beat')).toBe(240_000);
});
