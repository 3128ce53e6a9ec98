import fc from 'fast-check';
import { Project } from '../../../web/src/model/project';
import { freshTrack } from '../../../web/src/model/strip';
import type { AudioSource, Clip, Patch, ProjectSnapshot, Track } from '../../../web/src/model/types';
import { fadeCurves, trackColours, trackKinds } from '../../../web/src/model/types';
import { consoleEdits } from './consoleEdits';

export const sourceId = (n: number): string => n.toString(16).padStart(64, '0');

export function aSource(n: number, facts: Partial<AudioSource> = {}): AudioSource {
  return {
    id: sourceId(n),
    name: `Source ${n}.wav`,
    ext: 'wav',
    channels: 2,
    frames: 48_000,
    originalSampleRateHz: 48_000,
    originalFrames: 48_000,
    format: 'WAV, 24 bit',
    bytes: 288_044,
    truncated: false,
    ...facts,
  };
}

export function aClip(id: string, fields: Partial<Clip> = {}): Clip {
  return {
    id,
    sourceId: sourceId(1),
    name: `Clip ${id}`,
    startFrame: 0,
    offsetFrames: 0,
    lengthFrames: 48_000,
    gainDb: 0,
    fadeInFrames: 0,
    fadeOutFrames: 0,
    fadeInCurve: 'linear',
    fadeOutCurve: 'linear',
    ...fields,
  };
}

export function aTrack(id: string, fields: Partial<Track> = {}): Track {
  return freshTrack({ id, name: `Track ${id}`, colour: 'slate', kind: 'other', ...fields });
}

/** A song with something to edit: four tracks of three clips, of three sources. */
export function aFurnishedProject(): Project {
  const project = Project.create({ id: 'p', name: 'Song', engineVersion: '1' });
  project.commitSilently([
    ...[1, 2, 3].map((n): Patch => ({ op: 'source.add', source: aSource(n) })),
    ...[0, 1, 2, 3].map((index): Patch => {
      const clips = [0, 1, 2].map((place) =>
        aClip(`c${index}${place}`, {
          sourceId: sourceId(1 + ((index + place) % 3)),
          startFrame: place * 30_000,
          lengthFrames: 20_000 + 5000 * index,
        }),
      );
      return { op: 'track.add', index, track: aTrack(`t${index}`, { clips }) };
    }),
  ]);
  return project;
}

/** Evenly spread, and long: what fast-check prefers, small numbers and short lists, edits next to nothing. */
export const diceArbitrary = fc.noBias(fc.array(fc.nat(1_000_000), { minLength: 12, maxLength: 12 }));
export const scriptArbitrary = fc.noBias(
  fc.array(diceArbitrary, { minLength: 5, maxLength: 40, size: 'max' }),
);

/** Numbers that stand for an edit; what they mean depends on the snapshot they meet. */
export type Dice = readonly number[];

/** An edit, sensible or not quite, of whatever is in the snapshot. `name` makes ids unique. */
export function patchFromDice(snapshot: ProjectSnapshot, dice: Dice, name: string): Patch[] {
  const roll = (place: number, sides: number): number => (sides > 0 ? (dice[place] ?? 0) % sides : 0);
  const { tracks } = snapshot;
  const track = tracks[roll(1, tracks.length)];
  const clip = track?.clips[roll(2, track.clips.length)];
  const other = tracks[roll(3, tracks.length)];
  const frames = roll(4, 120_000) - 10_000;
  const moreFrames = roll(5, 60_000);
  const source = aSource(1 + roll(3, 4), { frames: 1 + roll(4, 90_000) });
  const known = Object.keys(snapshot.sources);
  const clipFields = {
    startFrame: frames,
    offsetFrames: roll(2, 30_000),
    lengthFrames: moreFrames,
    fadeInFrames: roll(3, 50_000),
    fadeOutFrames: roll(4, 50_000),
    gainDb: roll(5, 200) - 100,
    fadeInCurve: fadeCurves[roll(3, fadeCurves.length)] ?? 'linear',
  };
  const edits: (() => Patch[])[] = [
    () => [
      { op: 'track.add', track: aTrack(name, { name: `New ${name}` }), index: roll(2, tracks.length + 2) },
    ],
    () => (track && tracks.length > 2 ? [{ op: 'track.remove', trackId: track.id }] : []),
    () => (track ? [{ op: 'track.move', trackId: track.id, index: roll(4, tracks.length + 1) }] : []),
    () =>
      track
        ? [
            {
              op: 'track.set',
              trackId: track.id,
              fields: {
                name: `Name ${dice[5]}`,
                colour: trackColours[roll(3, trackColours.length)],
                kind: trackKinds[roll(4, trackKinds.length)],
              },
            },
          ]
        : [],
    () =>
      track
        ? [{ op: 'track.param', trackId: track.id, param: 'volumeDb', value: roll(4, 400) / 2 - 120 }]
        : [],
    () => (track ? [{ op: 'track.param', trackId: track.id, param: 'mute', value: roll(4, 2) }] : []),
    () => [
      { op: 'source.add', source },
      ...(track
        ? [
            {
              op: 'clip.add' as const,
              trackId: track.id,
              clip: aClip(name, { ...clipFields, sourceId: source.id }),
            },
          ]
        : []),
    ],
    () => (track && clip ? [{ op: 'clip.set', trackId: track.id, clipId: clip.id, fields: clipFields }] : []),
    () =>
      track && clip
        ? [{ op: 'clip.set', trackId: track.id, clipId: clip.id, fields: { startFrame: frames } }]
        : [],
    () =>
      track && clip && other
        ? [
            { op: 'clip.retrack', trackId: track.id, clipId: clip.id, toTrackId: other.id },
            { op: 'clip.set', trackId: other.id, clipId: clip.id, fields: { startFrame: frames } },
          ]
        : [],
    () => (track && clip ? [{ op: 'clip.remove', trackId: track.id, clipId: clip.id }] : []),
    () =>
      known.length > 2 ? [{ op: 'source.remove', sourceId: known[roll(1, known.length)] as string }] : [],
    () => [{ op: 'master.param', param: 'volumeDb', value: roll(4, 200) - 100 }],
    () => [
      {
        op: 'project.set',
        fields: {
          loop: { on: roll(1, 2) === 1, startFrame: frames, endFrame: moreFrames },
          tempo: { bpm: roll(4, 500), beatsPerBar: roll(2, 40), beatUnit: roll(3, 40) },
        },
      },
    ],
    () => [
      { op: 'marker.add', marker: { id: name, name: 'Verse', startFrame: frames, endFrame: moreFrames } },
    ],
    () => {
      const marker = snapshot.markers[roll(1, snapshot.markers.length)];
      if (!marker) return [];
      return roll(2, 2)
        ? [{ op: 'marker.remove', markerId: marker.id }]
        : [{ op: 'marker.set', markerId: marker.id, fields: { startFrame: frames } }];
    },
  ];
  edits.push(...consoleEdits(snapshot, roll, name));
  return (edits[roll(0, edits.length)] as () => Patch[])();
}
