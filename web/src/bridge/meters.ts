import type { Accessor } from 'solid-js';
import { untrack } from 'solid-js';
import { CommandWriter } from '../engine/encodeCommands';
import { allTracks, levelFloats, masterTrack } from '../generated/engineLayout';
import type { AudioSession, Stream } from './audioSession';
import type { EngineScene } from './compile';
import type { StudioMeters } from './meterTypes';

/** Meters of the strips, out of the latest telemetry. */
export function createMeters(session: AudioSession<Stream>, scene: Accessor<EngineScene>): StudioMeters {
  const places = new Map<string, number>();
  let placedFor: EngineScene | null = null;

  const placeOf = (trackId: string): number => {
    const current = untrack(scene);
    if (current !== placedFor) {
      placedFor = current;
      places.clear();
      current.tracks.forEach((track, index) => {
        places.set(track.id, index + 1);
      });
    }
    return trackId === 'master' ? 0 : (places.get(trackId) ?? -1);
  };

  return {
    read(trackId, into) {
      const telemetry = session.telemetry;
      const place = placeOf(trackId);
      if (!telemetry || place < 0) {
        into.fill(0);
        return false;
      }
      telemetry.refreshAtDisplayRate();
      const start = place * levelFloats;
      into.fill(0);
      const fields = Math.min(levelFloats, into.length);
      for (let field = 0; field < fields; field++) into[field] = telemetry.levels[start + field] ?? 0;
      return true;
    },
    resetPeaks(trackId) {
      const handle =
        trackId === 'all' ? allTracks : trackId === 'master' ? masterTrack : session.trackHandle(trackId);
      if (handle === undefined) return;
      const out = new CommandWriter();
      out.resetPeaks(handle);
      session.send(out);
    },
  };
}
