import type { Accessor } from 'solid-js';
import type { EndRepair } from '../mastering/ends';
import type { Measures, Programme } from '../mastering/measures';
import type { Move } from '../mastering/moves';
import type { Note } from '../mastering/proposal';
import type { Reached } from '../mastering/reach';
import type { Report } from '../mastering/report';
import type { Id, Insert, LaneKind, Patch, ProjectSnapshot } from '../model/types';
import type { RenderTarget } from '../workers/render/protocol';
import type { SharingDoor } from './sharingTypes';

/** The one object through which the view reads the session and acts on it. Everything here belongs to the page's thread. */
export interface Studio {
  /** The open project as it is heard, previews included. There always is one: a new, empty one at the first visit. */
  readonly project: Accessor<ProjectSnapshot>;
  readonly doc: StudioDocument;
  readonly transport: StudioTransport;
  readonly meters: StudioMeters;
  readonly mastering: StudioMastering;
  /** Absent where the engine can't be listened into. */
  readonly probes?: StudioProbes;
  readonly curves: StudioCurves;
  readonly latency: StudioLatency;
  readonly automation: StudioAutomation;
  readonly impulses: StudioImpulses;
  readonly peaks: StudioPeaks;
  readonly files: StudioFiles;
  readonly projects: StudioProjects;
  readonly exporter: StudioExporter;
  readonly sharing: SharingDoor;
  readonly monitor: StudioMonitor;
  readonly messages: StudioMessages;
  /** 'off' until the first play or gesture starts the audio device. */
  readonly audio: Accessor<AudioState>;
  /** Whether the page is cross-origin isolated (audio then comes through shared memory). */
  readonly isolated: boolean;
}

export type AudioState = 'off' | 'starting' | 'running' | 'suspended' | 'failed';

/** The open project's document. The object stays the same when another project is opened. */
export interface StudioDocument {
  /** One undo step. Also ends a preview. */
  commit(label: string, patches: readonly Patch[]): void;
  /** Shown and heard while a hand drags, never written; null takes it back. */
  preview(patches: readonly Patch[] | null): void;
  undo(): void;
  redo(): void;
  /** Reactive: what undo and redo would take back or do again, null where there is nothing. */
  readonly undoLabel: string | null;
  readonly redoLabel: string | null;
}

export interface StudioTransport {
  readonly playing: Accessor<boolean>;
  /** Whether there is anything to play. */
  readonly canPlay: Accessor<boolean>;
  /** From the position; from the start where the position is the end of the song. */
  play(): void;
  /** Stops and stays. */
  pause(): void;
  /** Stops and goes back to where playing began; a second stop goes to the start. */
  stop(): void;
  /** play or pause. */
  toggle(): void;
  seek(frame: number): void;
  returnToStart(): void;
  /** Interpolated between two quanta of sound; read it once an animation frame. Not reactive. */
  positionFrames(): number;
  /** Reactive at the speed of edits, not of playing: where the playhead was put last, and where it stopped. */
  readonly restFrame: Accessor<number>;
  /** The end of the last clip. */
  readonly songEndFrame: Accessor<number>;
}

/**
 * Places in the array that meters.read fills. Levels are linear, 1 is full scale; reductions are in dB, 0 or negative,
 * of the strip's sections and of its first six inserts.
 */
export const meterFields = [
  'peakL',
  'peakR',
  'rmsL',
  'rmsR',
  'maxPeak',
  'flags',
  'gateReductionDb',
  'compressorReductionDb',
  'insert1ReductionDb',
  'insert2ReductionDb',
  'insert3ReductionDb',
  'insert4ReductionDb',
  'insert5ReductionDb',
  'insert6ReductionDb',
] as const;
export const meterFieldCount = meterFields.length;
/** Bits of the field 'flags'. */
export const meterFlagClipped = 1;

export interface StudioMeters {
  /** Fills `into` (as many numbers as it holds, at most meterFieldCount, see meterFields); false, and zeros, where there is nothing to show. No garbage. */
  read(trackId: Id | 'master', into: Float32Array): boolean;
  /** Takes the peak hold and the clip light back. */
  resetPeaks(trackId: Id | 'master' | 'all'): void;
}

