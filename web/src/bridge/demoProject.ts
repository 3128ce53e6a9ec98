import type { DemoClip, DemoSong, DemoTrack } from '../engine/demoSong';
import { engineVersion } from '../generated/engineLayout';
import { newId } from '../model/ids';
import { defaultStripParams } from '../model/params';
import { Project } from '../model/project';
import { freshTrack } from '../model/strip';
import {
  type AudioSource,
  type Clip,
  type Patch,
  type Track,
  type TrackColour,
  type TrackKind,
  trackColours,
  trackKinds,
} from '../model/types';

/** The demo song as a project; `sources` are its stems in the order of its tracks. */
export function demoProject(song: DemoSong, sources: readonly AudioSource[]): Project {
  const project = Project.create({ name: song.name, sampleRateHz: song.sampleRateHz, engineVersion });
  project.commit('Open the demo song', [
    { op: 'project.set', fields: { tempo: song.tempo } },
    ...sources.map((source): Patch => ({ op: 'source.add', source })),
    ...song.tracks.map(
      (track, index): Patch => ({
        op: 'track.add',
        track: demoTrack(track, sources[index] as AudioSource),
        index,
      }),
    ),
    { op: 'master.param', param: 'volumeDb', value: song.master.params.volumeDb },
    ...song.markers.map((marker): Patch => ({ op: 'marker.add', marker: { id: newId(), ...marker } })),
  ]);
  return project;
}

function demoTrack(track: DemoTrack, source: AudioSource): Track {
  return freshTrack({
    id: newId(),
    name: track.name,
    kind: oneOf<TrackKind>(trackKinds, track.kind, 'other'),
    colour: oneOf<TrackColour>(trackColours, track.colour, 'slate'),
    params: { ...defaultStripParams, ...track.params },
    clips: track.clips.map((clip) => demoClip(clip, source)),
  });
}

function demoClip(clip: DemoClip, source: AudioSource): Clip {
  return { id: newId(), sourceId: source.id, ...clip, fadeInCurve: 'equalPower', fadeOutCurve: 'equalPower' };
}

function oneOf<Name extends string>(names: readonly Name[], name: string, fallback: Name): Name {
  return names.find((known) => known === name) ?? fallback;
}
