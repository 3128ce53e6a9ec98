import { createSHA256, type IHasher } from 'hash-wasm';
import { type CodecModule, type DitherKind, type PlanarBlock, RateConverter, WavEncoder } from './codec';
import { LevelSum } from './levelSum';
import type { ProgrammeFigures, ProgrammeModule } from './programme';
import type { PcmFormat, SoundWriter } from './soundWriter';
import { type Measured, WrittenSound } from './writtenSound';

export interface SoundOutputFormat extends PcmFormat {
  /** Of the sound that comes in. */
  readonly sourceRateHz: number;
  readonly dither: DitherKind;
  /** What is told of the file's sound as it is written; nothing unless asked for. */
  readonly measured?: Measured;
}

export interface SoundReport {
  readonly frames: number;
  readonly bytes: number;
  /** Linear, before the file's word length; 0 is silence. */
  readonly peak: number;
  readonly rms: number;
  /** Samples beyond full scale; at 16 and 24 bits they are cut off. */
  readonly clippedSamples: number;
  /** Of the PCM as a WAV file has it, whatever the file's own format. */
  readonly sha256: string;
  /** Of the samples as they lie in the file; null where they were not to be measured. */
  readonly figures: ProgrammeFigures | null;
}

/** Converts, dithers and measures the sound of one file, and hands it to the file's writer. Its blocks lie in the module's memory. */
export class SoundOutput {
  readonly #writer: SoundWriter;
  readonly #encoder: WavEncoder;
  readonly #converter: RateConverter | null;
  readonly #module: CodecModule;
  readonly #format: SoundOutputFormat;
  readonly #levels: LevelSum;
  readonly #hash: IHasher;
  readonly #written: WrittenSound | null;
  #frames = 0;

  /** The writer is of the same format, and from now on the output's own. */
  static async open(
    module: CodecModule & ProgrammeModule,
    format: SoundOutputFormat,
    writer: SoundWriter,
  ): Promise<SoundOutput> {
    return new SoundOutput(module, format, writer, await createSHA256());
  }

  private constructor(
    module: CodecModule & ProgrammeModule,
    format: SoundOutputFormat,
    writer: SoundWriter,
    hash: IHasher,
  ) {
    const { sampleRateHz, sourceRateHz, channels, bits, dither, measured } = format;
    this.#module = module;
    this.#format = format;
    this.#writer = writer;
    this.#hash = hash.init();
    this.#levels = new LevelSum();
    this.#encoder = new WavEncoder(module, { sampleRateHz, channels, format: bits, dither });
    this.#converter =
      sourceRateHz === sampleRateHz ? null : new RateConverter(module, sourceRateHz, sampleRateHz, channels);
    this.#written = measured ? new WrittenSound(module, sampleRateHz, channels, bits, measured) : null;
  }

  /** At most 4096 frames. */
  async add(block: PlanarBlock): Promise<void> {
    const converter = this.#converter;
    if (!converter) return this.#encode(block);
    let rest = block;
    while (rest.frames > 0) {
      const taken = converter.push(rest);
      rest = { pointer: rest.pointer + 4 * taken, stride: rest.stride, frames: rest.frames - taken };
      await this.#drain(converter);
    }
  }

  async finish(): Promise<SoundReport> {
    if (this.#converter) {
      this.#converter.finish();
      await this.#drain(this.#converter);
    }
    const bytes = await this.#writer.finish();
    const { peak, rms, overs } = this.#levels;
    return {
      frames: this.#frames,
      bytes,
      peak,
      rms,
      clippedSamples: this.#format.bits === '32f' ? overs : this.#encoder.clippedSamples,
      sha256: this.#hash.digest('hex'),
      figures: this.#written?.finish() ?? null,
    };
  }

  /** Nothing of the file remains. */
  abort(): Promise<void> {
    return this.#writer.abort();
  }

  delete(): void {
    this.#writer.delete();
    this.#encoder.delete();
    this.#converter?.delete();
    this.#written?.delete();
  }

  async #drain(converter: RateConverter): Promise<void> {
    for (let block = converter.pull(); block.frames > 0; block = converter.pull()) await this.#encode(block);
  }

  async #encode(block: PlanarBlock): Promise<void> {
    const { buffer } = this.#module.HEAPU8;
    for (let channel = 0; channel < this.#format.channels; channel++) {
      this.#levels.add(new Float32Array(buffer, block.pointer + 4 * channel * block.stride, block.frames));
    }
    const bytes = this.#encoder.encode(block);
    this.#hash.update(bytes);
    this.#written?.add(bytes);
    this.#frames += block.frames;
    await this.#writer.add(bytes);
  }
}