/** Places in the array that mastering.readLoudness fills. Loudness is -Infinity for silence; true peaks are linear. */
export const loudnessFields = [
  'momentaryLufs',
  'shortTermLufs',
  'maxMomentaryLufs',
  'maxShortTermLufs',
  'integratedLufs',
  'loudnessRangeLu',
  'truePeak',
  'recentTruePeak',
  'correlation',
] as const;
export type LoudnessField = (typeof loudnessFields)[number];

/** What goes to the file, what goes into the mastering chain, and the track chosen by meterTrack. */
export type MeteredBus = 'tap' | 'original' | 'track';

/** What the listener compares: the master, the mix that goes into the chain, or a reference by its id. */
export type ListenChoice = 'master' | 'original' | Id;

export interface StudioMastering {
  /** Reactive: whether the chain is heard now. */
  readonly engaged: Accessor<boolean>;
  /** The Master room hears the chain, whatever its switch says. */
  setRoom(open: boolean): void;
  /** Reactive; 'master' where the chosen reference has gone. */
  readonly listening: Accessor<ListenChoice>;
  listen(choice: ListenChoice): void;
  /** Reactive: whether everything is heard as loud as the softest of what can be listened to. */
  readonly levelMatched: Accessor<boolean>;
  setLevelMatched(on: boolean): void;
  /** Integrated loudness of a choice as far as it is known; null before. Reactive. */
  loudnessOf(choice: ListenChoice): number | null;
  /** Tells how loud something is as a whole, from an analysis. */
  setLoudness(choice: ListenChoice, lufs: number | null): void;
  /** How much a choice is turned down by, in dB, 0 or negative. Reactive. */
  matchGainDb(choice: ListenChoice): number;
  /** Fills `into`, see loudnessFields; false, and nothing is filled, where there is no engine. No garbage. */
  readLoudness(bus: MeteredBus, into: Float64Array): boolean;
  /** Measures anew from now on. */
  resetLoudness(): void;
  /** The track that the bus 'track' is; null: none. */
  meterTrack(trackId: Id | null): void;
  /** Takes a song as a reference, as one step of undo. What can't be taken becomes a message. */
  addReference(file: File): Promise<void>;
  readonly song: StudioSong;
}

/** The whole song as it was last measured, in a worker. */
export interface SongAnalysis {
  /** Of what it was measured. */
  readonly project: ProjectSnapshot;
  /** What goes into the chain, and what comes out of it. */
  readonly original: Programme;
  readonly master: Programme;
  readonly before: Measures;
  readonly after: Measures;
  /** Where in the song what was measured begins. */
  readonly startSeconds: number;
  /** What came of the last 'Reach the target', where the chain is still as it left it. */
  readonly reached: Reached | null;
}

/** What measures the whole song and sets the chain by it. What goes wrong becomes a message. */
export interface StudioSong {
  /** Reactive: the newest analysis; null before the first, and in another project. */
  readonly analysis: Accessor<SongAnalysis | null>;
  /** Reactive: whether something that is heard has changed since. */
  readonly stale: Accessor<boolean>;
  /** Reactive: what is being worked out; null: nothing. */
  readonly work: Accessor<{ readonly doing: string; readonly fraction: number } | null>;
  /** Lays out the standard chain where there is none; no step of undo. */
  setUp(): Promise<void>;
  /** Measures mix and master, and references that are not measured yet. */
  analyse(): Promise<void>;
  /** Reactive: what is known of each reference, by its id. */
  readonly references: Accessor<ReadonlyMap<Id, Programme>>;
  /** Sets the gain into the limiter, and its ceiling, so that the master lands on its target; one step of undo. */
  reach(): Promise<void>;
  /**
   * Measures the mix and sets the chain by what it seems to need, or towards a reference in tone and width, by so much (0 to 1); one
   * step of undo.
   */
  propose(amount: number, referenceId?: Id | null): Promise<void>;
  /** Reactive: what the last proposal did, each in a sentence and whether the chain has it, and what no device mends. */
  readonly moves: Accessor<readonly ProposedMove[]>;
  readonly notes: Accessor<readonly Note[]>;
  /** Mends an end of the master, by what was measured of it; one step of undo. */
  repair(repair: EndRepair): Promise<void>;
  /** Masters the song from its start to its end again; one step of undo. */
  masterWhole(): Promise<void>;
  /** Takes one move back, or makes it again; one step of undo. */
  setMove(id: string, on: boolean): Promise<void>;
  cancel(): void;
}

