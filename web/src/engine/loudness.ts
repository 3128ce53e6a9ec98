import type { Deletable, PlanarBlock } from './codecModule';

/** The class of wasm/bind_loudness.cpp. */
export interface LoudnessModule {
  readonly LoudnessMeasurement: new (
    sampleRateHz: number,
    channels: number,
  ) => Deletable & {
    add(address: number, stride: number, frames: number): void;
    finish(): void;
    momentaryLufs(): number;
    shortTermLufs(): number;
    integratedLufs(): number;
    loudnessRangeLu(): number;
    maxMomentaryLufs(): number;
    maxShortTermLufs(): number;
    truePeak(): number;
    samplePeak(): number;
  };
}

/** By ITU-R BS.1770-5 and EBU Tech 3342. -Infinity stands for silence, and for less sound than a measure needs. */
export interface LoudnessFigures {
  readonly integratedLufs: number;
  readonly loudnessRangeLu: number;
  readonly maxMomentaryLufs: number;
  readonly maxShortTermLufs: number;
  readonly truePeakDbtp: number;
  readonly samplePeakDbfs: number;
}

const toDb = (linear: number): number => 20 * Math.log10(linear);

/** Measures a whole file, block by block. Channels: mono; stereo; L R C; L R Ls Rs; L R C Ls Rs; L R C LFE Ls Rs. */
export class LoudnessMeasurement {
  readonly #measurement: InstanceType<LoudnessModule['LoudnessMeasurement']>;

  constructor(module: LoudnessModule, sampleRateHz: number, channels: number) {
    this.#measurement = new module.LoudnessMeasurement(sampleRateHz, channels);
  }

  add(block: PlanarBlock): void {
    this.#measurement.add(block.pointer, block.stride, block.frames);
  }

  /** The figures of all that was added; nothing may be added afterwards. */
  finish(): LoudnessFigures {
    const m = this.#measurement;
    m.finish();
    return {
      integratedLufs: m.integratedLufs(),
      loudnessRangeLu: m.loudnessRangeLu(),
      maxMomentaryLufs: m.maxMomentaryLufs(),
      maxShortTermLufs: m.maxShortTermLufs(),
      truePeakDbtp: toDb(m.truePeak()),
      samplePeakDbfs: toDb(m.samplePeak()),
    };
  }

  delete(): void {
    this.#measurement.delete();
  }
}
