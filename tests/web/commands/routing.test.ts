import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { copyInsert, duplicateInsert, moveInsert, setInsertKey } from '../../../web/src/commands/inserts';
import * as routing from '../../../web/src/commands/routing';
import { applyPreset, copySettings, pasteSettings } from '../../../web/src/commands/sections';
import { setLinkedParam, setTrackParam } from '../../../web/src/commands/strips';
import { deleteTracks, duplicateTracks } from '../../../web/src/commands/tracks';
import { applyPatches, RoutingLoopError } from '../../../web/src/model/applyPatches';
import { Project } from '../../../web/src/model/project';
import { freshInsert } from '../../../web/src/model/strip';
import type { Patch, ProjectSnapshot, Track } from '../../../web/src/model/types';
import { aFurnishedProject, aTrack } from '../model/fixtures';

const ids = () => {
  let next = 0;
  return () => `n${next++}`;
};
const song = (patches: readonly Patch[] = []): ProjectSnapshot =>
  applyPatches(aFurnishedProject().snapshot(), patches);
const track = (project: ProjectSnapshot, id: string): Track =>
  project.tracks.find((other) => other.id === id) as Track;
const output = (trackId: string, outputId: string | null): Patch => ({
  op: 'track.set',
  trackId,
  fields: { outputId },
});

describe('groups', () => {
  test('stand after their members and play into what all of them played into', () => {
    const before = song([output('t0', 't3'), output('t1', 't3')]);
    const after = applyPatches(before, routing.addGroup(before, { trackIds: ['t1', 't0'] }, ids()));
    expect(after.tracks.map(({ id }) => id)).toEqual(['t0', 't1', 'n0', 't2', 't3']);
    expect(['t0', 't1', 'n0'].map((id) => track(after, id).outputId)).toEqual(['n0', 'n0', 't3']);
    expect(track(after, 'n0')).toMatchObject({ role: 'group', name: 'Group' });
    const ungrouped = applyPatches(after, routing.ungroup(after, { trackIds: ['n0'] }));
    expect(ungrouped.tracks.map(({ outputId }) => outputId)).toEqual(['t3', 't3', null, null]);
  });

  test('a bus that goes hands its members to its own output, and its sends and keys end', () => {
    const before = song([
      output('t0', 't1'),
      output('t1', 't2'),
      ...routing.addSend(song(), { trackIds: ['t3'], toId: 't1' }, ids()),
      { op: 'track.set', trackId: 't3', fields: { compressorKeyId: 't0' } },
      { op: 'track.set', trackId: 't2', fields: { gateKeyId: 't1' } },
    ]);
    const after = applyPatches(before, deleteTracks(before, { trackIds: ['t1'] }));
    expect(track(after, 't0').outputId).toBe('t2');
    expect(track(after, 't3').sends).toEqual([]);
    expect(track(after, 't2').gateKeyId).toBeNull();
    expect(track(after, 't3').compressorKeyId).toBe('t0');
  });

  test('copies of a group and its members play into each other', () => {
    const before = song([
      output('t0', 't1'),
      ...routing.addSend(song(), { trackIds: ['t0'], toId: 't2' }, ids()),
    ]);
    const after = applyPatches(before, duplicateTracks(before, { trackIds: ['t0', 't1'] }, ids()));
    const copy = after.tracks[1] as Track;
    expect(copy.outputId).toBe(after.tracks[3]?.id);
    expect(copy.sends[0]).toMatchObject({ toId: 't2' });
    expect(copy.sends[0]?.id).not.toBe(track(after, 't0').sends[0]?.id);
  });
});

