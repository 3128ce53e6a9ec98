import { type Accessor, createResource, createSignal } from 'solid-js';
import type { ProjectInfo, Studio } from '../../bridge/studioTypes';
import type { Id } from '../../model/types';
import { useStudio } from '../state/studio';

/** How long a deleted project can be had back. */
const undoMs = 10_000;

/** Projects that are deleted for the eye and will be in a moment. Shared by the start page and the list. */
const [leaving, setLeaving] = createSignal<ReadonlySet<Id>>(new Set());
const timers = new Map<Id, ReturnType<typeof setTimeout>>();
const [edition, setEdition] = createSignal(0);
const listChanged = () => setEdition(edition() + 1);

const without = (set: ReadonlySet<Id>, id: Id) => new Set([...set].filter((other) => other !== id));

function keep(id: Id): void {
  clearTimeout(timers.get(id));
  timers.delete(id);
  setLeaving(without(leaving(), id));
}

function removeSoon(studio: Studio, info: ProjectInfo): void {
  setLeaving(new Set([...leaving(), info.id]));
  const message = studio.messages.say(`“${info.name}” is deleted`, 'status', {
    label: 'Undo',
    run: () => keep(info.id),
  });
  const remove = async () => {
    timers.delete(info.id);
    studio.messages.dismiss(message);
    await studio.projects.remove(info.id);
    setLeaving(without(leaving(), info.id));
    listChanged();
  };
  timers.set(
    info.id,
    setTimeout(() => void remove(), undoMs),
  );
}

export interface ProjectList {
  /** Newest first, without those that are being deleted. */
  readonly projects: Accessor<readonly ProjectInfo[]>;
  open(id: Id): Promise<void>;
  duplicate(id: Id): Promise<void>;
  rename(id: Id, name: string): Promise<void>;
  /** Takes it off the list at once and off the disk after a while; a message offers to undo. */
  remove(info: ProjectInfo): void;
}

/** The projects in this browser, read anew whenever one is opened, saved under a new name or deleted. */
export function createProjectList(): ProjectList {
  const studio = useStudio();
  const [all] = createResource(
    () => [studio.projects.current(), studio.project().name, edition()] as const,
    () => studio.projects.list(),
  );
  const changing =
    <Args extends unknown[]>(action: (...args: Args) => Promise<void>) =>
    async (...args: Args) => {
      await action(...args);
      listChanged();
    };
  return {
    projects: () =>
      (all.latest ?? [])
        .filter((info) => !leaving().has(info.id))
        .toSorted((a, b) => b.changedAt - a.changedAt),
    open: (id) => studio.projects.open(id),
    duplicate: changing((id: Id) => studio.projects.duplicate(id)),
    rename: changing((id: Id, name: string) => studio.projects.rename(id, name)),
    remove: (info) => removeSoon(studio, info),
  };
}
