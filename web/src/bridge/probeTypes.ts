import type { Id, Insert } from '../model/types';
import type { ExportDither } from './exportTypes';

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
