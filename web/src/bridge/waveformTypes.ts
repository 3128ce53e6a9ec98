import type { Accessor } from 'solid-js';
import type { Id } from '../model/types';

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