export interface ProposedMove extends Move {
  readonly on: boolean;
}

/** A place to listen at: a section of a strip, an insert, or the strip as a whole (input and output). */
export type ProbePlace =
  | { readonly kind: 'section'; readonly section: 'cut' | 'gate' | 'eq' | 'compressor' }
  | { readonly kind: 'insert'; readonly insertId: Id }
  | { readonly kind: 'strip' };

/** The last quantum of sound before and after a place. The arrays are the same ones at each reading: copy what is kept. */
export interface ProbeFrame {
  readonly inLeft: Float32Array;
  readonly inRight: Float32Array;
  readonly outLeft: Float32Array;
  readonly outRight: Float32Array;
  readonly keyLeft: Float32Array;
  readonly keyRight: Float32Array;
  /** In the order of the device's table of read-outs. */
  readonly readouts: Float32Array;
}

export interface Probe {
  /** Null while nothing plays. Call it once an animation frame; no garbage. */
  read(): ProbeFrame | null;
  /** Gives its place of the eight back. */
  close(): void;
}

export interface StudioProbes {
  /** Null when all eight are in use. */
  open(ownerId: Id | 'master', place: ProbePlace): Probe | null;
}

export interface StudioCurves {
  /**
   * Gain in dB of an equaliser that is on, as the engine applies it, at each of the frequencies (above 0, at most half the sample
   * rate): `values` by the ids of the device's table, with the cuts where all of `cut.*` are there. Null until the engine is
   * there; reactive. The array holds until the next call; it is quickest when the same array of frequencies comes again.
   */
  eqGainsDb(
    values: Readonly<Record<string, number>>,
    frequenciesHz: ArrayLike<number>,
    sampleRateHz: number,
  ): Float64Array | null;
  /** What a file's dither leaves of silence, so many samples of it as the engine writes them. Null until it is there; reactive. */
  ditherNoise(
    word: '16' | '24',
    dither: ExportDither,
    sampleRateHz: number,
    frames: number,
  ): Float64Array | null;
}

/** By how many frames sound comes late; all of it is compensated. */
export interface StudioLatency {
  /** Of one device. Null until the engine is there; reactive. */
  insertFrames(insert: Insert): number | null;
  /** Of a strip or the master, in milliseconds: its compressor's lookahead and its inserts. 0 until the engine is there; reactive. */
  chainMs(ownerId: Id | 'master'): number;
  /** Of the whole mix, as long as there is sound; 0 before. Not reactive. */
  mixFrames(): number;
}

/** A control that automation can move. */
export interface Control {
  readonly ownerId: Id | 'master';
  readonly kind: LaneKind;
  /** The insert or the send; null for the strip's own. */
  readonly targetId: Id | null;
  /** An id of the table; 'gainDb' or 'pan' of a send. */
  readonly param: string;
}

/** A hand on a control that is being written while the song plays. */
export interface AutomationTouch {
  /** Heard at once; the document gets it when the writing ends. */
  set(value: number): void;
  /** The hand lets go: 'touch' writes what was done and reads on, 'latch' and 'write' hold the value until the song stops. */
  release(): void;
  /** Called off: nothing of this touch is written. */
  cancel(): void;
}

/** A stretch of writing without a jump of the playhead in it: from its first sample to a frame. */
export interface WrittenStretch {
  readonly samples: readonly { readonly frame: number; readonly value: number }[];
  readonly toFrame: number;
}

