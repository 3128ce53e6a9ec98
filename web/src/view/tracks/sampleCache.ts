import type { StudioPeaks } from '../../bridge/waveformTypes';

export const chunkFrames = 65536;
/** Chunks carry their own extremes for this many frames, for zooms between single samples and the pyramid. */
export const groupFrames = 16;
const keptChunks = 96;
const againAfterMs = 2000;

/** One channel of a chunk. */
export interface ChunkChannel {
  readonly samples: Float32Array;
  readonly high: Float32Array;
  readonly low: Float32Array;
  /** Mean square of each group. */
  readonly square: Float32Array;
}

export type SampleChunk = readonly ChunkChannel[];

function withExtremes(samples: Float32Array): ChunkChannel {
  const groups = Math.ceil(samples.length / groupFrames);
  const high = new Float32Array(groups);
  const low = new Float32Array(groups);
  const square = new Float32Array(groups);
  for (let group = 0; group < groups; group++) {
    const end = Math.min(samples.length, (group + 1) * groupFrames);
    let max = 0;
    let min = 0;
    let sum = 0;
    for (let frame = group * groupFrames; frame < end; frame++) {
      const sample = samples[frame] as number;
      if (sample > max) max = sample;
      if (sample < min) min = sample;
      sum += sample * sample;
    }
    high[group] = max;
    low[group] = min;
    square[group] = sum / (end - group * groupFrames);
  }
  return { samples, high, low, square };
}

/** Raw samples for the closest zooms, in chunks, the least recently drawn forgotten first. */
export class SampleCache {
  readonly #peaks: StudioPeaks;
  readonly #onReady: () => void;
  readonly #chunks = new Map<string, SampleChunk>();
  readonly #asked = new Map<string, number>();

  /** `onReady` is called when a chunk has come. */
  constructor(peaks: StudioPeaks, onReady: () => void) {
    this.#peaks = peaks;
    this.#onReady = onReady;
  }

  /** The chunks that hold source frames [from, to), or null while one of them is being read. */
  chunks(
    sourceId: string,
    from: number,
    to: number,
  ): { readonly first: number; readonly list: SampleChunk[] } | null {
    const first = Math.floor(Math.max(0, from) / chunkFrames);
    const last = Math.max(first, Math.floor(Math.max(0, to - 1) / chunkFrames));
    const list: SampleChunk[] = [];
    for (let index = first; index <= last; index++) {
      const chunk = this.#chunk(sourceId, index);
      if (chunk) list.push(chunk);
    }
    return list.length === last - first + 1 ? { first, list } : null;
  }

  #chunk(sourceId: string, index: number): SampleChunk | null {
    const key = `${sourceId} ${index}`;
    const kept = this.#chunks.get(key);
    if (kept) {
      this.#chunks.delete(key);
      this.#chunks.set(key, kept);
      return kept;
    }
    const asked = this.#asked.get(key);
    if (asked === undefined || performance.now() - asked > againAfterMs)
      void this.#load(key, sourceId, index);
    return null;
  }

  async #load(key: string, sourceId: string, index: number): Promise<void> {
    this.#asked.set(key, performance.now());
    try {
      const channels = await this.#peaks.samples(sourceId, index * chunkFrames, chunkFrames);
      this.#chunks.set(key, channels.map(withExtremes));
      this.#asked.delete(key);
      const oldest = this.#chunks.keys().next().value;
      if (this.#chunks.size > keptChunks && oldest !== undefined) this.#chunks.delete(oldest);
      this.#onReady();
    } catch {
      // The peaks stay on the screen; it is asked again after a while.
    }
  }
}
