import type { ProjectSnapshot, Track } from '../../model/types';

const sameTrack = (a: Track, b: Track): boolean =>
  a === b ||
  (a.id === b.id &&
    a.clips === b.clips &&
    a.colour === b.colour &&
    (a.params.mute === 0) === (b.params.mute === 0));

/** Whether the lanes look alike: a fader under the hand changes the project at every step, but nothing in them. */
export const sameLanes = (a: ProjectSnapshot, b: ProjectSnapshot): boolean =>
  a === b ||
  (sameRuler(a, b) &&
    a.sources === b.sources &&
    a.tracks.length === b.tracks.length &&
    a.tracks.every((track, index) => sameTrack(track, b.tracks[index] as Track)));

/** The same for the ruler. */
export const sameRuler = (a: ProjectSnapshot, b: ProjectSnapshot): boolean =>
  a === b ||
  (a.tempo === b.tempo &&
    a.tempoChanges === b.tempoChanges &&
    a.loop === b.loop &&
    a.markers === b.markers &&
    a.sampleRateHz === b.sampleRateHz);
