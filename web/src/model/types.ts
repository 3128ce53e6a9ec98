import type { DeviceId, MasterParamId, StripParamId } from '../generated/devices';

export type { DeviceId, MasterParamId, StripParamId };

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

/** Groups and returns are buses: tracks that others are sent to. */
export const trackRoles = ['track', 'group', 'return'] as const;
export type TrackRole = (typeof trackRoles)[number];

/** Whether automation is heard, and what a hand on an automated control writes while the song plays. */
export const automationModes = ['off', 'read', 'touch', 'latch', 'write'] as const;
export type AutomationMode = (typeof automationModes)[number];

/** How a point leads to the next; in the order of the engine's numbers. */
export const pointShapes = ['linear', 'bend', 'hold'] as const;
export type PointShape = (typeof pointShapes)[number];

/** Where an owner of inserts and lanes is asked for: the master bus, and the mastering chain behind it. No track has these ids. */
export const masterId = 'master';
export const masteringId = 'mastering';

/** A way to another track beside the output. */
export interface Send {
  readonly id: Id;
  readonly toId: Id;
  /** -90 (off) to 12. */
  readonly gainDb: number;
  /** -100 to 100. */
  readonly pan: number;
  /** Taken before pan, fader and mute. */
  readonly pre: boolean;
  readonly on: boolean;
}

/** A device in a strip, after the strip's own sections. */
export interface Insert {
  readonly id: Id;
  readonly device: DeviceId;
  /** Off: bypassed. */
  readonly on: boolean;
  /** The bypassed sound is as loud as the processed. */
  readonly levelMatched: boolean;
  /** All of the device's table, in the order of the table. */
  readonly params: Readonly<Record<string, number>>;
  /** The track whose sound steers the device, where it is steered from outside. */
  readonly keyId: Id | null;
  /** The name of the preset that was chosen last; empty without one. */
  readonly preset: string;
  /** Of a convolution: the id of a source, or of an impulse that is built in (see builtinImpulsePrefix). */
  readonly impulseId: string | null;
}

export const builtinImpulsePrefix = 'builtin-';

export type LaneKind = 'strip' | 'insert' | 'send';
export type LaneTimebase = 'time' | 'beats';

export interface Point {
  readonly frame: number;
  /** In the unit of the parameter. */
  readonly value: number;
  readonly shape: PointShape;
  /** -1 to 1, see valueAt; 0 unless the shape is 'bend'. */
  readonly bend: number;
}

/** The automation of one parameter of its owner. There is at most one of each parameter. */
export interface Lane {
  readonly id: Id;
  readonly kind: LaneKind;
  /** The insert or the send; null for the strip's (or the master's) own parameters. */
  readonly targetId: Id | null;
  /** An id of the table; 'gainDb' or 'pan' of a send. */
  readonly param: string;
  /** 'beats': points keep their beat when the tempo map changes. */
  readonly timebase: LaneTimebase;
  /** By frame, one a frame. */
  readonly points: readonly Point[];
}

export const stripSections = ['gate', 'eq', 'compressor'] as const;
export type StripSection = (typeof stripSections)[number];
/** The name of the preset that was chosen last in each section; empty without one. */
export type SectionPresets = Readonly<Record<StripSection, string>>;

export interface Track {
  readonly id: Id;
  readonly name: string;
  readonly colour: TrackColour;
  readonly kind: TrackKind;
  readonly role: TrackRole;
  /** The track that it plays into; null: the master. Outputs, sends and keys never make a loop. */
  readonly outputId: Id | null;
  /** Faders with the same one move together. */
  readonly linkId: string | null;
  readonly gateKeyId: Id | null;
  readonly compressorKeyId: Id | null;
  readonly automationMode: AutomationMode;
  readonly sectionPresets: SectionPresets;
  readonly params: StripParams;
  readonly sends: readonly Send[];
  readonly inserts: readonly Insert[];
  readonly lanes: readonly Lane[];
  /** By startFrame, then by id. */
  readonly clips: readonly Clip[];
}

export interface Tempo {
  readonly bpm: number;
  readonly beatsPerBar: number;
  /** 1, 2, 4, 8, 16 or 32: which note counts as a beat. bpm counts these beats. */
  readonly beatUnit: number;
}

/** A tempo and a meter from a frame on, which is past the start of the song. */
export interface TempoChange extends Tempo {
  readonly frame: number;
}

export interface Master {
  readonly params: MasterParams;
  readonly automationMode: AutomationMode;
  readonly inserts: readonly Insert[];
  readonly lanes: readonly Lane[];
}

/** A finished song to compare with; it comes into no mix. */
export interface Reference {
  readonly id: Id;
  readonly sourceId: string;
  readonly name: string;
}

/** What is done to the finished mix. */
export const masterWords = ['16', '24', '32f'] as const;
export type MasterWord = (typeof masterWords)[number];
export const masterDithers = ['none', 'tpdf', 'shaped'] as const;
export type MasterDither = (typeof masterDithers)[number];

