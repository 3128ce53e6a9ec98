import type { StreamLinkInit } from '../engine/pageLink';
import { busMeters, busReadings } from '../generated/engineLayout';

export const processorName = 'mixwell';

/** What the processor is made with. */
export interface ProcessorOptions {
  readonly module: WebAssembly.Module;
  /** Shared memory for telemetry, or null: then it travels as messages. */
  readonly telemetry: SharedArrayBuffer | null;
  /** The same for what the probes see. */
  readonly probes: SharedArrayBuffer | null;
}

export type ToProcessor =
  /** The end of the way on which sound comes. */
  | { readonly kind: 'link'; readonly link: StreamLinkInit }
  /** A command stream of the engine; all of it takes effect between two quanta. A jump is a play or a seek. */
  | { readonly kind: 'commands'; readonly values: Float64Array; readonly jump: boolean }
  /** Sends the blocks of the tap by which the transport advances, from now on or no more. */
  | { readonly kind: 'capture'; readonly on: boolean }
  /** The page looks at a probe, or no more. */
  | { readonly kind: 'watch'; readonly probe: number; readonly on: boolean }
  /** A table for an insert, in place of one that is still on its way; null only takes that away. */
  | { readonly kind: 'table'; readonly insert: number; readonly table: Float32Array | null }
  /** The processor is not needed any more. */
  | { readonly kind: 'end' };

export type FromProcessor =
  | { readonly kind: 'ready' }
  /** A command was not taken; everything else goes on. */
  | { readonly kind: 'refused'; readonly message: string }
  /** The processor is silent from now on. */
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'telemetry'; readonly values: Float64Array; readonly levels: Float32Array }
  /** Frames that a watched probe saw since the message before: its six sounds one after the other. */
  | {
      readonly kind: 'probed';
      readonly probe: number;
      readonly sound: Float32Array;
      readonly readouts: Float32Array;
    }
  /** Left and right of the tap; the last message of a capture says so. */
  | {
      readonly kind: 'captured';
      readonly left: Float32Array;
      readonly right: Float32Array;
      readonly last: boolean;
    };

/** Places in the telemetry's numbers. */
export const telemetryFields = {
  /** Where the transport is at the end of the quantum. */
  positionFrames: 0,
  playing: 1,
  /** How often a block could not be played because its sound was not there yet. */
  starvedBlocks: 2,
  /** Frames that the transport has advanced by since the last jump. */
  framesSinceJump: 3,
  /** The audio context's time at the end of the quantum, in seconds. */
  contextTime: 4,
  /** How many command messages the processor has applied. */
  commandsApplied: 5,
  /** Whether the transport stood still for want of sound in the last quantum. */
  holding: 6,
  /** By how many frames what is heard is late. */
  latencyFrames: 7,
} as const;
/** Behind them is the loudness of the busses, in the engine's order: for each of busMeters all of busReadings. */
export const firstLoudnessNumber = 8;
export const loudnessNumbers = busMeters.length * busReadings.length;
export const telemetryNumbers = firstLoudnessNumber + loudnessNumbers;
