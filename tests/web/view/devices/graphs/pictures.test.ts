import { describe, expect, it } from 'vitest';
import type { ParamInfo } from '../../../../../web/src/generated/devices';
import { DelayPicture } from '../../../../../web/src/view/devices/graphs/delayPicture';
import { bandOf } from '../../../../../web/src/view/devices/graphs/eqBand';
import { eqMenu } from '../../../../../web/src/view/devices/graphs/eqMenu';
import { EqPicture } from '../../../../../web/src/view/devices/graphs/eqPicture';
import { GatePicture } from '../../../../../web/src/view/devices/graphs/gatePicture';
import { type Handle, HandleDrag, handleAt } from '../../../../../web/src/view/devices/graphs/handles';
import type { Scene } from '../../../../../web/src/view/devices/graphs/picture';
import { ReverbPicture } from '../../../../../web/src/view/devices/graphs/reverbPicture';

const scene = (values: Record<string, number>, over: Partial<Scene> = {}): Scene => ({
  width: 560,
  height: 132,
  values,
  part: null,
  sampleRateHz: 48000,
  framesPerBeat: 30000,
  beatsPerBar: 4,
  heldId: null,
  dragging: false,
  ...over,
});
/** Wide enough for anything, with as many digits as a value deserves. */
const anyParam = (id: string): ParamInfo => ({
  id,
  name: id,
  unit: '',
  min: -1e6,
  max: 1e6,
  default: 0,
  curve: 'logarithmic',
  smoothingMs: 0,
  kind: 'continuous',
  choices: [],
  changesLatency: 0,
});
const find = (handles: readonly Handle[], id: string): Handle => {
  const handle = handles.find((candidate) => candidate.id === id);
  if (!handle) throw new Error(`no handle ${id}`);
  return handle;
};
const placeOf = ({ target }: Handle) => {
  if (target.kind !== 'point') throw new Error('not a point');
  return target;
};

describe('the picture of the equaliser', () => {
  const picture = new EqPicture();

  it('makes the next free band where the ground is clicked, and its point is there', () => {
    const before = { 'band1.on': 1, 'band1.freqHz': 100 };
    const created = picture.create(scene(before), 300, 40);
    expect(created?.handleId).toBe('band2');
    const after = scene({ ...before, ...created?.values });
    const { x, y } = placeOf(find(picture.handles(after), 'band2'));
    expect(x).toBeCloseTo(300, 0);
    expect(y).toBeCloseTo(40, 0);
    expect(handleAt(picture.handles(after), 300, 40)?.id).toBe('band2');
  });

  it('makes none in the foot, and none when all eight are on', () => {
    expect(picture.create(scene({}), 300, 128)).toBeNull();
    const full = Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`band${i + 1}.on`, 1]));
    expect(picture.create(scene(full), 300, 40)).toBeNull();
  });

  it('has the cuts of a strip at the edges while they are off; dragging one in turns it on from there', () => {
    const values = { 'cut.lowCutOn': 0, 'cut.lowCutHz': 800, 'cut.highCutOn': 0, 'cut.highCutHz': 16000 };
    const low = find(picture.handles(scene(values)), 'low');
    expect(placeOf(low).x).toBeLessThan(12);
    const moved = new HandleDrag(low, values, anyParam).move(70, 0, false, false);
    expect(moved['cut.lowCutOn']).toBe(1);
    expect(placeOf(find(picture.handles(scene({ ...values, ...moved })), 'low')).x).toBeCloseTo(80, 0);
    expect(find(picture.handles(scene(values)), 'high').remove).toEqual({ 'cut.highCutOn': 0 });
  });

  it('has no cuts among the inserts', () => {
    expect(picture.handles(scene({ 'band1.on': 1 })).map(({ id }) => id)).toEqual(['band1']);
  });

  it('keeps its range while a point is in the hand, and widens it afterwards', () => {
    const values = { 'band1.on': 1, 'band1.freqHz': 1000, 'band1.gainDb': 6 };
    const still = placeOf(find(picture.handles(scene(values)), 'band1')).y;
    const loud = { ...values, 'band2.on': 1, 'band2.gainDb': 18 };
    expect(placeOf(find(picture.handles(scene(loud, { dragging: true })), 'band1')).y).toBe(still);
    expect(placeOf(find(picture.handles(scene(loud)), 'band1')).y).toBeGreaterThan(still + 5);
  });

  it('lets a cut be dragged sideways alone, and its wheel turn the slope', () => {
    const cut = find(picture.handles(scene({ 'band3.on': 1, 'band3.type': 3, 'band3.freqHz': 80 })), 'band3');
    expect(cut.y).toBeUndefined();
    expect(cut.wheel).toBe('band3.slope');
  });

  it('offers types, and slopes for cuts alone', () => {
    const labels = (type: number) =>
      eqMenu('band1', { 'band1.type': type }, () => {}).map((entry) => ('label' in entry ? entry.label : ''));
    expect(labels(0)).toContain('Notch');
    expect(labels(0)).not.toContain('Slope');
    expect(labels(4)).toContain('Slope');
    expect(bandOf({ 'band1.type': 4, 'band1.slope': 7 }, 1)).toMatchObject({ type: 'highcut', slopeDb: 48 });
  });
});

it('keeps the hysteresis of the gate under its threshold as both lines move', () => {
  const picture = new GatePicture();
  const values = { thresholdDb: -30, hysteresisDb: 6, rangeDb: -40, holdMs: 80, releaseMs: 160 };
  const handles = picture.handles(scene(values, { height: 180 }));
  const down = new HandleDrag(find(handles, 'hysteresis'), values, anyParam).move(0, 10, false, false);
  expect(down.hysteresisDb).toBeGreaterThan(6);
  const later = new HandleDrag(find(handles, 'release'), values, anyParam).move(20, 0, false, false);
  expect(later.releaseMs).toBeGreaterThan(160);
  expect(picture.handles(scene(values, { height: 100 })).map(({ id }) => id)).toEqual([
    'threshold',
    'hysteresis',
  ]);
});

it('ties the time of the delay to notes, and frees it with Alt', () => {
  const picture = new DelayPicture();
  const values = { timeMs: 375, sync: 0, feedback: 45, pingPong: 0 };
  const now = scene(values, { width: 528 });
  const time = find(picture.handles(now), 'time');
  // 96 bpm: a beat is 625 ms, an eighth 312.5 (choice 6).
  const snapped = new HandleDrag(time, values, anyParam).move(-8, 0, false, false);
  expect(snapped).toEqual({ timeMs: 312.5, sync: 6 });
  const free = new HandleDrag(time, values, anyParam).move(-8, 0, false, true);
  expect(free.sync).toBe(0);
  expect(free.timeMs).not.toBe(312.5);
});

it('lets each dot of the reverb follow the hand', () => {
  const picture = new ReverbPicture();
  const values = {
    decayS: 1.8,
    preDelayMs: 20,
    lowMult: 1.2,
    highMult: 0.5,
    lowHz: 160,
    highHz: 5000,
    damping: 30,
  };
  const at = (changed: Record<string, number>, dragging = false) =>
    picture.handles(scene({ ...values, ...changed }, { width: 580, dragging }));
  for (const id of ['low', 'decay', 'high']) {
    const handle = find(at({}), id);
    const moved = new HandleDrag({ ...handle, y: undefined }, values, anyParam).move(12, 0, false, false);
    const way = placeOf(find(at(moved, true), id)).x - placeOf(handle).x;
    expect(way).toBeGreaterThan(5);
    expect(way).toBeLessThan(24);
  }
});
