import { masterParams, stripParams } from '../../web/src/generated/devices';
import { masteringDefault } from '../../web/src/model/schema';
import { freshTrack, noInserts } from '../../web/src/model/strip';
import type {
  AudioSource,
  Clip,
  MasterParams,
  ProjectSnapshot,
  StripParamId,
  StripParams,
  Track,
  TrackColour,
  TrackKind,
} from '../../web/src/model/types';

export const defaultStrip = Object.fromEntries(
  stripParams.map((p) => [p.id, p.default]),
) as unknown as StripParams;
const defaultMaster = Object.fromEntries(
  masterParams.map((p) => [p.id, p.default]),
) as unknown as MasterParams;

const RATE_HZ = 48000;
const BPM = 96;
const barFrames = (bar: number) => Math.round(((bar - 1) * 4 * 60 * RATE_HZ) / BPM);

interface Part {
  name: string;
  colour: TrackColour;
  kind: TrackKind;
  volumeDb: number;
  pan?: number;
  mute?: boolean;
  /** [from bar, to bar, name, fade in bars, fade out bars, gain dB] */
  clips: readonly [number, number, string, number?, number?, number?][];
}

const parts: readonly Part[] = [
  {
    name: 'Kick',
    colour: 'coral',
    kind: 'drums',
    volumeDb: -4.2,
    clips: [
      [5, 21, 'Kick'],
      [25, 33, 'Kick'],
    ],
  },
  {
    name: 'Snare',
    colour: 'coral',
    kind: 'drums',
    volumeDb: -6.8,
    clips: [
      [5, 21, 'Snare'],
      [25, 33, 'Snare'],
    ],
  },
  {
    name: 'Hats',
    colour: 'apricot',
    kind: 'percussion',
    volumeDb: -13.5,
    pan: 28,
    clips: [
      [3, 21, 'Hats', 1],
      [25, 33, 'Hats'],
    ],
  },
  {
    name: 'Perc',
    colour: 'apricot',
    kind: 'percussion',
    volumeDb: -16,
    pan: -40,
    mute: true,
    clips: [
      [13, 21, 'Shaker'],
      [25, 33, 'Shaker', 0, 1],
    ],
  },
  {
    name: 'Bass',
    colour: 'ochre',
    kind: 'bass',
    volumeDb: -5.5,
    clips: [
      [5, 23, 'Bass', 0, 0.5],
      [25, 33, 'Bass'],
    ],
  },
  {
    name: 'Rhodes',
    colour: 'jade',
    kind: 'keys',
    volumeDb: -11.2,
    pan: -18,
    clips: [
      [1, 13, 'Rhodes'],
      [13, 33, 'Rhodes chorus', 0, 2],
    ],
  },
  {
    name: 'Guitar',
    colour: 'sage',
    kind: 'guitar',
    volumeDb: -12.4,
    pan: 42,
    clips: [
      [9, 21, 'Guitar take 2'],
      [25, 32, 'Guitar take 2', 0, 1.5],
    ],
  },
  {
    name: 'Pad',
    colour: 'sky',
    kind: 'synth',
    volumeDb: -15.8,
    clips: [
      [1, 14.2, 'Pad low', 2.5, 1.4],
      [12.8, 33, 'Pad high', 1.4, 2.5],
    ],
  },
  {
    name: 'Lead Vocal',
    colour: 'violet',
    kind: 'voice',
    volumeDb: -3.1,
    clips: [
      [5, 13, 'Lead verse'],
      [13, 21, 'Lead chorus, take 4', 0.1, 0.2, -1.5],
      [21, 25, 'Lead bridge', 0, 0.2],
      [25, 33, 'Lead chorus 2', 0, 0.7],
    ],
  },
  {
    name: 'Doubles',
    colour: 'mauve',
    kind: 'backing',
    volumeDb: -12,
    pan: -55,
    clips: [
      [13, 21, 'Doubles', 0.3, 0.3],
      [25, 33, 'Doubles', 0.3, 1],
    ],
  },
  {
    name: 'Harmonies',
    colour: 'mauve',
    kind: 'backing',
    volumeDb: -13.2,
    pan: 50,
    clips: [
      [13, 21, 'Harmonies', 0.4, 0.4],
      [25, 33, 'Harmonies', 0.4, 1],
    ],
  },
  {
    name: 'Ambience',
    colour: 'slate',
    kind: 'effects',
    volumeDb: -20.5,
    clips: [
      [1, 22, 'Room and rain', 3, 2],
      [20.5, 33, 'Tape noise', 1.5, 3],
    ],
  },
];

