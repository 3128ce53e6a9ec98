import type { AudioInput } from '../../engine/audioInput';
import type { ByteSink } from '../../engine/byteSink';
import type { CodecModule, PlanarBlock } from '../../engine/codec';

/** What is used of libflacjs. */
export interface FlacLibrary {
  isReady(): boolean;
  on(event: 'ready', listener: () => void): void;
  create_libflac_encoder(
    sampleRateHz: number,
    channels: number,
    bits: number,
    level: number,
    totalFrames: number,
    verify: boolean,
  ): number;
  init_encoder_stream(
    encoder: number,
    write: (bytes: Uint8Array, length: number, samples: number, frame: number) => void,
    metadata: (info?: FlacStreamInfo) => void,
  ): number;
  FLAC__stream_encoder_process_interleaved(
    encoder: number,
    samples: Int32Array<ArrayBuffer>,
    frames: number,
  ): boolean;
  FLAC__stream_encoder_finish(encoder: number): boolean;
  FLAC__stream_encoder_delete(encoder: number): void;
}

interface FlacStreamInfo {
  readonly min_framesize: number;
  readonly max_framesize: number;
  readonly md5sum: string;
}

/** The sound can't be kept bit for bit in FLAC; the message is for the log. */
export class NotForFlac extends Error {
  override readonly name = 'NotForFlac';
}

const level = 5;
/** Where STREAMINFO lies in a file: behind "fLaC" and the head of the block. */
const streamInfoAt = 8;
const minFrameAt = streamInfoAt + 4;
const md5At = streamInfoAt + 18;

/** Writes one FLAC file. The same samples give the same bytes. */
export class FlacWriter {
  readonly #flac: FlacLibrary;
  readonly #sink: ByteSink;
  readonly #encoder: number;
  readonly #parts: Uint8Array[] = [];
  readonly #expectedFrames: number;
  #info: FlacStreamInfo | null = null;
  #position = 0;
  #frames = 0;

  /** Throws NotForFlac where FLAC does not know such a format. */
  constructor(
    flac: FlacLibrary,
    format: { readonly sampleRateHz: number; readonly channels: number; readonly bits: number },
    frames: number,
    sink: ByteSink,
  ) {
    this.#flac = flac;
    this.#sink = sink;
    this.#expectedFrames = frames;
    const { sampleRateHz, channels, bits } = format;
    this.#encoder = flac.create_libflac_encoder(sampleRateHz, channels, bits, level, frames, false);
    const onInfo = (info?: FlacStreamInfo) => {
      if (info) this.#info = info;
    };
    const begun =
      this.#encoder !== 0 &&
      flac.init_encoder_stream(this.#encoder, (bytes) => void this.#parts.push(bytes), onInfo) === 0;
    if (!begun) throw new NotForFlac(`FLAC takes no ${bits} bits at ${sampleRateHz} Hz.`);
  }

  /** Interleaved whole numbers. */
  async add(samples: Int32Array<ArrayBuffer>, frames: number): Promise<void> {
    if (!this.#flac.FLAC__stream_encoder_process_interleaved(this.#encoder, samples, frames)) {
      throw new Error('The FLAC encoder failed.');
    }
    this.#frames += frames;
    await this.#write();
  }

  /** Writes what was held back, and what is known only now into the header. */
  async finish(): Promise<void> {
    if (!this.#flac.FLAC__stream_encoder_finish(this.#encoder)) throw new Error('The FLAC encoder failed.');
    await this.#write();
    const info = this.#info;
    if (!info || this.#frames !== this.#expectedFrames) {
      throw new Error('A file was cut short while it was being read.');
    }
    const sizes = new Uint8Array(6);
    [info.min_framesize, info.max_framesize].forEach((size, place) => {
      sizes.set([size >> 16, size >> 8, size], 3 * place);
    });
    await this.#sink.write(minFrameAt, sizes);
    const md5 = Uint8Array.from(info.md5sum.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
    await this.#sink.write(md5At, md5);
    await this.#sink.close();
  }

  delete(): void {
    if (this.#encoder !== 0) this.#flac.FLAC__stream_encoder_delete(this.#encoder);
  }

  async #write(): Promise<void> {
    for (const part of this.#parts.splice(0)) {
      await this.#sink.write(this.#position, part);
      this.#position += part.length;
    }
  }
}

/** Bits of a file whose samples FLAC keeps; null for all others. */
export function flacBits({ pcm }: Pick<AudioInput, 'pcm'>): number | null {
  return pcm && !pcm.float && pcm.bytesPerSample <= 3 ? 8 * pcm.bytesPerSample : null;
}

/** Encodes a file of integer PCM from front to back, and closes the sink. Throws NotForFlac. */
export async function encodeFlac(
  input: AudioInput,
  module: CodecModule,
  flac: FlacLibrary,
  sink: ByteSink,
  { signal, onFraction }: { readonly signal?: AbortSignal; onFraction?(fraction: number): void } = {},
): Promise<void> {
  const bits = flacBits(input);
  if (bits === null || input.facts.frames === null) throw new NotForFlac('It is not integer PCM.');
  const { channels, frames } = input.facts;
  const writer = new FlacWriter(flac, { ...input.facts, bits }, frames, sink);
  try {
    let samples = new Int32Array(0);
    for (let block = await input.next(); block; block = await input.next()) {
      signal?.throwIfAborted();
      if (samples.length !== channels * block.frames) samples = new Int32Array(channels * block.frames);
      interleave(module, block, channels, 2 ** (bits - 1), samples);
      await writer.add(samples, block.frames);
      onFraction?.(input.fraction);
    }
    await writer.finish();
  } finally {
    writer.delete();
  }
}

/** A float of 24 bits holds the samples of such a file without loss. */
function interleave(
  { HEAPU8: { buffer } }: CodecModule,
  { pointer, stride, frames }: PlanarBlock,
  channels: number,
  scale: number,
  into: Int32Array,
): void {
  for (let channel = 0; channel < channels; channel++) {
    const samples = new Float32Array(buffer, pointer + 4 * channel * stride, frames);
    for (let frame = 0; frame < frames; frame++) {
      into[frame * channels + channel] = (samples[frame] as number) * scale;
    }
  }
}
