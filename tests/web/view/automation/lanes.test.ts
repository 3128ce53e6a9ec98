import { describe, expect, it } from 'vitest';
import { eraseStretch } from '../../../../web/src/commands/automation';
import { setUpMastering } from '../../../../web/src/commands/mastering';
import { applyPatches } from '../../../../web/src/model/applyPatches';
import type { Lane, Point, ProjectSnapshot } from '../../../../web/src/model/types';
import { masterId, masteringId } from '../../../../web/src/model/types';
import { linearSpec, volumeSpec } from '../../../../web/src/view/kit/valueSpec';
import { room, setRoom } from '../../../../web/src/view/state/room';
import { editLane, movedBy } from '../../../../web/src/view/tracks/automation/laneEdits';
import {
  hitLane,
  pointsInArea,
  valueAtY,
  xOf,
  yOf,
} from '../../../../web/src/view/tracks/automation/laneShape';
import {
  blocksHeight,
  exchangeLane,
  hideLane,
  isUnfolded,
  revealLane,
  showLane,
  shownLanes,
  toggleBlock,
  toggleLanes,
} from '../../../../web/src/view/tracks/automation/shownLanes';
import {
  findTarget,
  laneOf,
  targetsOf,
  volumeTarget,
  whyUnheard,
} from '../../../../web/src/view/tracks/automation/targets';
import { fakeProject, fakeTrack } from '../../../support/fakeSong';

const point = (frame: number, value: number, fields: Partial<Point> = {}): Point => ({
  frame,
  value,
  shape: 'linear',
  bend: 0,
  ...fields,
});
const lane = (points: readonly Point[], fields: Partial<Lane> = {}): Lane => ({
  id: 'lane',
  kind: 'strip',
  targetId: null,
  param: 'volumeDb',
  timebase: 'time',
  points,
  ...fields,
});
const spec = linearSpec({ min: 0, max: 10, defaultValue: 0 });
const geometry = { view: { scrollFrame: 1000, framesPerPx: 10 }, height: 62, spec };

describe('the shape of a lane', () => {
  it('has the range of values between 6 pixels at both ends', () => {
    expect([0, 5, 10].map((value) => yOf(geometry, value))).toEqual([56, 31, 6]);
    expect([-20, 6, 31, 56, 90].map((y) => valueAtY(geometry, y))).toEqual([10, 10, 5, 0, 0]);
    expect(xOf(geometry, 1500)).toBe(50);
  });

  it('goes there and back on the taper of a fader', () => {
    for (const db of [-60, -12.5, 0, 6, 12]) {
      const place = { ...geometry, spec: volumeSpec };
      expect(valueAtY(place, yOf(place, db))).toBeCloseTo(db, 9);
    }
  });

  const points = [point(1100, 0), point(2100, 10), point(2120, 10)];

  it('gives the nearest point within reach, else the line under the hand, else nothing', () => {
    expect(hitLane(geometry, points, 10, 56)).toEqual({ kind: 'point', index: 0 });
    expect(hitLane(geometry, points, 109.4, 6)).toEqual({ kind: 'point', index: 1 });
    expect(hitLane(geometry, points, 111, 6)).toEqual({ kind: 'point', index: 2 });
    expect(hitLane(geometry, points, 60, 31)).toEqual({ kind: 'line', index: 0 });
    expect(hitLane(geometry, points, 60, 31 + 7)).toEqual({ kind: 'empty' });
    expect(hitLane(geometry, points, 400, 6)).toEqual({ kind: 'line', index: 2 });
    expect(hitLane(geometry, points, -40, 56)).toEqual({ kind: 'line', index: -1 });
    expect(hitLane(geometry, [], 10, 56)).toEqual({ kind: 'empty' });
  });

  it('follows a bend and a step', () => {
    const held = [point(1000, 2, { shape: 'hold' }), point(2000, 8)];
    expect(hitLane(geometry, held, 95, yOf(geometry, 2)).kind).toBe('line');
    const bend = [point(1000, 0, { shape: 'bend', bend: 1 }), point(2000, 10)];
    // A full bend passes (1 + 0.9375) / 2 of the way in the middle.
    expect(hitLane(geometry, bend, 50, yOf(geometry, 9.6875)).kind).toBe('line');
    expect(hitLane(geometry, bend, 50, yOf(geometry, 5)).kind).toBe('empty');
  });

  it('says which points a rubber band holds', () => {
    expect(pointsInArea(geometry, points, { left: 100, right: 120, top: 0, bottom: 20 })).toEqual([1, 2]);
    expect(pointsInArea(geometry, points, { left: 0, right: 120, top: 20, bottom: 60 })).toEqual([0]);
  });
});

