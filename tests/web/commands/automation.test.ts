import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as automation from '../../../web/src/commands/automation';
import { addTempoChange, moveTempoChange, setTempo } from '../../../web/src/commands/tempo';
import { applyPatches } from '../../../web/src/model/applyPatches';
import { bendThrough, valueAt } from '../../../web/src/model/automation';
import { quartersAt } from '../../../web/src/model/tempo';
import type { Lane, Point, ProjectSnapshot } from '../../../web/src/model/types';
import { aFurnishedProject } from '../model/fixtures';

const point = (frame: number, value: number, fields: Partial<Point> = {}): Point => ({
  frame,
  value,
  shape: 'linear',
  bend: 0,
  ...fields,
});

const place = { ownerId: 't0', laneId: 'lane' };

function songWith(points: readonly Point[], fields: Partial<Lane> = {}): ProjectSnapshot {
  const lane: Lane = {
    id: 'lane',
    kind: 'strip',
    targetId: null,
    param: 'pan',
    timebase: 'time',
    points,
    ...fields,
  };
  return applyPatches(aFurnishedProject().snapshot(), [{ op: 'lane.add', ownerId: 't0', lane }]);
}

const laneIn = (song: ProjectSnapshot): Lane => song.tracks[0]?.lanes[0] as Lane;

describe('the curve', () => {
  test('holds before the first point and after the last, and is straight between', () => {
    const lane = { points: [point(100, -50), point(200, 50)] };
    expect([0, 100, 125, 200, 900].map((frame) => valueAt(lane, frame))).toEqual([-50, -50, -25, 50, 50]);
    expect(valueAt({ points: [] }, 0)).toBeNull();
  });

  test('a hold jumps at the next point', () => {
    const lane = { points: [point(0, 1, { shape: 'hold' }), point(10, 5)] };
    expect([9, 10].map((frame) => valueAt(lane, frame))).toEqual([1, 5]);
  });

  test('a bend passes the middle where it was asked to, mirrors, and rises all the way', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.04, max: 0.96, noNaN: true }), (y) => {
        const bend = bendThrough(y);
        const lane = { points: [point(0, 0, { shape: 'bend', bend }), point(1000, 1)] };
        const mirrored = { points: [point(0, 0, { shape: 'bend', bend: -bend }), point(1000, 1)] };
        expect(valueAt(lane, 500)).toBeCloseTo(y, 12);
        let last = -1;
        for (let frame = 0; frame <= 1000; frame += 50) {
          const value = valueAt(lane, frame) as number;
          expect(value).toBeGreaterThan(last);
          // Turned by half a turn about the middle, the one is the other.
          expect(1 - (valueAt(mirrored, 1000 - frame) as number)).toBeCloseTo(value, 12);
          last = value;
        }
      }),
    );
  });
});

