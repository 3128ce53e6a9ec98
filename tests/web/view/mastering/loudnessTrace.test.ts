import { describe, expect, test } from 'vitest';
import {
  highestOf,
  LoudnessTrace,
  rangeFor,
  timeMarks,
} from '../../../../web/src/view/mastering/loudnessTrace';

describe('loudness over the song', () => {
  test('keeps what was heard where it was heard, and nothing beyond the song', () => {
    const trace = new LoudnessTrace();
    trace.clear(1);
    trace.put(0.35, -20, -22);
    trace.put(1.2, -10, -10);
    trace.put(-0.2, -10, -10);
    expect(trace.momentaryLufs).toHaveLength(10);
    expect([...trace.shortTermLufs].filter((value) => !Number.isNaN(value))).toEqual([-22]);
    expect(trace.momentaryLufs[3]).toBe(-20);
  });

  test('takes a copy of what was measured', () => {
    const history = { momentaryLufs: Float32Array.of(-20, -18), shortTermLufs: Float32Array.of(-30, -25) };
    const trace = new LoudnessTrace();
    trace.load(history, 0, 0.2);
    trace.put(0.1, -3, -3);
    expect([...history.momentaryLufs]).toEqual([-20, -18]);
    expect([...trace.momentaryLufs]).toEqual([-20, -3]);
  });

  test('lays what was measured of a part where that lies in the song', () => {
    const history = { momentaryLufs: Float32Array.of(-20, -18), shortTermLufs: Float32Array.of(-30, -25) };
    const trace = new LoudnessTrace();
    trace.load(history, 0.3, 0.7);
    expect([...trace.momentaryLufs]).toEqual([NaN, NaN, NaN, -20, -18, NaN, NaN]);
    trace.load(history, 0.6, 0.7);
    expect(trace.momentaryLufs).toHaveLength(8);
  });

  test('finds the highest of a stretch, past silence and what is not known', () => {
    const values = Float32Array.of(Number.NaN, Number.NEGATIVE_INFINITY, -20, -18, Number.NaN, -5);
    expect(highestOf(values, 0, 5)).toBe(-18);
    expect(highestOf(values, 0, 2)).toBe(Number.NEGATIVE_INFINITY);
    expect(highestOf(values, 4, 5)).toBeNaN();
    expect(highestOf(values, 5, 90)).toBe(-5);
    expect(highestOf(values, 7, 9)).toBeNaN();
  });

  test.each([
    [-14, -12],
    [-23, -9],
    [-9, -40],
    [null, -20],
    [-14, Number.NaN],
    [-14, Number.NEGATIVE_INFINITY],
    [null, Number.NaN],
  ])('shows a target of %s and a loudest of %s', (target, loudest) => {
    const { topLufs, bottomLufs } = rangeFor(target, loudest);
    expect(topLufs).toBeLessThanOrEqual(0);
    expect(topLufs - bottomLufs).toBeGreaterThanOrEqual(24);
    for (const value of [target, loudest].filter((each) => each !== null && Number.isFinite(each))) {
      expect(value).toBeLessThan(topLufs);
    }
    if (target !== null) expect(target).toBeGreaterThan(bottomLufs);
  });

  test.each([
    [62, 640],
    [3, 640],
    [10_800, 640],
    [0.5, 300],
    [180, 320],
  ])('marks %s s on %s px with room between', (seconds, width) => {
    const marks = timeMarks(seconds, width);
    for (const mark of marks) expect(mark.seconds).toBeLessThan(seconds);
    const [first, second] = marks;
    if (first && second)
      expect(((second.seconds - first.seconds) / seconds) * width).toBeGreaterThanOrEqual(56);
    expect(marks.length).toBeLessThanOrEqual(width / 56);
  });

  test('writes times as people do', () => {
    expect(timeMarks(62, 640).map(({ text }) => text)).toEqual([
      '0:10',
      '0:20',
      '0:30',
      '0:40',
      '0:50',
      '1:00',
    ]);
    expect(timeMarks(10_800, 640).at(-1)?.text).toBe('2:30:00');
  });
});
