import type { ProjectSnapshot } from './types';

/** The sources that something plays: a clip, an insert as its impulse, or a reference. */
export function usedSourceIds({ tracks, master, mastering }: ProjectSnapshot): Set<string> {
  const used = new Set(tracks.flatMap(({ clips }) => clips.map(({ sourceId }) => sourceId)));
  for (const { sourceId } of mastering.references) used.add(sourceId);
  for (const { inserts } of [...tracks, master, mastering]) {
    for (const { impulseId } of inserts) if (impulseId !== null) used.add(impulseId);
  }
  return used;
}
