/**
 * A radix-2 Fourier transform of fixed length, for pictures only. Twiddles and bit reversal are made once; a transform makes
 * no garbage.
 */
export class Fft {
  readonly size: number;
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;
  readonly #reversed: Uint32Array;

  /** `size` is a power of two. */
  constructor(size: number) {
    this.size = size;
    this.#cos = new Float64Array(size / 2);
    this.#sin = new Float64Array(size / 2);
    for (let i = 0; i < size / 2; i++) {
      this.#cos[i] = Math.cos((2 * Math.PI * i) / size);
      this.#sin[i] = Math.sin((2 * Math.PI * i) / size);
    }
    const bits = Math.log2(size);
    this.#reversed = new Uint32Array(size);
    for (let i = 0; i < size; i++) {
      let reversed = 0;
      for (let bit = 0; bit < bits; bit++) if (i & (1 << bit)) reversed |= 1 << (bits - 1 - bit);
      this.#reversed[i] = reversed;
    }
  }

  /** In place, both arrays of `size`. */
  transform(re: Float64Array, im: Float64Array): void {
    const { size } = this;
    for (let i = 0; i < size; i++) {
      const j = this.#reversed[i] as number;
      if (j <= i) continue;
      const keptRe = re[i] as number;
      const keptIm = im[i] as number;
      re[i] = re[j] as number;
      im[i] = im[j] as number;
      re[j] = keptRe;
      im[j] = keptIm;
    }
    for (let half = 1; half < size; half *= 2) {
      const stride = size / (half * 2);
      for (let start = 0; start < size; start += half * 2) {
        for (let k = 0; k < half; k++) {
          const c = this.#cos[k * stride] as number;
          const s = this.#sin[k * stride] as number;
          const a = start + k;
          const b = a + half;
          const bRe = (re[b] as number) * c + (im[b] as number) * s;
          const bIm = (im[b] as number) * c - (re[b] as number) * s;
          re[b] = (re[a] as number) - bRe;
          im[b] = (im[a] as number) - bIm;
          re[a] = (re[a] as number) + bRe;
          im[a] = (im[a] as number) + bIm;
        }
      }
    }
  }
}
