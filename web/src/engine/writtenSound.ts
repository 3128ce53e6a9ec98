import { type CodecModule, PcmDecoder, type WavFormat } from './codec';
import { ProgrammeAnalysis, type ProgrammeFigures, type ProgrammeModule } from './programme';

/** Everything, or all but the spectrum, which costs about as much as the rest. */
export type Measured = 'all' | 'levels';

const encodings = { integer: 1, float: 2 } as const;

/** Measures the bytes of a WAV file's sound on their way out, by the decoder that reads such files: what anyone will find in it. */
export class WrittenSound {
  readonly #decoder: PcmDecoder;
  readonly #analysis: ProgrammeAnalysis;

  constructor(
    module: CodecModule & ProgrammeModule,
    sampleRateHz: number,
    channels: number,
    bits: WavFormat,
    measured: Measured,
  ) {
    const float = bits === '32f';
    const bytesPerSample = float ? 4 : Number(bits) / 8;
    this.#decoder = new PcmDecoder(module, {
      encoding: float ? encodings.float : encodings.integer,
      bytesPerSample,
      bigEndian: false,
      channels,
      bytesPerFrame: channels * bytesPerSample,
    });
    this.#analysis = new ProgrammeAnalysis(module, sampleRateHz, channels, { spectrum: measured === 'all' });
  }

  /** Whole frames, at most 4096 of them. */
  add(bytes: Uint8Array): void {
    this.#analysis.add(this.#decoder.decode(bytes));
  }

  finish(): ProgrammeFigures {
    return this.#analysis.finish();
  }

  delete(): void {
    this.#decoder.delete();
    this.#analysis.delete();
  }
}
