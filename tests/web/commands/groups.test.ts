import { describe, expect, test } from 'vitest';
import { groupsAround, membersOf } from '../../../web/src/commands/groups';
import { addGroup } from '../../../web/src/commands/routing';
import type { ProjectSnapshot } from '../../../web/src/model/types';
import { edited, song } from './song';

function grouped(project: ProjectSnapshot, id: string, trackIds: readonly string[]): ProjectSnapshot {
  return edited(
    project,
    addGroup(project, { trackIds }, () => id),
  );
}

describe('groups', () => {
  const drums = grouped(song([], [], []), 'drums', ['t1', 't2']);
  const all = grouped(drums, 'all', ['drums', 't3']);

  test('know their members, those of groups inside them too', () => {
    expect(membersOf(all, 'drums').map(({ id }) => id)).toEqual(['t1', 't2']);
    expect(membersOf(all, 'all').map(({ id }) => id)).toEqual(['t1', 't2', 'drums', 't3']);
    expect(membersOf(all, 't1')).toEqual([]);
  });

  test('stand around a track from the nearest outwards', () => {
    const around = groupsAround(all.tracks);
    expect(around.get('t1')?.map(({ id }) => id)).toEqual(['drums', 'all']);
    expect(around.get('t3')?.map(({ id }) => id)).toEqual(['all']);
    expect(around.has('all')).toBe(false);
  });
});
