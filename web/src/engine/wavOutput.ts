import { createSHA256, type IHasher } from 'hash-wasm';
import type { ByteSink } from './byteSink';
import {
  type CodecModule,
  type DitherKind,
  type PlanarBlock,
  RateConverter,
  WavEncoder,
  type WavFormat,
} from './codec';
import { LevelSum } from './levelSum';
import type { ProgrammeFigures, ProgrammeModule } from './programme';
import { type Measured, WrittenSound } from './writtenSound';

export interface WavOutputFormat {
  /** Of the sound that comes in. */
  readonly sourceRateHz: number;
  /** Of the file. */
  readonly sampleRateHz: number;
  readonly channels: 1 | 2;
  readonly bits: WavFormat;
  readonly dither: DitherKind;
  /** What is told of the file's sound as it is written; nothing unless asked for. */
  readonly measured?: Measured;
}

export interface WavReport {
  readonly frames: number;
  readonly bytes: number;
  /** Linear, before the file's word length; 0 is silence. */
  readonly peak: number;
  readonly rms: number;
  /** Samples beyond full scale; at 16 and 24 bits they are cut off. */
  readonly clippedSamples: number;
  /** Of the file's sound data. */
  readonly sha256: string;
  /** Of the samples as they lie in the file; null where they were not to be measured. */
  readonly figures: ProgrammeFigures | null;
}

/** Converts, dithers, writes and measures one WAV file. Its blocks lie in the module's memory. */
export class WavOutput {
  readonly #sink: ByteSink;
  readonly #encoder: WavEncoder;
  readonly #converter: RateConverter | null;
  readonly #module: CodecModule;
  readonly #format: WavOutputFormat;
  readonly #levels: LevelSum;
  readonly #hash: IHasher;
  readonly #written: WrittenSound | null;
  #position = 0;
  #frames = 0;

  static async open(
    module: CodecModule & ProgrammeModule,
    format: WavOutputFormat,
    sink: ByteSink,
  ): Promise<WavOutput> {
    const output = new WavOutput(module, format, sink, await createSHA256());
    await output.#write(output.#encoder.header(0));
    return output;
  }

  private constructor(
    module: CodecModule & ProgrammeModule,
    format: WavOutputFormat,
    sink: ByteSink,
    hash: IHasher,
  ) {
    const { sampleRateHz, sourceRateHz, channels, bits, dither, measured } = format;
    this.#module = module;
    this.#format = format;
    this.#sink = sink;
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

  async finish(): Promise<WavReport> {
    if (this.#converter) {
      this.#converter.finish();
      await this.#drain(this.#converter);
    }
    await this.#write(this.#encoder.trailer(this.#frames));
    const bytes = this.#position;
    this.#position = 0;
    await this.#write(this.#encoder.header(this.#frames));
    await this.#sink.close();
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
    return this.#sink.abort();
  }

  delete(): void {
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
    await this.#write(bytes);
  }

  async #write(bytes: Uint8Array): Promise<void> {
    if (bytes.length === 0) return;
    await this.#sink.write(this.#position, bytes);
    this.#position += bytes.length;
  }
}