export interface Mastering {
  /** Heard in all rooms; the Master room hears it always. */
  readonly on: boolean;
  /** Of a target of mastering/targets.ts. */
  readonly targetId: string;
  /** How much of the proposal's moves is taken, in %; 0 to 100. */
  readonly amount: number;
  /** The name of the preset of the chain chosen last; empty without one. */
  readonly preset: string;
  /** What a master's file is written in unless another word or dither is asked for. */
  readonly word: MasterWord;
  readonly dither: MasterDither;
  /** How much of the song's start is left out of the master; not negative. */
  readonly headFrames: number;
  /** How much follows the end of the last clip, for what rings on; where it is negative so much of the song's end is left out. */
  readonly tailFrames: number;
  /** The chain, in order; none until the Master room is set up. Nothing steers its devices from outside. */
  readonly inserts: readonly Insert[];
  /** Of the inserts alone. */
  readonly lanes: readonly Lane[];
  readonly references: readonly Reference[];
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

export const schemaVersion = 4;

/** The document at one moment. Immutable; what an edit did not touch keeps its identity. */
export interface ProjectSnapshot {
  readonly schemaVersion: typeof schemaVersion;
  /** Of the engine that last wrote the project. */
  readonly engineVersion: string;
  readonly id: Id;
  readonly name: string;
  readonly sampleRateHz: number;
  /** At the start of the song. */
  readonly tempo: Tempo;
  /** By frame, one a frame. */
  readonly tempoChanges: readonly TempoChange[];
  readonly loop: LoopRange;
  /** From top to bottom, which is also the order of summation. */
  readonly tracks: readonly Track[];
  /** By id. The source of every clip, impulse and reference is here. */
  readonly sources: Readonly<Record<string, AudioSource>>;
  readonly master: Master;
  readonly mastering: Mastering;
  /** By startFrame, then by id. */
  readonly markers: readonly Marker[];
}

export type ProjectFields = Partial<
  Pick<ProjectSnapshot, 'engineVersion' | 'name' | 'sampleRateHz' | 'tempo' | 'loop'>
>;
export type TrackFields = Partial<
  Pick<
    Track,
    | 'name'
    | 'colour'
    | 'kind'
    | 'role'
    | 'outputId'
    | 'linkId'
    | 'gateKeyId'
    | 'compressorKeyId'
    | 'automationMode'
    | 'sectionPresets'
  >
>;
export type MasterFields = Partial<Pick<Master, 'automationMode'>>;
export type MasteringFields = Partial<Omit<Mastering, 'inserts' | 'lanes' | 'references'>>;
export type ReferenceFields = Partial<Pick<Reference, 'name'>>;
export type SendFields = Partial<Omit<Send, 'id'>>;
export type InsertFields = Partial<Pick<Insert, 'on' | 'levelMatched' | 'keyId' | 'preset' | 'impulseId'>>;
export type LaneFields = Partial<Pick<Lane, 'timebase'>>;
export type ClipFields = Partial<Omit<Clip, 'id'>>;
export type MarkerFields = Partial<Omit<Marker, 'id'>>;

/**
 * Changes of what a strip carries. The owner is a track, `masterId` or `masteringId` (which have no sends). An index is the place
 * afterwards; beyond the end is the end. Lanes go with what they automate.
 */
export type ChannelPatch =
  | { readonly op: 'send.add'; readonly trackId: Id; readonly send: Send; readonly index: number }
  | { readonly op: 'send.remove'; readonly trackId: Id; readonly sendId: Id }
  | { readonly op: 'send.set'; readonly trackId: Id; readonly sendId: Id; readonly fields: SendFields }
  | { readonly op: 'send.move'; readonly trackId: Id; readonly sendId: Id; readonly index: number }
  | { readonly op: 'insert.add'; readonly ownerId: Id; readonly insert: Insert; readonly index: number }
  | { readonly op: 'insert.remove'; readonly ownerId: Id; readonly insertId: Id }
  | { readonly op: 'insert.set'; readonly ownerId: Id; readonly insertId: Id; readonly fields: InsertFields }
  | { readonly op: 'insert.move'; readonly ownerId: Id; readonly insertId: Id; readonly index: number }
  | {
      readonly op: 'insert.param';
      readonly ownerId: Id;
      readonly insertId: Id;
      readonly param: string;
      readonly value: number;
    }
  | { readonly op: 'lane.add'; readonly ownerId: Id; readonly lane: Lane }
  | { readonly op: 'lane.remove'; readonly ownerId: Id; readonly laneId: Id }
  | { readonly op: 'lane.set'; readonly ownerId: Id; readonly laneId: Id; readonly fields: LaneFields }
  /** Puts these points in the place of those from `fromFrame` up to, without, `toFrame`, and of those at their frames. */
  | {
      readonly op: 'points.set';
      readonly ownerId: Id;
      readonly laneId: Id;
      readonly fromFrame: number;
      readonly toFrame: number;
      readonly points: readonly Point[];
    };

/** The only way to change a document. Frames are rounded and values clamped where a patch is applied; NaN is refused. */
export type Patch =
  | ChannelPatch
  | { readonly op: 'project.set'; readonly fields: ProjectFields }
  /** The track comes with all it carries. `index` is its place afterwards; beyond the end is the end. */
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
  | { readonly op: 'master.set'; readonly fields: MasterFields }
  | { readonly op: 'mastering.set'; readonly fields: MasteringFields }
  /** The source must be there. `index` is the place afterwards; beyond the end is the end. */
  | { readonly op: 'reference.add'; readonly reference: Reference; readonly index: number }
  | { readonly op: 'reference.remove'; readonly referenceId: Id }
  | { readonly op: 'reference.set'; readonly referenceId: Id; readonly fields: ReferenceFields }
  /** All changes after the start, which `tempo` holds. */
  | { readonly op: 'tempo.set'; readonly changes: readonly TempoChange[] }
  | { readonly op: 'marker.add'; readonly marker: Marker }
  | { readonly op: 'marker.remove'; readonly markerId: Id }
  | { readonly op: 'marker.set'; readonly markerId: Id; readonly fields: MarkerFields };