export interface StudioAutomation {
  /**
   * A hand takes a control. Null where nothing is to be written (the song stands still, or the owner's mode is 'off' or
   * 'read'): then moving it is an edit like any other.
   */
  touch(control: Control): AutomationTouch | null;
  /**
   * The value as it is heard now: that of the hand, or the lane's at the playhead; null where no automation moves it and
   * the document's own value counts. Not reactive; read it once an animation frame.
   */
  valueNow(control: Control): number | null;
  /** The same at a frame of the song, hands left out. */
  valueAt(control: Control, frame: number): number | null;
  /** What is being written of a lane and is not in the document yet. Not reactive. */
  writtenSoFar(control: Control): readonly WrittenStretch[];
  /** Reactive: whether something is being written. */
  readonly writing: Accessor<boolean>;
}

/** A room or a device as a convolution knows it. */
export interface Impulse {
  /** What an insert's impulseId holds. */
  readonly id: string;
  readonly name: string;
}

export interface StudioImpulses {
  /** Those that come with Mixwell. */
  readonly builtin: readonly Impulse[];
  /** What a convolution plays whose impulseId is null: one of those that are built in. */
  readonly standardId: string;
  /** The waveform of an impulse before it is shaped; null is the standard one's. Reactive, null while it is being read. */
  peaks(impulseId: string | null): WaveformPeaks | null;
  /** Reactive: the open project's own, in the order of their names. */
  readonly own: Accessor<readonly Impulse[]>;
  /** Takes a file into the project, and puts it into an insert as one step of undo. What can't be taken becomes a message. */
  choose(ownerId: Id | 'master', insertId: Id, file: File): Promise<void>;
}

/** One level of a waveform: per channel a minimum and a maximum, in turn, for every `framesPerPoint` frames; 127 is full scale. */
export interface WaveformLevel {
  readonly framesPerPoint: number;
  readonly channels: readonly Int8Array[];
  /** RMS of each point, one array a channel, 255 is full scale; estimated from the peaks where it is missing. */
  readonly rms?: readonly Uint8Array[];
}

export interface WaveformPeaks {
  readonly channels: 1 | 2;
  readonly frames: number;
  /** Finest first, each coarser by a power of two. */
  readonly levels: readonly WaveformLevel[];
}

export interface StudioPeaks {
  /** Null while it is being read; reactive: whoever asked in a tracking scope runs again when it is there. */
  get(sourceId: string): WaveformPeaks | null;
  /** Samples for the closest zoom, one array a channel, [from, from + count) cut to the source. */
  samples(sourceId: string, from: number, count: number): Promise<Float32Array[]>;
}

export interface ImportJob {
  readonly id: Id;
  readonly name: string;
  /** 0 to 1; null while waiting. */
  readonly fraction: number | null;
}

export interface ImportPlace {
  /** Clips go to this track; without it, each file becomes a track. */
  readonly trackId?: Id;
  readonly frame: number;
}

export interface StudioFiles {
  /** Takes audio files and .mixwell files; what could not be taken becomes a message. Resolves when all are in. */
  importFiles(files: readonly File[], at?: ImportPlace): Promise<void>;
  readonly imports: Accessor<readonly ImportJob[]>;
  cancelImport(id: Id | 'all'): void;
}

export interface ProjectInfo {
  readonly id: Id;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly changedAt: number;
  readonly trackCount: number;
  readonly lengthSeconds: number;
  readonly sampleRateHz: number;
}

/** Work that takes a while and has nowhere else to show it: saving, opening, building the demo song. */
export interface LongTask {
  readonly id: Id;
  readonly label: string;
  readonly fraction: number | null;
  cancel(): void;
}

export interface StudioProjects {
  list(): Promise<readonly ProjectInfo[]>;
  open(id: Id): Promise<void>;
  create(name?: string): Promise<void>;
  duplicate(id: Id): Promise<void>;
  rename(id: Id, name: string): Promise<void>;
  remove(id: Id): Promise<void>;
  /** Saves the open project as NAME.mixwell, to a chosen file or as a download. */
  saveFile(): Promise<void>;
  openFile(file: File): Promise<void>;
  openDemo(): Promise<void>;
  /**
   * Makes a project of one's own from a link, which the fragment of the studio's address names. `askPassword` gives null where the person
   * gave it up.
   */
  openShared(fragment: string, askPassword: (wrong: boolean) => Promise<string | null>): Promise<void>;
  readonly current: Accessor<Id>;
  readonly saveState: Accessor<'saved' | 'saving' | 'failed'>;
  readonly tasks: Accessor<readonly LongTask[]>;
}