/** A track at its defaults, with what the test says. */
export function fakeTrack(
  name: string,
  fields: Partial<Track> = {},
  params: Partial<Record<StripParamId, number>> = {},
): Track {
  const track = freshTrack({
    id: name.toLowerCase().replaceAll(' ', '-'),
    name,
    colour: 'slate',
    kind: 'other',
    clips: [],
    ...fields,
  });
  return { ...track, params: { ...defaultStrip, ...params } };
}

/** A project of these tracks and nothing else. */
export function fakeProject(
  tracks: readonly Track[] = [],
  fields: Partial<ProjectSnapshot> = {},
): ProjectSnapshot {
  return {
    schemaVersion: 4,
    engineVersion: '0.1.0',
    id: 'fake-project',
    name: 'Untitled',
    sampleRateHz: RATE_HZ,
    tempo: { bpm: BPM, beatsPerBar: 4, beatUnit: 4 },
    loop: { on: false, startFrame: 0, endFrame: 0 },
    tracks,
    sources: {},
    tempoChanges: [],
    master: { params: defaultMaster, ...noInserts },
    mastering: { ...masteringDefault, inserts: [], lanes: [], references: [] },
    markers: [],
    ...fields,
  };
}

/** The song of the design's pictures: twelve tracks, 32 bars. */
export function glassHarbour(): ProjectSnapshot {
  const sources: Record<string, AudioSource> = {};
  const tracks = parts.map((part): Track => {
    const sourceId = part.name.toLowerCase().replaceAll(' ', '-').padEnd(64, '0');
    sources[sourceId] = {
      id: sourceId,
      name: `${part.name}.wav`,
      ext: 'wav',
      channels: part.kind === 'drums' || part.kind === 'voice' || part.kind === 'bass' ? 1 : 2,
      frames: barFrames(34),
      originalSampleRateHz: RATE_HZ,
      originalFrames: barFrames(34),
      format: 'WAV, 24 bit',
      bytes: barFrames(34) * 6,
      truncated: false,
    };
    const clips = part.clips.map(
      ([from, to, name, fadeIn = 0, fadeOut = 0, gainDb = 0], index): Clip => ({
        id: `${part.name}-${index}`.toLowerCase().replaceAll(' ', '-'),
        sourceId,
        name,
        startFrame: barFrames(from),
        offsetFrames: barFrames(from),
        lengthFrames: barFrames(to) - barFrames(from),
        gainDb,
        fadeInFrames: Math.round(fadeIn * barFrames(2)),
        fadeOutFrames: Math.round(fadeOut * barFrames(2)),
        fadeInCurve: 'equalPower',
        fadeOutCurve: 'equalPower',
      }),
    );
    const params = { volumeDb: part.volumeDb, pan: part.pan ?? 0, mute: part.mute ? 1 : 0 };
    return fakeTrack(part.name, { colour: part.colour, kind: part.kind, clips }, params);
  });
  const section = (name: string, from: number, to: number) => ({
    id: name.toLowerCase().replaceAll(' ', '-'),
    name,
    startFrame: barFrames(from),
    endFrame: barFrames(to),
  });
  return fakeProject(tracks, {
    name: 'Glass Harbour',
    loop: { on: true, startFrame: barFrames(13), endFrame: barFrames(21) },
    sources,
    markers: [
      section('Intro', 1, 5),
      section('Verse', 5, 13),
      section('Chorus', 13, 21),
      section('Bridge', 21, 25),
      section('Chorus 2', 25, 33),
    ],
  });
}
