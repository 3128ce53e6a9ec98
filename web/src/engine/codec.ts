/**
 * PCM files, sample rates and waveforms in the wasm module. Objects own fixed buffers in the module's memory and hand
 * sound to each other as planar blocks, without copies through JavaScript. Each has `delete()`, which must be called:
 * wasm memory is not collected. Works in page, worker, worklet and Node.
 */
import type { ByteReader } from './byteReader';
import type { CodecModule, HeaderFacts, PlanarBlock } from './codecModule';

export type { CodecModule, PlanarBlock } from './codecModule';

/** Why a file can't be read, as a sentence without the file's name. `notPcm`: neither WAV nor AIFF, so that another decoder may know it. */
export class CodecError extends Error {
  override readonly name = 'CodecError';
  constructor(
    readonly kind: 'notPcm' | 'refused',
    sentence: string,
  ) {
    super(sentence);
  }
}

/** What a WAV or AIFF file holds; frames are those that are really there. */
export interface PcmInfo extends Readonly<HeaderFacts> {
  readonly float: boolean;
  readonly bytesPerFrame: number;
  readonly dataBytes: number;
}

const floatEncoding = 2;
const headerStates = { needsBytes: 0, ready: 1, notPcm: 2 };

/** Reads the header of a WAV or AIFF file, a few KB at a time. Throws a CodecError, or what `source` throws. */
export async function readPcmHeader(module: CodecModule, source: ByteReader): Promise<PcmInfo> {
  const header = new module.HeaderReader(source.size);
  try {
    while (header.state() === headerStates.needsBytes) {
      const needed = header.neededBytes();
      const bytes = (await source.read(header.neededOffset(), needed)).subarray(0, needed);
      module.HEAPU8.set(bytes, header.window());
      header.supply(bytes.length);
    }
    if (header.state() !== headerStates.ready) {
      throw new CodecError(header.state() === headerStates.notPcm ? 'notPcm' : 'refused', header.error());
    }
    const facts = header.facts();
    const bytesPerFrame = facts.bytesPerSample * facts.channels;
    const float = facts.encoding === floatEncoding;
    return { ...facts, float, bytesPerFrame, dataBytes: facts.frames * bytesPerFrame };
  } finally {
    header.delete();
  }
}

const defaultFrames = 4096;

function planarViews(module: CodecModule, address: number, channels: number, frames: number): Float32Array[] {
  const { buffer } = module.HEAPU8;
  return Array.from(
    { length: channels },
    (_, c) => new Float32Array(buffer, address + 4 * c * frames, frames),
  );
}

/** A planar block of one's own, for sound that comes from JavaScript. */
export class PlanarBuffer {
  /** Fixed views of the memory. */
  readonly channels: readonly Float32Array[];
  readonly #memory: InstanceType<CodecModule['PlanarMemory']>;
  readonly #pointer: number;

