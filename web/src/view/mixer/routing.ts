import { Wiring } from '../../model/routing';
import { type Id, masterId, type ProjectSnapshot, type Track } from '../../model/types';

/** Whether sound, or a key, of one track arrives at another over any way. */
export const feeds = (project: ProjectSnapshot, fromId: Id, toId: Id): boolean =>
  new Wiring(project.tracks).path(fromId, toId) !== null;

const loop = 'would make a loop';

/** Why a track can't play into a bus; null where it can. */
export function outputRefusal(project: ProjectSnapshot, trackId: Id, busId: Id | null): string | null {
  if (busId === null) return null;
  if (busId === trackId) return 'this track itself';
  return feeds(project, busId, trackId) ? loop : null;
}

/** Why a track can't steer a device of an owner; null where it can. */
export function keyRefusal(project: ProjectSnapshot, ownerId: Id, keyId: Id): string | null {
  if (ownerId === masterId) return null;
  return feeds(project, ownerId, keyId) ? loop : null;
}

export const busesOf = (project: ProjectSnapshot): readonly Track[] =>
  project.tracks.filter((track) => track.role !== 'track');

export const returnsOf = (project: ProjectSnapshot): readonly Track[] =>
  project.tracks.filter((track) => track.role === 'return');

export const outputName = (project: ProjectSnapshot, track: Track): string =>
  project.tracks.find(({ id }) => id === track.outputId)?.name ?? 'Master';
