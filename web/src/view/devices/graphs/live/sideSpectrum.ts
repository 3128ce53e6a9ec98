import { Fft } from './fft';

const size = 4096;
export const widthBands = 96;
const lowestHz = 30;
const highestHz = 18000;
/** Neighbours on each side over which a width is smoothed. */
const reach = 3;

let shared: { fft: Fft; window: Float64Array; re: Float64Array; im: Float64Array } | undefined;

function workshop() {
  if (!shared) {
    const window = new Float64Array(size);
    for (let i = 0; i < size; i++) window[i] = 1 - Math.cos((2 * Math.PI * i) / size);
    shared = { fft: new Fft(size), window, re: new Float64Array(size), im: new Float64Array(size) };
  }
  return shared;
}

/** How wide the sound is from 30 Hz to 18 kHz, in 96 bands of equal ratio: 0 is mono, 1 only sides. */
export class SideSpectrum {
  readonly #middle = new Float64Array(widthBands);
  readonly #side = new Float64Array(widthBands);
  #silent = true;

  update(left: Float32Array, right: Float32Array, sampleRateHz: number, elapsedMs: number): boolean {
    const { fft, window, re, im } = workshop();
    const offset = left.length - size;
    for (let i = 0; i < size; i++) {
      const a = left[offset + i] ?? 0;
      const b = right[offset + i] ?? 0;
      const w = window[i] as number;
      re[i] = (a + b) * w;
      im[i] = (a - b) * w;
    }
    fft.transform(re, im);
    const share = 1 - Math.exp(-elapsedMs / 180);
    let loudest = 0;
    for (let band = 0; band < widthBands; band++) {
      const first = Math.max(1, Math.floor((bandHz(band) * size) / sampleRateHz));
      const last = Math.max(first, Math.ceil((bandHz(band + 1) * size) / sampleRateHz) - 1);
      let middle = 0;
      let side = 0;
      for (let k = first; k <= last && k < size / 2; k++) {
        const a = re[k] as number;
        const b = im[k] as number;
        const c = re[size - k] as number;
        const d = im[size - k] as number;
        middle += (a + c) ** 2 + (b - d) ** 2;
        side += (a - c) ** 2 + (b + d) ** 2;
      }
      loudest = Math.max(loudest, middle + side);
      this.#middle[band] = (this.#middle[band] as number) * (1 - share) + middle * share;
      this.#side[band] = (this.#side[band] as number) * (1 - share) + side * share;
    }
    const silent = loudest < 1e-7;
    const changed = !(silent && this.#silent);
    this.#silent = silent;
    return changed;
  }

  get silent(): boolean {
    return this.#silent;
  }

  /** 0 to 1 at a frequency, smoothed over neighbours. */
  at(hz: number): number {
    const place = (Math.log(hz / lowestHz) / Math.log(highestHz / lowestHz)) * widthBands - 0.5;
    const low = Math.min(widthBands - 2, Math.max(0, Math.floor(place)));
    const share = Math.min(1, Math.max(0, place - low));
    return this.#width(low) * (1 - share) + this.#width(low + 1) * share;
  }

  #width(band: number): number {
    let middle = 1e-9;
    let side = 0;
    for (let near = Math.max(0, band - reach); near <= Math.min(widthBands - 1, band + reach); near++) {
      const weight = 1 + reach - Math.abs(near - band);
      middle += weight * (this.#middle[near] as number);
      side += weight * (this.#side[near] as number);
    }
    return Math.sqrt(side / (middle + side));
  }
}

const bandHz = (band: number): number => lowestHz * (highestHz / lowestHz) ** (band / widthBands);
