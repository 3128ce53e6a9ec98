import { type Accessor, createMemo } from 'solid-js';
import { silencedBySolo } from '../../commands/solo';
import type { Id } from '../../model/types';
import { useStudio } from '../state/studio';

const same = (a: ReadonlySet<Id>, b: ReadonlySet<Id>): boolean =>
  a.size === b.size && [...a].every((id) => b.has(id));

/** The tracks that solo elsewhere silences; changes only when they do. */
export function createSilenced(): Accessor<ReadonlySet<Id>> {
  const studio = useStudio();
  return createMemo(() => silencedBySolo(studio.project().tracks), undefined, { equals: same });
}