const song = (points: readonly Point[] = []): ProjectSnapshot =>
  fakeProject([fakeTrack('Lead', { lanes: points.length > 0 ? [lane(points)] : [] }), fakeTrack('Pad')]);

/** With the standard chain, and this device of it. */
function mastered(device: string) {
  const base = song();
  const project = applyPatches(base, setUpMastering(base));
  const insert = project.mastering.inserts.find((each) => each.device === device);
  if (!insert) throw new Error(`the chain has no ${device}`);
  const target = (param: string) => ({ kind: 'insert', targetId: insert.id, param }) as const;
  return { project, insert, target };
}

describe('an edit of a lane', () => {
  it('makes the lane first where there is none, as one change', () => {
    const before = song();
    const patches = editLane(
      before,
      'lead',
      volumeTarget,
      () => 'made',
      (_project, place) => {
        expect(place).toEqual({ ownerId: 'lead', laneId: 'made' });
        return [{ op: 'points.set', ...place, fromFrame: 0, toFrame: 10, points: [point(5, -3)] }];
      },
    );
    expect(laneOf(applyPatches(before, patches), 'lead', volumeTarget)?.points).toEqual([point(5, -3)]);
  });

  it('takes the lane that is there', () => {
    const before = song([point(0, -6), point(100, 0)]);
    const patches = editLane(
      before,
      'lead',
      volumeTarget,
      () => 'made',
      (project, place) => eraseStretch(project, { ...place, fromFrame: 0, toFrame: 50 }),
    );
    expect(patches.map(({ op }) => op)).toEqual(['points.set']);
    expect(laneOf(applyPatches(before, patches), 'lead', volumeTarget)?.points).toEqual([point(100, 0)]);
  });

  it('makes nothing of what can have no lane', () => {
    const solo = { kind: 'strip', targetId: null, param: 'solo' } as const;
    expect(
      editLane(
        song(),
        'lead',
        solo,
        () => 'made',
        () => [],
      ),
    ).toEqual([]);
  });

  it('moves points by as much, without the dust of decimals', () => {
    const before = song([point(0, 0.2), point(100, 0)]);
    const place = { ownerId: 'lead', laneId: 'lane' };
    const after = applyPatches(before, movedBy(before, place, [0], 40, 0.1));
    expect(laneOf(after, 'lead', volumeTarget)?.points).toEqual([point(40, 0.3), point(100, 0)]);
  });
});

describe('what can have a lane', () => {
  it('is the strip first, then its sections; never solo or what changes the latency', () => {
    const targets = targetsOf(song(), 'lead');
    expect(targets.slice(0, 3).map(({ name }) => name)).toEqual(['Volume', 'Pan', 'Mute']);
    const params = targets.map(({ target }) => target.param);
    for (const never of ['solo', 'soloSafe', 'compressor.lookaheadMs']) expect(params).not.toContain(never);
    const gain = targets.find(({ target }) => target.param === 'eq.band3.gainDb');
    expect(gain).toMatchObject({ name: 'Band 3 gain', group: 'EQ', stepped: false });
    const mute = targets.find(({ target }) => target.param === 'mute');
    expect([mute?.stepped, mute?.spec.format(0), mute?.spec.format(1)]).toEqual([true, 'Off', 'On']);
  });

  it('is the master too', () => {
    expect(targetsOf(song(), masterId).map(({ target }) => target.param)).toContain('volumeDb');
    expect(findTarget(song(), 'nobody', volumeTarget)).toBeUndefined();
  });

  it('is every device of the mastering chain, without what changes its latency', () => {
    const { project, target } = mastered('limiter');
    const targets = targetsOf(project, masteringId);
    expect(targets.every(({ target: { kind } }) => kind === 'insert')).toBe(true);
    expect(new Set(targets.map(({ group }) => group)).size).toBe(project.mastering.inserts.length);
    expect(findTarget(project, masteringId, target('ceilingDb'))).toMatchObject({ group: '7. Limiter' });
    expect(findTarget(project, masteringId, target('lookaheadMs'))).toBeUndefined();
    expect(targetsOf(song(), masteringId)).toEqual([]);
  });
});

