import type { ProjectSnapshot } from './types';

/** The sources that something plays: a clip, or an insert as its impulse. */
export function usedSourceIds({ tracks, master }: ProjectSnapshot): Set<string> {
  const used = new Set(tracks.flatMap(({ clips }) => clips.map(({ sourceId }) => sourceId)));
  for (const { inserts } of [...tracks, master]) {
    for (const { impulseId } of inserts) if (impulseId !== null) used.add(impulseId);
  }
  return used;
}
