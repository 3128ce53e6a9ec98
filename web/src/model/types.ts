import type { MasterParamId, StripParamId } from '../generated/devices';

export type { MasterParamId, StripParamId };

/** Unique within a project; letters, digits, '-' and '_' only. */
export type Id = string;

export const trackColours = [
  'coral',
  'apricot',
  'ochre',
  'jade',
  'sage',
  'sky',
  'violet',
  'mauve',
  'slate',
] as const;
export type TrackColour = (typeof trackColours)[number];

export const trackKinds = [
  'drums',
  'percussion',
  'bass',
  'keys',
  'guitar',
  'synth',
  'voice',
  'backing',
  'effects',
  'other',
] as const;
export type TrackKind = (typeof trackKinds)[number];

/** In the order of the engine's indices. */
export const fadeCurves = ['linear', 'equalPower', 'sCurve', 'slow', 'fast'] as const;
export type FadeCurve = (typeof fadeCurves)[number];

export const sampleRatesHz = [44100, 48000, 88200, 96000] as const;

/** An audio file of the pool. Frames count at the project's rate unless the name says otherwise. */
export interface AudioSource {
  /** SHA-256 of the original file, 64 lower-case hexadecimal digits. */
  readonly id: string;
  /** The file's name as it came, extension included. */
  readonly name: string;
  /** Extension in lower case, without the dot: "wav". */
  readonly ext: string;
  readonly channels: 1 | 2;
  readonly frames: number;
  readonly originalSampleRateHz: number;
  readonly originalFrames: number;
  /** For people: "WAV, 24 bit". */
  readonly format: string;
  /** Size of the original file. */
  readonly bytes: number;
  /** The file is shorter than it says it is. */
  readonly truncated: boolean;
}

/** A stretch of a source on a track. Plays source frames [offset, offset + length) from startFrame on. */
export interface Clip {
  readonly id: Id;
  readonly sourceId: string;
  readonly name: string;
  readonly startFrame: number;
  readonly offsetFrames: number;
  readonly lengthFrames: number;
  readonly gainDb: number;
  /** fadeInFrames + fadeOutFrames never exceeds lengthFrames. */
  readonly fadeInFrames: number;
  readonly fadeOutFrames: number;
  readonly fadeInCurve: FadeCurve;
  readonly fadeOutCurve: FadeCurve;
}

export type StripParams = Readonly<Record<StripParamId, number>>;
export type MasterParams = Readonly<Record<MasterParamId, number>>;

export interface Track {
  readonly id: Id;
  readonly name: string;
  readonly colour: TrackColour;
  readonly kind: TrackKind;
  readonly params: StripParams;
  /** By startFrame, then by id. */
  readonly clips: readonly Clip[];
}

export interface Tempo {
  readonly bpm: number;
  readonly beatsPerBar: number;
  /** 1, 2, 4, 8, 16 or 32: which note counts as a beat. bpm counts these beats. */
  readonly beatUnit: number;
}

export interface LoopRange {
  readonly on: boolean;
  readonly startFrame: number;
  readonly endFrame: number;
}

/** A named section of the ruler; startFrame = endFrame is a point. */
export interface Marker {
  readonly id: Id;
  readonly name: string;
  readonly startFrame: number;
  readonly endFrame: number;
}

export const schemaVersion = 1;

/** The document at one moment. Immutable; what an edit did not touch keeps its identity. */
export interface ProjectSnapshot {
  readonly schemaVersion: typeof schemaVersion;
  /** Of the engine that last wrote the project. */
  readonly engineVersion: string;
  readonly id: Id;
  readonly name: string;
  readonly sampleRateHz: number;
  readonly tempo: Tempo;
  readonly loop: LoopRange;
  /** From top to bottom, which is also the order of summation. */
  readonly tracks: readonly Track[];
  /** By id. Every clip's source is here. */
  readonly sources: Readonly<Record<string, AudioSource>>;
  readonly master: { readonly params: MasterParams };
  /** By startFrame, then by id. */
  readonly markers: readonly Marker[];
}

export type ProjectFields = Partial<
  Pick<ProjectSnapshot, 'engineVersion' | 'name' | 'sampleRateHz' | 'tempo' | 'loop'>
>;
export type TrackFields = Partial<Pick<Track, 'name' | 'colour' | 'kind'>>;
export type ClipFields = Partial<Omit<Clip, 'id'>>;
export type MarkerFields = Partial<Omit<Marker, 'id'>>;

/** The only way to change a document. Frames are rounded and values clamped where a patch is applied; NaN is refused. */
export type Patch =
  | { readonly op: 'project.set'; readonly fields: ProjectFields }
  /** The track comes with its clips. `index` is its place afterwards; beyond the end is the end. */
  | { readonly op: 'track.add'; readonly track: Track; readonly index: number }
  | { readonly op: 'track.remove'; readonly trackId: Id }
  /** `index` is where the track is afterwards. */
  | { readonly op: 'track.move'; readonly trackId: Id; readonly index: number }
  | { readonly op: 'track.set'; readonly trackId: Id; readonly fields: TrackFields }
  | {
      readonly op: 'track.param';
      readonly trackId: Id;
      readonly param: StripParamId;
      readonly value: number;
    }
  | { readonly op: 'clip.add'; readonly trackId: Id; readonly clip: Clip }
  | { readonly op: 'clip.remove'; readonly trackId: Id; readonly clipId: Id }
  | { readonly op: 'clip.set'; readonly trackId: Id; readonly clipId: Id; readonly fields: ClipFields }
  /** Moves a clip to another track; it stays the same clip. */
  | {
      readonly op: 'clip.retrack';
      readonly trackId: Id;
      readonly clipId: Id;
      readonly toTrackId: Id;
    }
  | { readonly op: 'source.add'; readonly source: AudioSource }
  /** Takes the clips that play it along. */
  | { readonly op: 'source.remove'; readonly sourceId: string }
  | { readonly op: 'master.param'; readonly param: MasterParamId; readonly value: number }
  | { readonly op: 'marker.add'; readonly marker: Marker }
  | { readonly op: 'marker.remove'; readonly markerId: Id }
  | { readonly op: 'marker.set'; readonly markerId: Id; readonly fields: MarkerFields };