export type ExportWhat = 'mix' | 'master' | 'stems';
export type ExportRange = 'song' | 'loop';
export type ExportBits = 16 | 24 | '32f';
export type ExportDither = 'none' | 'tpdf' | 'shaped';

export interface ExportSettings {
  readonly what: ExportWhat;
  readonly range: ExportRange;
  readonly bits: ExportBits;
  readonly dither: ExportDither;
  readonly sampleRateHz: number;
  /** In place of the usual name, without its ending; stems have names of their own. */
  readonly fileName?: string;
}

/** What the export would be, before it is made. */
export interface ExportEstimate {
  readonly fileNames: readonly string[];
  readonly seconds: number;
  readonly bytes: number;
}

export interface ExportedFile {
  readonly name: string;
  readonly seconds: number;
  readonly bytes: number;
  /** Null is silence. Headroom is what is left to 0 dBFS, negative above it. */
  readonly peakDbfs: number | null;
  readonly headroomDb: number | null;
  readonly rmsDbfs: number | null;
  /** Samples beyond full scale (cut off at 16 and 24 bits). */
  readonly clippedSamples: number;
  /** SHA-256 of the sound data, in hexadecimal. */
  readonly sha256: string;
}

export type ExportState = 'choosing' | 'rendering' | 'saving' | 'done' | 'failed' | 'cancelled';

export interface ExportProgress {
  /** 0 to 1. */
  readonly fraction: number;
  /** Times real time. */
  readonly speed: number;
  /** Null until it can be told. */
  readonly secondsLeft: number | null;
}

export type ExportTarget = RenderTarget;

export interface ExportJob {
  readonly state: Accessor<ExportState>;
  readonly progress: Accessor<ExportProgress>;
  /** There when the state is 'done'. */
  readonly files: Accessor<readonly ExportedFile[]>;
  /** What the files are, as they were measured; there when the state is 'done'. */
  readonly report: Accessor<Report | null>;
  /** There when the state is 'failed': a sentence. */
  readonly error: Accessor<string | null>;
  /** Resolves when it is over, however it ended. */
  readonly ended: Promise<unknown>;
  cancel(): void;
}

export interface StudioExporter {
  defaults(): ExportSettings;
  /** 24 bits take no dither, 16 bits TPDF. */
  ditherFor(bits: ExportBits): ExportDither;
  readonly sampleRates: readonly number[];
  estimate(settings: ExportSettings): ExportEstimate;
  /** Call it in the handler of the click: it may ask for a file first, unless it is told where to write. Without a file dialog the result is downloaded. */
  run(settings: ExportSettings, target?: ExportTarget): ExportJob;
  /** Hands a report over as a download: for programs, or as a page to be read and printed. */
  saveReport(report: Report, as: 'json' | 'page'): Promise<void>;
}

export interface OutputDevice {
  readonly id: string;
  readonly label: string;
}

/** The listener's own, outside the mix and the document. */
export interface StudioMonitor {
  readonly volumeDb: Accessor<number>;
  setVolumeDb(volumeDb: number): void;
  readonly mono: Accessor<boolean>;
  setMono(on: boolean): void;
  readonly dim: Accessor<boolean>;
  setDim(on: boolean): void;
  /** Empty where the browser can't choose. The first is the system's default, with the id ''. */
  devices(): Promise<readonly OutputDevice[]>;
  readonly deviceId: Accessor<string>;
  setDevice(id: string): Promise<void>;
}

export interface MessageAction {
  readonly label: string;
  run(): void;
}

export interface Message {
  readonly id: Id;
  readonly text: string;
  readonly kind: 'status' | 'alert';
  readonly action?: MessageAction;
}

export interface StudioMessages {
  readonly list: Accessor<readonly Message[]>;
  /** A status goes by itself after a while, an alert stays until it is dismissed. Returns its id. */
  say(text: string, kind: 'status' | 'alert', action?: MessageAction): Id;
  dismiss(id: Id): void;
}