describe('a lane that is not heard where it is drawn', () => {
  it('is one of a chain that only the Master room hears, or of a device that is bypassed, or automation is off', () => {
    const { project, insert, target } = mastered('limiter');
    const gain = target('inputGainDb');
    const why = (...patches: Parameters<typeof applyPatches>[1]) =>
      whyUnheard(applyPatches(project, patches), masteringId, gain);
    expect(why()).toContain('Master room');
    const heard = { op: 'mastering.set', fields: { on: true } } as const;
    expect(why(heard)).toBeNull();
    const bypass = {
      op: 'insert.set',
      ownerId: masteringId,
      insertId: insert.id,
      fields: { on: false },
    } as const;
    expect(why(heard, bypass)).toContain('bypassed');
    const off = { op: 'track.set', trackId: 'lead', fields: { automationMode: 'off' } } as const;
    expect(whyUnheard(project, 'lead', volumeTarget)).toBeNull();
    expect(whyUnheard(applyPatches(project, [off]), 'lead', volumeTarget)).toContain('off');
  });
});

describe('unfolded lanes', () => {
  const pan = { kind: 'strip', targetId: null, param: 'pan' } as const;
  const mute = { kind: 'strip', targetId: null, param: 'mute' } as const;
  const params = (project: ProjectSnapshot, id: string) => shownLanes(project, id).map(({ param }) => param);

  it('are those that there are, or the one of the volume', () => {
    const project = fakeProject([
      fakeTrack('Lead', { lanes: [lane([point(0, 0)], { param: 'pan' })] }),
      fakeTrack('Pad'),
    ]);
    toggleLanes(project, 'lead');
    toggleLanes(project, 'pad');
    expect([params(project, 'lead'), params(project, 'pad')]).toEqual([['pan'], ['volumeDb']]);
    toggleLanes(project, 'lead');
    toggleLanes(project, 'pad');
    expect(isUnfolded('lead')).toBe(false);
  });

  it('are shown once, exchanged and hidden; the last one folds the track', () => {
    const project = song();
    showLane('lead', pan);
    showLane('lead', pan);
    showLane('lead', volumeTarget);
    expect(params(project, 'lead')).toEqual(['pan', 'volumeDb']);
    exchangeLane('lead', pan, mute);
    exchangeLane('lead', mute, volumeTarget);
    expect(params(project, 'lead')).toEqual(['mute', 'volumeDb']);
    hideLane('lead', mute);
    hideLane('lead', volumeTarget);
    expect(isUnfolded('lead')).toBe(false);
  });

  it('leave out what is gone', () => {
    showLane('lead', { kind: 'insert', targetId: 'gone', param: 'mix' });
    expect(params(song(), 'lead')).toEqual([]);
    hideLane('lead', { kind: 'insert', targetId: 'gone', param: 'mix' });
  });

  it('of the master and of the chain take a line for their name', () => {
    const heights = { lane: 40, selected: 56, automation: 50 };
    const { project, target } = mastered('limiter');
    expect(blocksHeight(project, heights)).toBe(0);
    toggleLanes(project, masterId);
    expect(blocksHeight(project, heights)).toBe(90);
    toggleLanes(project, masteringId);
    expect(params(project, masteringId)).toEqual(['inputGainDb']);
    showLane(masteringId, target('ceilingDb'));
    expect(blocksHeight(project, heights)).toBe(90 + 140);
    // Another chain, whose devices are others, shows none of them.
    expect(blocksHeight(mastered('limiter').project, heights)).toBe(90);
    toggleLanes(project, masterId);
    toggleLanes(project, masteringId);
    expect(blocksHeight(project, heights)).toBe(0);
  });

  it('of the chain are come to from another room, and folded away from theirs', () => {
    const { project, target } = mastered('limiter');
    const points = [point(0, 3)];
    const ofIt = lane(points, { ...target('ceilingDb') });
    const withLane = applyPatches(project, [{ op: 'lane.add', ownerId: masteringId, lane: ofIt }]);
    setRoom('master');
    toggleBlock(withLane, masteringId);
    expect([room(), params(withLane, masteringId)]).toEqual(['arrange', ['ceilingDb']]);
    setRoom('master');
    toggleBlock(withLane, masteringId);
    expect([room(), params(withLane, masteringId)]).toEqual(['arrange', ['ceilingDb']]);
    toggleBlock(withLane, masteringId);
    expect(params(withLane, masteringId)).toEqual([]);
    setRoom('master');
    revealLane(masteringId, target('releaseMs'));
    expect([room(), params(withLane, masteringId)]).toEqual(['arrange', ['releaseMs']]);
    toggleBlock(withLane, masteringId);
    toggleBlock(song(), masteringId);
    expect(isUnfolded(masteringId)).toBe(false);
  });
});