describe('loops', () => {
  const chained = song([output('t0', 't1'), output('t1', 't2')]);

  test('a patch that would make one is refused with the names of the tracks', () => {
    expect(() => applyPatches(chained, [output('t2', 't0')])).toThrow(RoutingLoopError);
    expect(() => applyPatches(chained, [output('t2', 't0')])).toThrow(
      /^That would make a loop: (“Track t\d” → ){3}“Track t\d”\.$/,
    );
    expect(() => applyPatches(chained, [output('t3', 't3')])).toThrow('“Track t3” can’t be sent to itself.');
    const send = routing.addSend(song(), { trackIds: ['t2'], toId: 't0' }, ids());
    expect(() => applyPatches(chained, send)).toThrow(RoutingLoopError);
    const key: Patch = { op: 'track.set', trackId: 't0', fields: { compressorKeyId: 't2' } };
    expect(() => applyPatches(chained, [key])).toThrow(RoutingLoopError);
  });

  test('commands offer and make none', () => {
    expect(routing.possibleBuses(chained, ['t1']).map(({ id }) => id)).toEqual(['t2', 't3']);
    expect(routing.setOutput(chained, { trackIds: ['t2', 't3'], outputId: 't0' })).toEqual([
      output('t3', 't0'),
    ]);
    expect(routing.addSend(chained, { trackIds: ['t2'], toId: 't0' })).toEqual([]);
    expect(routing.setKey(chained, { trackId: 't0', section: 'compressor', keyId: 't2' })).toEqual([]);
    expect(routing.setKey(chained, { trackId: 't2', section: 'compressor', keyId: 't0' })).toHaveLength(1);
  });

  test('turning a chain around in one list of patches is no loop', () => {
    const turned = applyPatches(chained, [output('t2', 't1'), output('t1', 't0'), output('t0', null)]);
    expect(['t0', 't1', 't2'].map((id) => track(turned, id).outputId)).toEqual([null, 't0', 't1']);
  });

  test('one that two people make together is broken alike for both', () => {
    const left = aFurnishedProject();
    const doc = new Y.Doc();
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(left.doc));
    const right = new Project(doc);
    left.commit('Route', [output('t1', 't0')]);
    right.commit('Route', [output('t0', 't1')]);
    Y.applyUpdate(right.doc, Y.encodeStateAsUpdate(left.doc));
    Y.applyUpdate(left.doc, Y.encodeStateAsUpdate(right.doc));
    for (const { tracks } of [left.snapshot(), right.snapshot()]) {
      expect(tracks.slice(0, 2).map(({ outputId }) => outputId)).toEqual(['t1', null]);
    }
  });
});

describe('inserts', () => {
  const withGain: ProjectSnapshot = song([
    { op: 'insert.add', ownerId: 't0', insert: freshInsert('a', 'gain'), index: 0 },
    { op: 'insert.add', ownerId: 't0', insert: freshInsert('b', 'gain'), index: 1 },
    { op: 'insert.param', ownerId: 't0', insertId: 'a', param: 'gainDb', value: -3 },
    {
      op: 'lane.add',
      ownerId: 't0',
      lane: {
        id: 'l',
        kind: 'insert',
        targetId: 'a',
        param: 'pan',
        timebase: 'time',
        points: [{ frame: 0, value: 20, shape: 'linear', bend: 0 }],
      },
    },
  ]);

  test('move with their automation, to other strips too', () => {
    const moved = applyPatches(withGain, moveInsert(withGain, { ownerId: 't0', insertId: 'a', index: 2 }));
    expect(track(moved, 't0').inserts.map(({ id }) => id)).toEqual(['b', 'a']);
    const to = { ownerId: 't0', insertId: 'a', toOwnerId: 'master', index: 0 };
    const away = applyPatches(withGain, moveInsert(withGain, to, ids()));
    expect(track(away, 't0')).toMatchObject({ inserts: [{ id: 'b' }], lanes: [] });
    expect(away.master.inserts[0]).toMatchObject({ id: 'n0', params: { gainDb: -3 } });
    expect(away.master.lanes[0]).toMatchObject({ targetId: 'n0', param: 'pan', points: [{ value: 20 }] });
  });

  test('are copied with settings and automation', () => {
    const twice = applyPatches(withGain, duplicateInsert(withGain, { ownerId: 't0', insertId: 'a' }, ids()));
    expect(track(twice, 't0').inserts.map(({ id }) => id)).toEqual(['a', 'n0', 'b']);
    expect(track(twice, 't0').lanes).toHaveLength(2);
  });

  test('a strip holds sixteen', () => {
    const add = (id: string): Patch => ({
      op: 'insert.add',
      ownerId: 't1',
      insert: freshInsert(id, 'gain'),
      index: 99,
    });
    const sixteen = Array.from({ length: 16 }, (_, n) => add(`i${n}`));
    const full = applyPatches(withGain, sixteen);
    expect(() => applyPatches(full, [add('more')])).toThrow('room for 16 inserts');
    expect(copyInsert(full, { ownerId: 't0', insertId: 'a', toOwnerId: 't1', index: 0 })).toEqual([]);
  });

  test('a key that would make a loop is not set', () => {
    const routed = applyPatches(withGain, [output('t0', 't1')]);
    expect(setInsertKey(routed, { ownerId: 't0', insertId: 'a', keyId: 't1' })).toEqual([]);
    expect(setInsertKey(routed, { ownerId: 't0', insertId: 'a', keyId: 't2' })).toHaveLength(1);
  });

  test('settings go from a section to an insert of the same device', () => {
    const place = { kind: 'section', trackId: 't0', section: 'compressor' } as const;
    const preset = { name: 'Vocal', values: { thresholdDb: -30, ratio: 4 } };
    const set = applyPatches(withGain, applyPreset(withGain, place, preset));
    expect(track(set, 't0').sectionPresets).toEqual({ gate: '', eq: '', compressor: 'Vocal' });
    expect(track(set, 't0').params).toMatchObject({ 'compressor.thresholdDb': -30, 'compressor.ratio': 4 });
    const copied = copySettings(set, place);
    const pasted = applyPatches(set, pasteSettings(set, { ...place, trackId: 't1' }, copied as never));
    expect(track(pasted, 't1').params['compressor.ratio']).toBe(4);
    expect(pasteSettings(set, { kind: 'insert', ownerId: 't0', insertId: 'a' }, copied as never)).toEqual([]);
    const again = applyPatches(set, applyPreset(set, place, { name: 'Soft', values: { ratio: 2 } }));
    expect(track(again, 't0').params).toMatchObject({ 'compressor.thresholdDb': -18, 'compressor.ratio': 2 });
  });
});

