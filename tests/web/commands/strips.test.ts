import { describe, expect, test } from 'vitest';
import {
  clearMute,
  clearSolo,
  resetTrackParam,
  setLinkedParam,
  setMasterParam,
  setTrackParam,
  toggleMute,
  toggleSolo,
} from '../../../web/src/commands/strips';
import type { ProjectSnapshot, StripParamId } from '../../../web/src/model/types';
import { edited, song } from './song';

const values = (project: ProjectSnapshot, param: StripParamId) =>
  project.tracks.map(({ params }) => params[param]);

function withVolumes(...volumesDb: number[]): ProjectSnapshot {
  const project = song(...volumesDb.map(() => []));
  return edited(
    project,
    volumesDb.map((value, index) => ({
      op: 'track.param',
      trackId: `t${index + 1}`,
      param: 'volumeDb',
      value,
    })),
  );
}

describe('faders', () => {
  test('a value is clamped to what the strip has', () => {
    const project = song([]);
    const set = (value: number) =>
      values(
        edited(project, setTrackParam(project, { trackId: 't1', param: 'volumeDb', value })),
        'volumeDb',
      );
    expect(set(-3.5)).toEqual([-3.5]);
    expect(set(99)).toEqual([12]);
    expect(set(Number.NEGATIVE_INFINITY)).toEqual([-90]);
    expect(
      edited(project, setMasterParam(project, { param: 'volumeDb', value: -6 })).master.params.volumeDb,
    ).toBe(-6);
  });

  test('a linked move keeps the differences, as far as each fader goes; what is off stays off', () => {
    const project = withVolumes(0, -10, 8, -90);
    const moved = (value: number, trackIds = ['t1', 't2', 't3', 't4']) =>
      values(
        edited(project, setLinkedParam(project, { trackId: 't1', param: 'volumeDb', value, trackIds })),
        'volumeDb',
      );
    expect(moved(-6)).toEqual([-6, -16, 2, -90]);
    expect(moved(6)).toEqual([6, -4, 12, -90]);
    expect(moved(50)).toEqual([12, 2, 12, -90]);
    expect(moved(-6, ['t2'])).toEqual([-6, -10, 8, -90]);
  });

  test('reset goes to the default', () => {
    const project = withVolumes(-6, 3, 0);
    const reset = resetTrackParam(project, { trackIds: ['t1', 't2', 't3'], param: 'volumeDb' });
    expect(values(edited(project, reset), 'volumeDb')).toEqual([0, 0, 0]);
    expect(reset).toHaveLength(2);
  });
});

describe('mute and solo', () => {
  const project = song([], [], []);
  const all = ['t1', 't2', 't3'];

  test('a mixed selection goes on, then off', () => {
    const one = edited(project, toggleMute(project, { trackIds: ['t2'] }));
    expect(values(one, 'mute')).toEqual([0, 1, 0]);
    const three = edited(one, toggleMute(one, { trackIds: all }));
    expect(values(three, 'mute')).toEqual([1, 1, 1]);
    expect(values(edited(three, toggleMute(three, { trackIds: all })), 'mute')).toEqual([0, 0, 0]);
    expect(values(edited(three, clearMute(three)), 'mute')).toEqual([0, 0, 0]);
  });

  test('exclusive solo takes the others off, and itself when it was alone', () => {
    const two = edited(project, toggleSolo(project, { trackIds: ['t1', 't2'] }));
    expect(values(two, 'solo')).toEqual([1, 1, 0]);
    const alone = edited(two, toggleSolo(two, { trackIds: ['t2'], exclusive: true }));
    expect(values(alone, 'solo')).toEqual([0, 1, 0]);
    const none = edited(alone, toggleSolo(alone, { trackIds: ['t2'], exclusive: true }));
    expect(values(none, 'solo')).toEqual([0, 0, 0]);
    expect(values(edited(two, clearSolo(two)), 'solo')).toEqual([0, 0, 0]);
    expect(clearSolo(project)).toEqual([]);
  });
});
