/** Peak, RMS over all channels and samples beyond full scale of sound that passes by. */
export class LevelSum {
  peak = 0;
  overs = 0;
  #squares = 0;
  #count = 0;

  add(samples: Float32Array): void {
    let { peak, overs } = this;
    let squares = 0;
    for (let index = 0; index < samples.length; index++) {
      const sample = samples[index] as number;
      const size = sample < 0 ? -sample : sample;
      if (size > peak) peak = size;
      if (size > 1) overs++;
      squares += sample * sample;
    }
    this.peak = peak;
    this.overs = overs;
    this.#squares += squares;
    this.#count += samples.length;
  }

  get rms(): number {
    return this.#count === 0 ? 0 : Math.sqrt(this.#squares / this.#count);
  }
}

/** In decibels below full scale, or null where there is silence. */
export function decibels(level: number): number | null {
  return level > 0 ? 20 * Math.log10(level) : null;
}