describe('points', () => {
  test('a point set on a bent stretch leaves the curve as it was', () => {
    const song = songWith([point(0, -80, { shape: 'bend', bend: 0.7 }), point(9000, 60)]);
    const at = valueAt(laneIn(song), 2500) as number;
    const after = applyPatches(song, automation.addPoint(song, { ...place, frame: 2500, value: at }));
    expect(laneIn(after).points).toHaveLength(3);
    for (let frame = 0; frame <= 9000; frame += 100) {
      expect(valueAt(laneIn(after), frame)).toBeCloseTo(valueAt(laneIn(song), frame) as number, 9);
    }
  });

  test('points that move stop before those that stay', () => {
    const song = songWith([point(100, 1), point(200, 2), point(300, 3), point(400, 4)]);
    const moved = (deltaFrames: number) =>
      laneIn(
        applyPatches(
          song,
          automation.movePoints(song, { ...place, frames: [200, 300], deltaFrames, newValue: (v) => -v }),
        ),
      ).points.map(({ frame, value }) => [frame, value]);
    expect(moved(50)).toEqual([
      [100, 1],
      [250, -2],
      [350, -3],
      [400, 4],
    ]);
    expect(moved(5000)).toEqual([
      [100, 1],
      [299, -2],
      [399, -3],
      [400, 4],
    ]);
    expect(moved(-5000)).toEqual([
      [100, 1],
      [101, -2],
      [201, -3],
      [400, 4],
    ]);
  });

  test('a pencil leaves the curve outside its stroke', () => {
    const song = songWith([point(0, -100), point(1000, 100)]);
    const samples = Array.from({ length: 100 }, (_, n) => ({ frame: 400 + n * 2, value: n % 2 ? 90 : -90 }));
    const after = laneIn(applyPatches(song, automation.drawPoints(song, { ...place, samples })));
    for (const frame of [0, 100, 399, 599, 800, 1000]) {
      expect(valueAt(after, frame)).toBeCloseTo(valueAt(laneIn(song), frame) as number, 9);
    }
    for (const { frame, value } of samples) expect(valueAt(after, frame)).toBe(value);
  });

  test('copied points are pasted in the place of what is there', () => {
    const song = songWith([
      point(0, 1),
      point(10, 2, { shape: 'hold' }),
      point(20, 3),
      point(105, 9),
      point(200, 4),
    ]);
    const points = automation.copyPoints(song, { ...place, frames: [0, 10, 20] });
    const after = laneIn(applyPatches(song, automation.pastePoints(song, { ...place, points, frame: 100 })));
    expect(after.points.map(({ frame, value, shape }) => `${frame} ${value} ${shape}`)).toEqual([
      '0 1 linear',
      '10 2 hold',
      '20 3 linear',
      '100 1 linear',
      '110 2 hold',
      '120 3 linear',
      '200 4 linear',
    ]);
  });

  test('a switch has points that hold', () => {
    const song = songWith([point(0, 0), point(10, 0.7)], { param: 'mute' });
    expect(laneIn(song).points).toEqual([point(0, 0, { shape: 'hold' }), point(10, 1, { shape: 'hold' })]);
  });

  test('solo and what changes the latency have no lanes', () => {
    const song = aFurnishedProject().snapshot();
    const lane = (param: string) =>
      automation.addLane(song, { ownerId: 't0', kind: 'strip', targetId: null, param });
    expect(lane('volumeDb')).toHaveLength(1);
    expect(lane('compressor.lookaheadMs')).toEqual([]);
    expect(lane('solo')).toEqual([]);
    expect(lane('nothing')).toEqual([]);
  });
});

describe('what a hand writes', () => {
  const written = (samples: automation.Sample[], toFrame: number, song = aFurnishedProject().snapshot()) => {
    const touch = {
      ownerId: 't0',
      kind: 'strip' as const,
      targetId: null,
      param: 'volumeDb',
      samples,
      toFrame,
    };
    return laneIn(applyPatches(song, automation.writeTouch(song, touch)));
  };

  test('a smooth move of 3 s is kept within a tenth of a decibel by few points', () => {
    const samples = Array.from({ length: 180 }, (_, n) => ({
      frame: n * 800,
      value: -20 + 18 * Math.sin(n / 40),
    }));
    const lane = written(samples, 144_000);
    for (const { frame, value } of samples) {
      expect(Math.abs((valueAt(lane, frame) as number) - value)).toBeLessThanOrEqual(0.1);
    }
    expect(lane.points.length).toBeLessThan(40);
  });

  test('a hand that rests leaves the value where it is', () => {
    const lane = written(
      [
        { frame: 0, value: -6 },
        { frame: 90_000, value: 0 },
      ],
      100_000,
    );
    expect([45_000, 89_999, 90_000, 100_000].map((frame) => valueAt(lane, frame))).toEqual([-6, -6, 0, 0]);
  });

  test('what was there before and after stays', () => {
    const song = songWith([point(0, -12), point(200_000, -2)], { param: 'volumeDb' });
    const lane = written([{ frame: 50_000, value: 3 }], 60_000, song);
    for (const frame of [0, 25_000, 49_999, 60_001, 150_000]) {
      expect(valueAt(lane, frame)).toBeCloseTo(valueAt(laneIn(song), frame) as number, 9);
    }
    expect(valueAt(lane, 55_000)).toBe(3);
  });
});

describe('the tempo map', () => {
  test('lanes in beats keep their beats, others their frames', () => {
    const points = [point(0, 1), point(24_000, 2), point(96_000, 3)];
    const beats = songWith(points, { timebase: 'beats' });
    const faster = applyPatches(beats, setTempo(beats, { bpm: 240 }));
    expect(laneIn(faster).points.map(({ frame }) => frame)).toEqual([0, 12_000, 48_000]);
    const time = songWith(points);
    expect(laneIn(applyPatches(time, setTempo(time, { bpm: 240 })))).toEqual(laneIn(time));
    const changed = applyPatches(beats, addTempoChange(beats, { frame: 24_000, bpm: 60 }));
    const moved = applyPatches(changed, moveTempoChange(changed, { frame: 24_000, toFrame: 48_000 }));
    for (const song of [changed, moved]) {
      expect(laneIn(song).points.map(({ frame }) => quartersAt(song, frame))).toEqual([0, 1, 4]);
    }
  });
});
