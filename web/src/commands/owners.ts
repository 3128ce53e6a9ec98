import type { Id, Insert, Master, ProjectSnapshot, Send, Track } from '../model/types';
import { masterId } from '../model/types';

export type Owner = Track | (Master & { readonly id: typeof masterId; readonly sends: readonly Send[] });

const none: readonly Send[] = [];

/** A track, or the master under its id. */
export function findOwner(project: ProjectSnapshot, ownerId: Id): Owner | null {
  if (ownerId === masterId) return { ...project.master, id: masterId, sends: none };
  return project.tracks.find(({ id }) => id === ownerId) ?? null;
}

export function findInsert(project: ProjectSnapshot, ownerId: Id, insertId: Id): Insert | null {
  return findOwner(project, ownerId)?.inserts.find(({ id }) => id === insertId) ?? null;
}
