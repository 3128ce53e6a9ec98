import { toBase64url } from '../../share/encoding';

const mostColumns = 1200;

/** Peaks of a song in columns of equal length. */
export class WaveformColumns {
  readonly #peaks: Float32Array;
  readonly #frames: number;

  constructor(frames: number) {
    this.#frames = frames;
    this.#peaks = new Float32Array(Math.max(1, Math.min(mostColumns, frames)));
  }

  /** Samples of one channel from this frame on. */
  add(firstFrame: number, samples: Float32Array): void {
    const { length } = this.#peaks;
    for (let at = 0; at < samples.length; ) {
      const column = Math.min(length - 1, Math.floor(((firstFrame + at) * length) / this.#frames));
      const end = Math.min(
        samples.length,
        Math.max(at + 1, Math.ceil(((column + 1) * this.#frames) / length) - firstFrame),
      );
      let peak = this.#peaks[column] as number;
      for (; at < end; at++) peak = Math.max(peak, Math.abs(samples[at] as number));
      this.#peaks[column] = peak;
    }
  }

  /** 0 to 255 each, base64url. */
  text(): string {
    return toBase64url(Uint8Array.from(this.#peaks, (peak) => Math.round(255 * Math.min(1, peak))));
  }
}
