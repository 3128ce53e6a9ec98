import { Fft } from './fft';

const fftSize = 4096;
const floorDb = -160;

let shared: { fft: Fft; window: Float64Array; re: Float64Array; im: Float64Array } | undefined;

function workshop() {
  if (!shared) {
    const window = new Float64Array(fftSize);
    // Hann; a full-scale sine reads 0 dB at its bin.
    for (let i = 0; i < fftSize; i++) window[i] = (1 - Math.cos((2 * Math.PI * i) / fftSize)) * (2 / fftSize);
    shared = { fft: new Fft(fftSize), window, re: new Float64Array(fftSize), im: new Float64Array(fftSize) };
  }
  return shared;
}

export const spectrumFrames = fftSize;

/**
 * Writes the power of both sides' spectra at each bin, 0 to half of 4096, from the last frames of `left` and `right`; full-scale
 * sines in both are 1.
 */
function measure(left: Float32Array, right: Float32Array, power: Float32Array): void {
  const { fft, window, re, im } = workshop();
  const offset = left.length - fftSize;
  for (let i = 0; i < fftSize; i++) {
    const w = window[i] as number;
    re[i] = (left[offset + i] ?? 0) * w;
    im[i] = (right[offset + i] ?? 0) * w;
  }
  fft.transform(re, im);
  // Two real signals in one transform: the left one is the even part, the right one the odd.
  for (let k = 1; k < power.length; k++) {
    const a = re[k] as number;
    const b = im[k] as number;
    const c = re[fftSize - k] as number;
    const d = im[fftSize - k] as number;
    power[k] = (a * a + b * b + c * c + d * d) / 4;
  }
  power[0] = power[1] as number;
}

/** How long a level takes for 63 % of its way up and down. */
export interface Averaging {
  readonly riseMs: number;
  readonly fallMs: number;
}

export const usualAveraging: Averaging = { riseMs: 30, fallMs: 240 };
/** Music lies about level with it. */
export const usualSlopeDb = 4.5;
const halfTwelfth = 2 ** (1 / 24);

/** A live spectrum for pictures: 4096 points, Hann, with ballistics. */
export class Spectrum {
  readonly #power = new Float32Array(fftSize / 2);
  readonly #smooth = new Float32Array(fftSize / 2);
  /** Sum of all bins below each, so that a mean costs nothing. */
  readonly #sums = new Float64Array(fftSize / 2 + 1);
  #silent = true;
  averaging = usualAveraging;
  /** By which it is tilted, per octave about 1 kHz. */
  slopeDb = usualSlopeDb;

  /** Takes the last 4096 frames; true where the picture changed. */
  update(left: Float32Array, right: Float32Array, elapsedMs: number): boolean {
    measure(left, right, this.#power);
    const rise = 1 - Math.exp(-elapsedMs / this.averaging.riseMs);
    const fall = 1 - Math.exp(-elapsedMs / this.averaging.fallMs);
    let loudest = 0;
    for (let k = 0; k < this.#smooth.length; k++) {
      const was = this.#smooth[k] as number;
      const is = this.#power[k] as number;
      const now = was + (is - was) * (is > was ? rise : fall);
      this.#smooth[k] = now;
      this.#sums[k + 1] = (this.#sums[k] as number) + now;
      if (now > loudest) loudest = now;
    }
    const silent = loudest < 1e-14;
    const changed = !(silent && this.#silent);
    this.#silent = silent;
    return changed;
  }

  get silent(): boolean {
    return this.#silent;
  }

  clear(): void {
    this.#smooth.fill(0);
    this.#sums.fill(0);
    this.#silent = true;
  }

  /**
   * The level about a frequency in dB: the mean power over a twelfth of an octave, or between two bins where these are further apart;
   * tilted by the slope.
   */
  levelDb(hz: number, sampleRateHz: number): number {
    return this.bandDb(hz / halfTwelfth, hz * halfTwelfth, sampleRateHz);
  }

  /** The same for the mean power from `fromHz` to `toHz`. */
  bandDb(fromHz: number, toHz: number, sampleRateHz: number): number {
    const binsPerHz = fftSize / sampleRateHz;
    const low = fromHz * binsPerHz;
    const high = toHz * binsPerHz;
    if (low >= this.#smooth.length - 1) return floorDb;
    const power = high - low < 1.5 ? this.#between((low + high) / 2) : this.#mean(low, high);
    const octaves = Math.log2(Math.sqrt(Math.max(1, fromHz * toHz)) / 1000);
    return Math.max(floorDb, 10 * Math.log10(power + 1e-16) + this.slopeDb * octaves);
  }

  #between(bin: number): number {
    const at = Math.min(this.#smooth.length - 2, Math.max(0, bin));
    const k = Math.floor(at);
    const share = smoothStep(at - k);
    const a = Math.log((this.#smooth[k] as number) + 1e-16);
    const b = Math.log((this.#smooth[k + 1] as number) + 1e-16);
    return Math.exp(a + (b - a) * share);
  }

  #mean(low: number, high: number): number {
    const first = Math.floor(low);
    const end = Math.min(this.#smooth.length, Math.max(first + 1, Math.ceil(high)));
    return ((this.#sums[end] as number) - (this.#sums[first] as number)) / (end - first);
  }
}

const smoothStep = (t: number): number => t * t * (3 - 2 * t);
