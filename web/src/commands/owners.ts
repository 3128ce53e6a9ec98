import type { Id, Insert, Master, Mastering, ProjectSnapshot, Send, Track } from '../model/types';
import { masterId, masteringId } from '../model/types';

/** What has inserts and lanes; the master and the mastering chain have no sends. */
export type Owner =
  | Track
  | (Master & { readonly id: typeof masterId; readonly sends: readonly Send[] })
  | (Pick<Mastering, 'inserts' | 'lanes'> & {
      readonly id: typeof masteringId;
      readonly sends: readonly Send[];
      readonly automationMode: 'read';
    });

const none: readonly Send[] = [];

/** A track, or the master or the mastering chain under its id. */
export function findOwner(project: ProjectSnapshot, ownerId: Id): Owner | null {
  if (ownerId === masterId) return { ...project.master, id: masterId, sends: none };
  if (ownerId === masteringId) {
    const { inserts, lanes } = project.mastering;
    return { id: masteringId, sends: none, automationMode: 'read', inserts, lanes };
  }
  return project.tracks.find(({ id }) => id === ownerId) ?? null;
}

export function findInsert(project: ProjectSnapshot, ownerId: Id, insertId: Id): Insert | null {
  return findOwner(project, ownerId)?.inserts.find(({ id }) => id === insertId) ?? null;
}
