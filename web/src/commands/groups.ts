import type { Id, ProjectSnapshot, Track } from '../model/types';

/** The groups that each track plays through on its way to the master, nearest first; tracks outside of groups are left out. */
export function groupsAround(tracks: readonly Track[]): ReadonlyMap<Id, readonly Track[]> {
  const byId = new Map(tracks.map((track) => [track.id, track]));
  const around = new Map<Id, readonly Track[]>();
  for (const track of tracks) {
    const groups: Track[] = [];
    for (let id = track.outputId; id !== null; ) {
      const bus = byId.get(id);
      if (!bus || groups.includes(bus)) break;
      if (bus.role === 'group') groups.push(bus);
      id = bus.outputId;
    }
    if (groups.length > 0) around.set(track.id, groups);
  }
  return around;
}

/** All that plays into a group, through other groups too, in the order of the tracks. */
export function membersOf(project: ProjectSnapshot, groupId: Id): readonly Track[] {
  const around = groupsAround(project.tracks);
  return project.tracks.filter(({ id }) => around.get(id)?.some((group) => group.id === groupId));
}
