import type { StudioPeaks } from '../../bridge/studioTypes';

export const chunkFrames = 65536;
const keptChunks = 48;
const failedAgainAfterMs = 2000;

export interface SampleRun {
  readonly channels: readonly Float32Array[];
  /** Source frame of the first sample. */
  readonly startFrame: number;
}

/** Raw samples for the closest zoom, in chunks, the least recently drawn forgotten first. */
export class SampleCache {
  readonly #peaks: StudioPeaks;
  readonly #onReady: () => void;
  readonly #chunks = new Map<string, readonly Float32Array[]>();
  readonly #asked = new Map<string, number>();

  /** `onReady` is called when a chunk has come. */
  constructor(peaks: StudioPeaks, onReady: () => void) {
    this.#peaks = peaks;
    this.#onReady = onReady;
  }

  /** All of [from, to), or null while a part of it is being read. */
  run(sourceId: string, from: number, to: number): SampleRun | null {
    const first = Math.floor(Math.max(0, from) / chunkFrames);
    const last = Math.floor(Math.max(0, to - 1) / chunkFrames);
    const parts: (readonly Float32Array[])[] = [];
    for (let index = first; index <= last; index++) {
      const chunk = this.#chunk(sourceId, index);
      if (chunk) parts.push(chunk);
    }
    if (parts.length < last - first + 1) return null;
    const startFrame = first * chunkFrames;
    if (parts.length === 1) return { channels: parts[0] as readonly Float32Array[], startFrame };
    return { channels: joined(parts), startFrame };
  }

  #chunk(sourceId: string, index: number): readonly Float32Array[] | null {
    const key = `${sourceId} ${index}`;
    const kept = this.#chunks.get(key);
    if (kept) {
      this.#chunks.delete(key);
      this.#chunks.set(key, kept);
      return kept;
    }
    const asked = this.#asked.get(key);
    if (asked === undefined || performance.now() - asked > failedAgainAfterMs)
      void this.#load(key, sourceId, index);
    return null;
  }

  async #load(key: string, sourceId: string, index: number): Promise<void> {
    this.#asked.set(key, performance.now());
    try {
      const chunk = await this.#peaks.samples(sourceId, index * chunkFrames, chunkFrames);
      this.#chunks.set(key, chunk);
      this.#asked.delete(key);
      const oldest = this.#chunks.keys().next().value;
      if (this.#chunks.size > keptChunks && oldest !== undefined) this.#chunks.delete(oldest);
      this.#onReady();
    } catch {
      // The peaks stay on the screen; it is asked again after a while.
    }
  }
}

function joined(parts: readonly (readonly Float32Array[])[]): Float32Array[] {
  const channelCount = Math.max(...parts.map((part) => part.length));
  return Array.from({ length: channelCount }, (_, channel) => {
    const pieces = parts.map((part) => part[channel] ?? part[0] ?? new Float32Array(0));
    const all = new Float32Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
    let at = 0;
    for (const piece of pieces) {
      all.set(piece, at);
      at += piece.length;
    }
    return all;
  });
}
