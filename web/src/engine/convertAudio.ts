import { AudioFileError } from './audioFileError';
import { type AudioInput, inputBlockFrames } from './audioInput';
import type { ByteSink } from './byteSink';
import { PeaksBuilder, type PlanarBlock, RateConverter, WavEncoder } from './codec';
import type { CodecModule } from './codecModule';

export interface ConversionOptions {
  readonly projectRateHz: number;
  /** Where the float WAV at the project's rate goes; null where the original is streamed as it lies. */
  readonly sibling: ByteSink | null;
  /** False where nobody looks at it. */
  readonly peaks: boolean;
  readonly onProgress?: (fraction: number) => void;
  readonly signal?: AbortSignal;
}

export interface Conversion {
  readonly originalFrames: number;
  /** At the project's rate. */
  readonly frames: number;
  readonly peaks: Uint8Array | null;
}

/**
 * Reads an input to its end: to the project's rate, into a float WAV, into a waveform, as asked. Throws an AudioFileError
 * where the sound can't be used. The sink is neither closed nor aborted here.
 */
export async function convertAudio(
  module: CodecModule,
  input: AudioInput,
  name: string,
  options: ConversionOptions,
): Promise<Conversion> {
  const conversion = new Converting(module, input, options);
  try {
    const originalFrames = await conversion.run();
    if (originalFrames === 0) throw new AudioFileError(`${name} holds no sound: it has no frames.`);
    if (input.nonFiniteSamples > 0) throw new AudioFileError(nonFiniteSentence(name, input.nonFiniteSamples));
    const peaks = await conversion.finish();
    return { originalFrames, frames: conversion.frames, peaks };
  } finally {
    conversion.delete();
  }
}

function nonFiniteSentence(name: string, count: number): string {
  const samples = count === 1 ? '1 sample that is' : `${count} samples that are`;
  return `${name} holds ${samples} no number (NaN or infinity), so it was not taken. Render it again where it was made.`;
}

class Converting {
  frames = 0;
  readonly #input: AudioInput;
  readonly #options: ConversionOptions;
  readonly #rate: RateConverter | null = null;
  readonly #peaks: PeaksBuilder | null = null;
  readonly #wav: WavEncoder | null = null;
  #position = 0;

  constructor(module: CodecModule, input: AudioInput, options: ConversionOptions) {
    const { channels, sampleRateHz, frames } = input.facts;
    const { projectRateHz } = options;
    this.#input = input;
    this.#options = options;
    if (sampleRateHz !== projectRateHz) {
      this.#rate = new RateConverter(module, sampleRateHz, projectRateHz, channels, inputBlockFrames);
    }
    if (options.peaks) {
      const expected = Math.round(((frames ?? 0) * projectRateHz) / sampleRateHz);
      this.#peaks = new PeaksBuilder(module, channels, expected);
    }
    if (options.sibling) {
      const spec = { sampleRateHz: projectRateHz, channels, format: '32f', dither: 'none' } as const;
      this.#wav = new WavEncoder(module, { ...spec, maxFrames: inputBlockFrames });
    }
  }

  /** Returns the frames of the input. */
  async run(): Promise<number> {
    const { signal, onProgress } = this.#options;
    if (this.#wav) await this.#write(this.#wav.header(0));
    let originalFrames = 0;
    for (;;) {
      signal?.throwIfAborted();
      const block = await this.#input.next();
      if (!block) break;
      originalFrames += block.frames;
      await this.#take(block);
      onProgress?.(this.#input.fraction);
    }
    this.#rate?.finish();
    await this.#drain();
    return originalFrames;
  }

  async #take(block: PlanarBlock): Promise<void> {
    if (!this.#rate) return this.#emit(block);
    let rest = block;
    while (rest.frames > 0) {
      const taken = this.#rate.push(rest);
      rest = { pointer: rest.pointer + 4 * taken, stride: rest.stride, frames: rest.frames - taken };
      await this.#drain();
    }
  }

  async #drain(): Promise<void> {
    if (!this.#rate) return;
    for (let block = this.#rate.pull(); block.frames > 0; block = this.#rate.pull()) await this.#emit(block);
  }

  async #emit(block: PlanarBlock): Promise<void> {
    this.frames += block.frames;
    this.#peaks?.add(block);
    if (this.#wav) await this.#write(this.#wav.encode(block));
  }

  async #write(bytes: Uint8Array): Promise<void> {
    await this.#options.sibling?.write(this.#position, bytes);
    this.#position += bytes.length;
  }

  async finish(): Promise<Uint8Array | null> {
    if (this.#wav) {
      await this.#write(this.#wav.trailer(this.frames));
      await this.#options.sibling?.write(0, this.#wav.header(this.frames));
    }
    return this.#peaks?.finish() ?? null;
  }

  delete(): void {
    this.#rate?.delete();
    this.#peaks?.delete();
    this.#wav?.delete();
  }
}
