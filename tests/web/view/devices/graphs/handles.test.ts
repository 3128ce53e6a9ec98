import { describe, expect, it } from 'vitest';
import type { ParamInfo } from '../../../../../web/src/generated/devices';
import {
  distanceTo,
  type Handle,
  HandleDrag,
  handleAt,
  nudged,
  resetOf,
} from '../../../../../web/src/view/devices/graphs/handles';
import { shifted } from '../../../../../web/src/view/devices/graphs/picture';
import { linearScale, logScale } from '../../../../../web/src/view/devices/graphs/scale';

const info = (id: string, over: Partial<ParamInfo> = {}): ParamInfo => ({
  id,
  name: id,
  unit: 'dB',
  min: -24,
  max: 24,
  default: 0,
  curve: 'linear',
  smoothingMs: 0,
  kind: 'continuous',
  choices: [],
  changesLatency: 0,
  ...over,
});
const table: Record<string, ParamInfo> = {
  gainDb: info('gainDb'),
  freqHz: info('freqHz', { unit: 'Hz', min: 10, max: 20000, default: 1000, curve: 'logarithmic' }),
  slope: info('slope', { unit: 'dB/oct', min: 0, max: 7, default: 1, kind: 'choice' }),
};
const params = (id: string) => table[id];

const point = (id: string, x: number, y: number): Handle => ({
  id,
  name: id,
  target: { kind: 'point', x, y },
  x: { param: 'freqHz', scale: logScale(20, 20000, 0, 600) },
  y: { param: 'gainDb', scale: linearScale(12, -12, 0, 120) },
});
const line: Handle = {
  id: 'line',
  name: 'line',
  target: { kind: 'line', at: 50, along: 'x', from: 10, to: 200 },
  y: { param: 'gainDb', scale: linearScale(12, -12, 0, 120) },
};
const area: Handle = {
  id: 'area',
  name: 'area',
  target: { kind: 'area', left: 0, top: 0, right: 300, bottom: 120 },
};

describe('what is under the pointer', () => {
  it('has a target of 24 px about a point', () => {
    expect(distanceTo(point('p', 100, 50).target, 111, 50)).not.toBeNull();
    expect(distanceTo(point('p', 100, 50).target, 113, 50)).toBeNull();
  });

  it('is a point before a line, a line before an area, and the nearest of two points', () => {
    const handles = [area, line, point('a', 100, 50), point('b', 114, 50)];
    expect(handleAt(handles, 102, 50)?.id).toBe('a');
    expect(handleAt(handles, 110, 50)?.id).toBe('b');
    expect(handleAt(handles, 180, 54)?.id).toBe('line');
    expect(handleAt(handles, 180, 80)?.id).toBe('area');
    expect(handleAt(handles, 205, 50)?.id).toBe('area');
    expect(handleAt(handles, 305, 50)).toBeNull();
  });

  it('leaves what is for the keyboard alone', () => {
    expect(handleAt([{ ...area, keyboardOnly: true }], 10, 10)).toBeNull();
  });

  it('moves with the part of the picture that it belongs to', () => {
    const [moved] = shifted([line], 100, 7);
    expect(moved?.target).toEqual({ kind: 'line', at: 57, along: 'x', from: 110, to: 300 });
    expect(handleAt(shifted([point('p', 5, 5)], 100, 0), 105, 5)?.id).toBe('p');
  });
});

describe('a drag', () => {
  const start = { freqHz: 1000, gainDb: 0 };

  it('moves both values by the way of the hand, whatever the steps', () => {
    const once = new HandleDrag(point('p', 0, 0), start, params).move(60, -30, false, false);
    const drag = new HandleDrag(point('p', 0, 0), start, params);
    for (let step = 0; step < 29; step++) drag.move(2, -1, false, false);
    const many = drag.move(2, -1, false, false);
    expect(many.freqHz).toBeCloseTo(once.freqHz as number, 6);
    expect(once.gainDb).toBeCloseTo(6);
    // 60 of 600 px are three tenths of a decade.
    expect(once.freqHz).toBeCloseTo(1000 * 10 ** 0.3, -1);
  });

  it('is ten times finer with Shift', () => {
    const values = new HandleDrag(point('p', 0, 0), start, params).move(0, -30, true, false);
    expect(values.gainDb).toBeCloseTo(0.6);
  });

  it('stops at the ends of the range and turns round there at once', () => {
    const drag = new HandleDrag(line, { gainDb: 20 }, params);
    expect(drag.move(0, -500, false, false).gainDb).toBe(24);
    expect(drag.move(0, 5, false, false).gainDb).toBeCloseTo(23);
  });

  it('snaps unless the hand is free, without losing its place', () => {
    const scale = linearScale(0, 12, 0, 120);
    const snapping: Handle = { ...line, y: { param: 'gainDb', scale, snap: (db) => Math.round(db / 3) * 3 } };
    const drag = new HandleDrag(snapping, { gainDb: 0 }, params);
    expect(drag.move(0, 10, false, false).gainDb).toBe(0);
    expect(drag.move(0, 10, false, false).gainDb).toBe(3);
    expect(drag.move(0, 0, false, true).gainDb).toBeCloseTo(2);
  });

  it('takes other values along', () => {
    const handle: Handle = { ...line, follow: (changed) => ({ slope: (changed.gainDb ?? 0) > 3 ? 2 : 1 }) };
    const drag = new HandleDrag(handle, { gainDb: 0 }, params);
    expect(drag.move(0, -20, false, false)).toEqual({ gainDb: 4, slope: 2 });
  });
});

describe('keys and the wheel', () => {
  const gain = table.gainDb as ParamInfo;
  const slope = table.slope as ParamInfo;

  it('step decibels by a tenth, frequencies by a part of an octave, choices by one', () => {
    expect(nudged(gain, 0, 'step', 1)).toBeCloseTo(0.1);
    expect(nudged(gain, 0, 'bigStep', -1)).toBeCloseTo(-1);
    expect(nudged(gain, 0, 'pageStep', 1)).toBeCloseTo(3);
    expect(nudged(table.freqHz as ParamInfo, 1000, 'pageStep', 1)).toBeCloseTo(2000);
    expect(nudged(slope, 1, 'step', 1)).toBe(2);
    expect(nudged(slope, 7, 'step', 1)).toBe(7);
  });
});

it('resets to the defaults of the table unless a handle says otherwise', () => {
  expect(resetOf(point('p', 0, 0), params)).toEqual({ freqHz: 1000, gainDb: 0 });
  expect(resetOf({ ...line, reset: { gainDb: 3 } }, params)).toEqual({ gainDb: 3 });
});