  constructor(
    module: CodecModule,
    channels: number,
    readonly maxFrames: number,
  ) {
    this.#memory = new module.PlanarMemory(channels, maxFrames);
    this.#pointer = this.#memory.address();
    this.channels = planarViews(module, this.#pointer, channels, maxFrames);
  }

  block(frames: number): PlanarBlock {
    return { pointer: this.#pointer, stride: this.maxFrames, frames };
  }

  delete(): void {
    this.#memory.delete();
  }
}

/** Bytes of a PCM file to planar floats. NaN and infinity become 0 and are counted. */
export class PcmDecoder {
  /** Fixed views of what decode() made. */
  readonly channels: readonly Float32Array[];
  readonly #converter: InstanceType<CodecModule['PcmConverter']>;
  readonly #input: Uint8Array;
  readonly #pointer: number;
  readonly #bytesPerFrame: number;

  constructor(
    module: CodecModule,
    info: Pick<PcmInfo, 'encoding' | 'bytesPerSample' | 'bigEndian' | 'channels' | 'bytesPerFrame'>,
    readonly maxFrames: number = defaultFrames,
  ) {
    this.#bytesPerFrame = info.bytesPerFrame;
    this.#converter = new module.PcmConverter(
      info.encoding,
      info.bytesPerSample,
      info.bigEndian,
      info.channels,
      maxFrames,
    );
    this.#input = new Uint8Array(
      module.HEAPU8.buffer,
      this.#converter.input(),
      maxFrames * info.bytesPerFrame,
    );
    this.#pointer = this.#converter.output();
    this.channels = planarViews(module, this.#pointer, info.channels, maxFrames);
  }

  /** Takes whole frames, at most maxFrames of them; bytes of a last half frame are left out. */
  decode(bytes: Uint8Array): PlanarBlock {
    const frames = Math.floor(bytes.length / this.#bytesPerFrame);
    if (frames > this.maxFrames)
      throw new RangeError(`${frames} frames at once; ${this.maxFrames} is the most`);
    this.#input.set(bytes.subarray(0, frames * this.#bytesPerFrame));
    this.#converter.convert(frames);
    return { pointer: this.#pointer, stride: this.maxFrames, frames };
  }

  get nanCount(): number {
    return this.#converter.nanCount();
  }

  get infiniteCount(): number {
    return this.#converter.infiniteCount();
  }

  delete(): void {
    this.#converter.delete();
  }
}

/** Another sample rate, linear phase and aligned; in all Math.round(frames * toHz / fromHz) frames come out. */
export class RateConverter {
  /** Fixed views of what pull() made. */
  readonly channels: readonly Float32Array[];
  readonly #converter: InstanceType<CodecModule['RateConverter']>;
  readonly #pointer: number;

  constructor(
    module: CodecModule,
    fromHz: number,
    toHz: number,
    channels: number,
    readonly maxFrames: number = defaultFrames,
  ) {
    this.#converter = new module.RateConverter(fromHz, toHz, channels, maxFrames);
    this.#pointer = this.#converter.output();
    this.channels = planarViews(module, this.#pointer, channels, maxFrames);
  }

  /** Takes frames and says how many; fewer than offered while output waits to be pulled. */
  push(block: PlanarBlock): number {
    return this.#converter.push(block.pointer, block.stride, block.frames);
  }

  /** No more input: pull() until it gives 0 frames. */
  finish(): void {
    this.#converter.finish();
  }

  /** The next frames; 0 of them when input is needed, or at the end. */
  pull(): PlanarBlock {
    return { pointer: this.#pointer, stride: this.maxFrames, frames: this.#converter.pull() };
  }

  /** Pushes a whole block and hands on all that comes out of it. */
  convert(block: PlanarBlock, sink: (converted: PlanarBlock) => void): void {
    let rest = block;
    while (rest.frames > 0) {
      const taken = this.push(rest);
      rest = { pointer: rest.pointer + 4 * taken, stride: rest.stride, frames: rest.frames - taken };
      this.drain(sink);
    }
  }

  /** Hands on all that can be pulled now. */
  drain(sink: (converted: PlanarBlock) => void): void {
    for (let block = this.pull(); block.frames > 0; block = this.pull()) sink(block);
  }

  delete(): void {
    this.#converter.delete();
  }
}

/** Makes the pyramid that a waveform is drawn from; readWaveformPeaks reads it. */
export class PeaksBuilder {
  readonly #module: CodecModule;
  readonly #builder: InstanceType<CodecModule['PeaksBuilder']>;

  constructor(module: CodecModule, channels: number, expectedFrames: number) {
    this.#module = module;
    this.#builder = new module.PeaksBuilder(channels, expectedFrames);
  }

  add(block: PlanarBlock): void {
    this.#builder.add(block.pointer, block.stride, block.frames);
  }

  /** A copy of the finished pyramid; nothing can be added afterwards. */
  finish(): Uint8Array {
    const length = this.#builder.finish();
    return this.#module.HEAPU8.slice(this.#builder.blob(), this.#builder.blob() + length);
  }

  delete(): void {
    this.#builder.delete();
  }
}

export type WavFormat = '16' | '24' | '32f';
export type DitherKind = 'none' | 'tpdf' | 'shaped';

export interface WavSpec {
  readonly sampleRateHz: number;
  readonly channels: number;
  readonly format: WavFormat;
  readonly dither: DitherKind;
  /** The same seed gives the same noise. */
  readonly seed?: number;
  readonly maxFrames?: number;
}

const wavFormats: readonly WavFormat[] = ['16', '24', '32f'];
const ditherKinds: readonly DitherKind[] = ['none', 'tpdf', 'shaped'];

/** Writes a WAV file: header(0) first, then what encode() gives, then trailer(frames), at last header(frames) at the front. */
export class WavEncoder {
  readonly headerBytes: number;
  readonly #module: CodecModule;
  readonly #encoder: InstanceType<CodecModule['WavEncoder']>;
  readonly #pointer: number;

  readonly #maxFrames: number;

  constructor(module: CodecModule, spec: WavSpec) {
    this.#module = module;
    this.#maxFrames = spec.maxFrames ?? defaultFrames;
    this.#encoder = new module.WavEncoder(
      spec.sampleRateHz,
      spec.channels,
      wavFormats.indexOf(spec.format),
      ditherKinds.indexOf(spec.dither),
      spec.seed ?? 0,
      this.#maxFrames,
    );
    this.headerBytes = this.#encoder.headerBytes();
    this.#pointer = this.#encoder.output();
  }

  /** A copy of the header of a file of so many frames; RF64 from 4 GiB on. */
  header(frames: number): Uint8Array {
    const at = this.#encoder.header(frames);
    return this.#module.HEAPU8.slice(at, at + this.headerBytes);
  }

  /** The bytes of the file for a block of at most maxFrames: a view that holds until the next call. */
  encode(block: PlanarBlock): Uint8Array {
    if (block.frames > this.#maxFrames)
      throw new RangeError(`${block.frames} frames; ${this.#maxFrames} is the most`);
    const bytes = this.#encoder.encode(block.pointer, block.stride, block.frames);
    return this.#module.HEAPU8.subarray(this.#pointer, this.#pointer + bytes);
  }

  /** What ends a file of so many frames: nothing, or one byte of padding. */
  trailer(frames: number): Uint8Array {
    return new Uint8Array(this.#encoder.trailerBytes(frames));
  }

  get clippedSamples(): number {
    return this.#encoder.clippedSamples();
  }

  get nonFiniteSamples(): number {
    return this.#encoder.nonFiniteSamples();
  }

  delete(): void {
    this.#encoder.delete();
  }
}
