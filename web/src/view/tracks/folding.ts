import { type Accessor, createMemo, createSignal } from 'solid-js';
import { groupsAround, membersOf } from '../../commands/groups';
import type { Id, ProjectSnapshot, Track } from '../../model/types';
import { leadTrackId, selectTracks } from '../state/selection';
import { useStudio } from '../state/studio';
import { foldLanes } from './automation/shownLanes';

// Which groups are folded is the page's affair, not the document's.
const [folded, setFolded] = createSignal<ReadonlySet<Id>>(new Set());

export const isFolded = (groupId: Id): boolean => folded().has(groupId);

/** Shows only the head of a group, with all its members in one lane; or each member again. */
export function toggleFold(project: ProjectSnapshot, groupId: Id): void {
  const next = new Set(folded());
  if (!next.delete(groupId)) {
    next.add(groupId);
    const members = membersOf(project, groupId);
    for (const { id } of members) foldLanes(id);
    if (members.some(({ id }) => id === leadTrackId())) selectTracks([groupId]);
  }
  setFolded(next);
}

/** Unfolds all groups that hide a track. */
export function reveal(project: ProjectSnapshot, trackId: Id): void {
  const hiding = groupsAround(project.tracks).get(trackId) ?? [];
  if (hiding.some(({ id }) => folded().has(id)))
    setFolded(new Set([...folded()].filter((id) => !hiding.some((group) => group.id === id))));
}

export interface Grouping {
  /** Of groups that are groups' members: the nearest first. */
  around(trackId: Id): readonly Track[];
  /** Some group around it is folded. */
  isHidden(trackId: Id): boolean;
}

export function createGrouping(): Accessor<Grouping> {
  const studio = useStudio();
  return createMemo(() => {
    const around = groupsAround(studio.project().tracks);
    return {
      around: (trackId) => around.get(trackId) ?? [],
      isHidden: (trackId) => around.get(trackId)?.some(({ id }) => folded().has(id)) ?? false,
    };
  });
}
