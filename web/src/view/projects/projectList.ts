import { type Accessor, createResource, createSignal } from 'solid-js';
import type { ProjectInfo } from '../../bridge/projectTypes';
import type { Id } from '../../model/types';
import { useStudio } from '../state/studio';

export interface ProjectList {
  /** Newest first. */
  readonly projects: Accessor<readonly ProjectInfo[]>;
  open(id: Id): Promise<void>;
  duplicate(id: Id): Promise<void>;
  rename(id: Id, name: string): Promise<void>;
  /** A message offers to undo. */
  remove(id: Id): Promise<void>;
}

const [edition, setEdition] = createSignal(0);

/** The projects in this browser, read anew whenever one is opened, renamed, duplicated or deleted. */
export function createProjectList(): ProjectList {
  const { project, projects } = useStudio();
  const [all] = createResource(
    () => [projects.current(), project().name, edition()].join(),
    () => projects.list(),
  );
  const changing =
    <Args extends unknown[]>(action: (...args: Args) => Promise<void>) =>
    async (...args: Args) => {
      await action(...args);
      setEdition(edition() + 1);
    };
  return {
    projects: () => (all.latest ?? []).toSorted((a, b) => b.changedAt - a.changedAt),
    open: (id) => projects.open(id),
    duplicate: changing((id: Id) => projects.duplicate(id)),
    rename: changing((id: Id, name: string) => projects.rename(id, name)),
    remove: changing((id: Id) => projects.remove(id)),
  };
}
