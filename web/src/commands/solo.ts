import type { Id, Track } from '../model/types';

type Soloed = Pick<Track, 'id' | 'outputId' | 'sends' | 'params'>;

/**
 * The tracks that solo elsewhere silences, by the rule of the engine: a track is heard if nothing is soloed, or it is
 * soloed or safe, or a bus on its way to the master is soloed, or it is a bus that something soloed plays into by output
 * or send, over however many others. Sends that are off count too.
 */
export function silencedBySolo(tracks: readonly Soloed[]): ReadonlySet<Id> {
  const isSolo = ({ params }: Soloed): boolean => params.solo !== 0;
  if (!tracks.some(isSolo)) return new Set();
  const byId = new Map(tracks.map((track) => [track.id, track]));
  const carrying = new Set(tracks.filter(isSolo).map(({ id }) => id));
  const waiting = [...carrying];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const track = byId.get(id);
    if (!track) continue;
    for (const to of [track.outputId, ...track.sends.map(({ toId }) => toId)]) {
      if (to === null || carrying.has(to)) continue;
      carrying.add(to);
      waiting.push(to);
    }
  }
  const leadsToSolo = (track: Soloed): boolean => {
    const seen = new Set<Id>();
    for (let bus = track.outputId; bus !== null && !seen.has(bus); ) {
      seen.add(bus);
      const next = byId.get(bus);
      if (!next) return false;
      if (isSolo(next)) return true;
      bus = next.outputId;
    }
    return false;
  };
  return new Set(
    tracks
      .filter((track) => track.params.soloSafe === 0 && !carrying.has(track.id) && !leadsToSolo(track))
      .map(({ id }) => id),
  );
}
