import { probeCount, probeFloats, probeReadouts } from '../generated/engineLayout';

export const probeSounds = 6;
const channels = probeSounds;
/** Twice what is read, so that the writer does not get in the reader's way. */
const ringFrames = 16384;
export const probeHistoryFrames = ringFrames / 2;
const ringFloats = channels * ringFrames + probeReadouts;

/**
 * What the engine's probes have seen lately: six sounds and the last read-outs of each. In shared memory it has one writer
 * and any number of readers; without, both ends keep their own.
 */
export class ProbeRings {
  readonly #counts: Int32Array;
  readonly #rings: readonly Float32Array[];

  static readonly byteLength = 4 * probeCount * (1 + ringFloats);

  constructor(memory: ArrayBufferLike) {
    this.#counts = new Int32Array(memory, 0, probeCount);
    this.#rings = Array.from(
      { length: probeCount },
      (_, index) => new Float32Array(memory, 4 * (probeCount + index * ringFloats), ringFloats),
    );
  }

  /** Writer: appends frames; `sound` holds the six one after the other, `stride` apart. */
  write(index: number, sound: Float32Array, stride: number, frames: number, readouts: Float32Array): void {
    const ring = this.#rings[index];
    if (!ring) return;
    const count = this.#counts[index] as number;
    for (let channel = 0; channel < channels; channel++) {
      const start = channel * ringFrames;
      for (let frame = 0; frame < frames; frame++) {
        const at = start + ((count + frame) & (ringFrames - 1));
        ring[at] = sound[channel * stride + frame] as number;
      }
    }
    for (let place = 0; place < probeReadouts; place++) {
      ring[channels * ringFrames + place] = readouts[place] as number;
    }
    Atomics.store(this.#counts, index, (count + frames) | 0);
  }

  /** Frames that were written so far; after 2 to the 32nd it begins anew. */
  count(index: number): number {
    return Atomics.load(this.#counts, index);
  }

  /** Reader: the last frames up to `count` of one of the six, as many as `into` holds; those before `since` are silence. */
  read(index: number, channel: number, count: number, since: number, into: Float32Array): void {
    const ring = this.#rings[index];
    const frames = Math.min(into.length, (count - since) >>> 0);
    into.fill(0, 0, into.length - frames);
    for (let frame = 0; ring && frame < frames; frame++) {
      const at = channel * ringFrames + ((count - frames + frame) & (ringFrames - 1));
      into[into.length - frames + frame] = ring[at] as number;
    }
  }

  readReadouts(index: number, into: Float32Array): void {
    const ring = this.#rings[index];
    for (let place = 0; ring && place < into.length; place++) {
      into[place] = ring[channels * ringFrames + place] as number;
    }
  }

  /** The last frames of all six one after the other, for a message. */
  recent(index: number, frames: number): Float32Array<ArrayBuffer> {
    const all = new Float32Array(channels * frames);
    const count = this.count(index);
    for (let channel = 0; channel < channels; channel++) {
      const into = all.subarray(channel * frames, (channel + 1) * frames);
      this.read(index, channel, count, count - frames, into);
    }
    return all;
  }
}

/** How far apart the six lie in what the engine gives out. */
export const probeStride = probeFloats / channels;