describe('linked faders', () => {
  const linked = song([
    ...routing.linkFaders(song(), { trackIds: ['t0', 't1'] }, ids()),
    { op: 'track.param', trackId: 't1', param: 'volumeDb', value: -10 },
  ]);

  test('move by as many decibels, other controls do not', () => {
    const moved = applyPatches(
      linked,
      setTrackParam(linked, { trackId: 't0', param: 'volumeDb', value: -4 }),
    );
    expect(moved.tracks.map(({ params }) => params.volumeDb)).toEqual([-4, -14, 0, 0]);
    const selected = { trackId: 't2', param: 'volumeDb', value: -1, trackIds: ['t2', 't1'] } as const;
    const more = applyPatches(linked, setLinkedParam(linked, selected));
    expect(more.tracks.map(({ params }) => params.volumeDb)).toEqual([-1, -11, -1, 0]);
    const panned = applyPatches(linked, setTrackParam(linked, { trackId: 't0', param: 'pan', value: 9 }));
    expect(panned.tracks[1]?.params.pan).toBe(0);
  });

  test('a link of one track ends', () => {
    const after = applyPatches(linked, routing.unlinkFaders(linked, { trackIds: ['t0'] }));
    expect(after.tracks.map(({ linkId }) => linkId)).toEqual([null, null, null, null]);
  });
});

test('a return has a device that is all effect, and sends to it', () => {
  const before = song();
  const after = applyPatches(
    before,
    routing.addReturn(before, { device: 'gain', name: 'Room', trackIds: ['t0', 't2'], gainDb: -12 }, ids()),
  );
  const bus = after.tracks.at(-1) as Track;
  expect(bus).toMatchObject({ role: 'return', name: 'Room', inserts: [{ device: 'gain' }] });
  expect(after.tracks.flatMap(({ sends }) => sends.map(({ toId, gainDb }) => [toId, gainDb]))).toEqual([
    [bus.id, -12],
    [bus.id, -12],
  ]);
});

test('a track is called “master” never', () => {
  expect(() => song([{ op: 'track.add', index: 0, track: aTrack('master') }])).toThrow("can't be an id");
});
