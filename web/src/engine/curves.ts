/** The curves of equaliser and cuts as the engine applies them, for the page to draw. Works in page and Node. */
import type { Deletable } from './codecModule';

/** The class of wasm/bind_curves.cpp. */
export interface CurvesModule {
  readonly HEAPU8: Uint8Array;
  readonly EqCurves: new (
    points: number,
  ) => Deletable & {
    values(): number;
    frequencies(): number;
    gains(): number;
    clear(): void;
    addEq(sampleRateHz: number): void;
    addCuts(sampleRateHz: number): void;
  };
}

/** Values of a section's parameters, all of its table in the table's order; without them the section is left out. */
export interface EqSections {
  readonly eq?: readonly number[];
  readonly cut?: readonly number[];
}

export class EqCurves {
  readonly #module: CurvesModule;
  readonly #curves: InstanceType<CurvesModule['EqCurves']>;
  readonly #points: number;

  /** Frequencies are above 0 and at most half of each sample rate that is asked for. */
  constructor(module: CurvesModule, frequenciesHz: ArrayLike<number>) {
    this.#module = module;
    this.#points = frequenciesHz.length;
    this.#curves = new module.EqCurves(this.#points);
    this.#doubles(this.#curves.frequencies(), this.#points).set(frequenciesHz);
  }

  /** Gain in dB at each frequency, of the sections together. The array is the module's own until the next call. */
  gainsDb(sections: EqSections, sampleRateHz: number): Float64Array {
    this.#curves.clear();
    if (sections.eq) {
      this.#setValues(sections.eq);
      this.#curves.addEq(sampleRateHz);
    }
    if (sections.cut) {
      this.#setValues(sections.cut);
      this.#curves.addCuts(sampleRateHz);
    }
    return this.#doubles(this.#curves.gains(), this.#points);
  }

  delete(): void {
    this.#curves.delete();
  }

  #setValues(values: readonly number[]): void {
    this.#doubles(this.#curves.values(), values.length).set(values);
  }

  #doubles(address: number, count: number): Float64Array {
    return new Float64Array(this.#module.HEAPU8.buffer, address, count);
  }
}
