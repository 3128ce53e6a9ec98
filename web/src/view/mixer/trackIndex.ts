import { type Accessor, createMemo } from 'solid-js';
import type { Id, Track } from '../../model/types';
import { useStudio } from '../state/studio';
import { familiesOf } from './families';
import { createSilenced } from './silenced';

export interface FamilyOutline {
  readonly id: string;
  readonly name: string;
  readonly icon: ReturnType<typeof familiesOf>[number]['icon'];
  readonly trackIds: readonly Id[];
}

const sameOutline = (a: readonly FamilyOutline[], b: readonly FamilyOutline[]): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/**
 * Families and the ids of their tracks, which change only when tracks come, go or change their kind; and a track by its id. So a
 * moved fader renders one strip's one value, and no list.
 */
export function createTrackIndex(): {
  families: Accessor<readonly FamilyOutline[]>;
  order: Accessor<readonly Id[]>;
  /** The tracks that solo elsewhere silences. */
  silenced: Accessor<ReadonlySet<Id>>;
  track: (id: Id) => Accessor<Track>;
} {
  const studio = useStudio();
  const byId = createMemo(() => new Map(studio.project().tracks.map((track) => [track.id, track])));
  const families = createMemo<readonly FamilyOutline[]>(
    () =>
      familiesOf(studio.project().tracks).map(({ id, name, icon, tracks }) => ({
        id,
        name,
        icon,
        trackIds: tracks.map((track) => track.id),
      })),
    [],
    { equals: sameOutline },
  );
  const order = createMemo(() => families().flatMap((family) => family.trackIds));
  return {
    families,
    order,
    silenced: createSilenced(),
    // A strip outlives its track by a moment when it is deleted: it keeps the last it knew.
    track: (id) => createMemo<Track>((last) => byId().get(id) ?? last, byId().get(id) as Track),
  };
}
