import { AudioFileError, sentenceFor } from './audioFileError';
import type { ByteReader } from './byteReader';
import { CodecError, PcmDecoder, type PcmInfo, type PlanarBlock, PlanarBuffer, readPcmHeader } from './codec';
import type { CodecModule } from './codecModule';
import { type CompressedDecoder, DecodeError } from './decoders/decoder';
import { type CompressedKind, openCompressed } from './decoders/openCompressed';
import { sniff } from './decoders/sniff';

/** Frames in the blocks that an input hands over, at most. */
export const inputBlockFrames = 4096;
const readBytes = 4 << 20;

export interface InputFacts<Channels extends number = 1 | 2> {
  /** "WAV, 24 bit". */
  readonly format: string;
  /** The extension that suits the content, whatever the file's name says. */
  readonly ext: string;
  readonly channels: Channels;
  readonly sampleRateHz: number;
  /** Null where only decoding tells. */
  readonly frames: number | null;
}

/** An audio file of any known format, read from front to back as blocks in the module's memory. */
export interface AudioInput<Channels extends number = 1 | 2> {
  readonly facts: InputFacts<Channels>;
  /** There when the file is PCM that can be streamed as it lies. */
  readonly pcm: PcmInfo | null;
  /** The next block, which holds until the next call; null at the end. */
  next(): Promise<PlanarBlock | null>;
  /** The size of the file. */
  readonly bytes: number;
  /** 0 to 1. */
  readonly fraction: number;
  /** NaN and infinite samples in the file, so far. */
  readonly nonFiniteSamples: number;
  /** Whether the file is shorter than it says, or damaged in places. Final at the end. */
  readonly truncated: boolean;
  close(): void;
}

/** Opens a file by its content; throws an AudioFileError that names it where it can't be used. */
export function openAudioInput(reader: ByteReader, name: string, module: CodecModule): Promise<AudioInput> {
  return openInput(reader, name, module, stereoShape);
}

/** The same with as many channels as can be measured, in the orders of LoudnessMeasurement. */
export function openSurroundInput(
  reader: ByteReader,
  name: string,
  module: CodecModule,
): Promise<AudioInput<number>> {
  return openInput(reader, name, module, surroundShape);
}

/** Gives the number of channels, or throws where it can't be used. */
type ShapeCheck<Channels extends number> = (channels: number) => Channels;

async function openInput<Channels extends number>(
  reader: ByteReader,
  name: string,
  module: CodecModule,
  shape: ShapeCheck<Channels>,
): Promise<AudioInput<Channels>> {
  try {
    const sniffed = await sniff(reader, name);
    if (sniffed.kind === 'pcm') return await openPcmInput(reader, module, shape);
    return await openCompressedInput(reader, sniffed, module, shape);
  } catch (error) {
    if (error instanceof DecodeError || error instanceof CodecError) {
      throw new AudioFileError(sentenceFor(name, error.message));
    }
    throw error;
  }
}

/** What a file is, from its headers alone; the same errors as openAudioInput. */
export async function probeAudio(reader: ByteReader, name: string, module: CodecModule): Promise<InputFacts> {
  const input = await openAudioInput(reader, name, module);
  input.close();
  return input.facts;
}

const lowestRateHz = 8000;
const highestRateHz = 384000;

function checkRate(sampleRateHz: number): void {
  if (sampleRateHz < lowestRateHz || sampleRateHz > highestRateHz) {
    throw new DecodeError(
      `Its sample rate is ${sampleRateHz} Hz; ${lowestRateHz} to ${highestRateHz} Hz can be used.`,
    );
  }
}

/** L R C LFE Ls Rs. */
const mostChannels = 6;

function surroundShape(channels: number): number {
  if (channels >= 1 && channels <= mostChannels) return channels;
  throw new DecodeError(`It has ${channels} channels; up to ${mostChannels} (5.1) can be measured.`);
}

function stereoShape(channels: number): 1 | 2 {
  if (channels === 1 || channels === 2) return channels;
  throw new DecodeError(
    `It has ${channels} channels; Mixwell takes mono and stereo. Split it into mono or stereo files.`,
  );
}

async function openPcmInput<Channels extends number>(
  reader: ByteReader,
  module: CodecModule,
  shape: ShapeCheck<Channels>,
): Promise<AudioInput<Channels>> {
  const pcm = await readPcmHeader(module, reader);
  checkRate(pcm.sampleRateHz);
  const channels = shape(pcm.channels);
  if (pcm.frames === 0) throw new DecodeError('It holds no sound: it has no frames.');
  const facts: InputFacts<Channels> = {
    format: pcm.description,
    ext: pcm.description.startsWith('AIFF') ? 'aif' : 'wav',
    channels,
    sampleRateHz: pcm.sampleRateHz,
    frames: pcm.frames,
  };
  return new PcmInput(reader, module, pcm, facts);
}

/** Reads ahead by one block, so that reading and decoding overlap. */
class PcmInput<Channels extends number> implements AudioInput<Channels> {
  readonly #decoder: PcmDecoder;
  readonly #blockBytes: number;
  #ahead: Promise<Uint8Array> | null = null;
  #aheadAt = 0;
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;
  #done = 0;
  #cutShort = false;

  constructor(
    readonly reader: ByteReader,
    module: CodecModule,
    readonly pcm: PcmInfo,
    readonly facts: InputFacts<Channels>,
  ) {
    this.#decoder = new PcmDecoder(module, pcm, inputBlockFrames);
    const blockBytes = inputBlockFrames * pcm.bytesPerFrame;
    this.#blockBytes = Math.max(1, Math.floor(readBytes / blockBytes)) * blockBytes;
  }

  get bytes(): number {
    return this.reader.size;
  }

  get fraction(): number {
    return this.#done / this.pcm.dataBytes;
  }

  get nonFiniteSamples(): number {
    return this.#decoder.nanCount + this.#decoder.infiniteCount;
  }

  get truncated(): boolean {
    return this.pcm.truncated || this.#cutShort;
  }

  async next(): Promise<PlanarBlock | null> {
    if (this.#at >= this.#bytes.length && !(await this.#fill())) return null;
    const end = Math.min(this.#bytes.length, this.#at + inputBlockFrames * this.pcm.bytesPerFrame);
    const block = this.#decoder.decode(this.#bytes.subarray(this.#at, end));
    this.#done += end - this.#at;
    this.#at = end;
    return block.frames > 0 ? block : null;
  }

  async #fill(): Promise<boolean> {
    const bytes = await (this.#ahead ?? this.#readAhead());
    this.#ahead = null;
    if (bytes.length === 0) {
      this.#cutShort ||= this.#done < this.pcm.dataBytes;
      return false;
    }
    if (this.#aheadAt < this.pcm.dataBytes) this.#ahead = this.#readAhead();
    this.#bytes = bytes;
    this.#at = 0;
    return true;
  }

  #readAhead(): Promise<Uint8Array> {
    const length = Math.min(this.#blockBytes, this.pcm.dataBytes - this.#aheadAt);
    const reading = this.reader.read(this.pcm.dataOffset + this.#aheadAt, length);
    this.#aheadAt += length;
    // An error is met where the block is awaited; until then it must not count as unhandled.
    reading.catch(() => {});
    return reading;
  }

  close(): void {
    this.#decoder.delete();
  }
}

async function openCompressedInput<Channels extends number>(
  reader: ByteReader,
  sniffed: CompressedKind,
  module: CodecModule,
  shape: ShapeCheck<Channels>,
): Promise<AudioInput<Channels>> {
  const { decoder, ext } = await openCompressed(reader, sniffed);
  try {
    const { format, sampleRateHz, frames } = decoder.facts;
    checkRate(sampleRateHz);
    const channels = shape(decoder.facts.channels);
    const facts = { format, ext, channels, sampleRateHz, frames };
    return new CompressedInput(reader, module, decoder, facts);
  } catch (error) {
    decoder.close();
    throw error;
  }
}

class CompressedInput<Channels extends number> implements AudioInput<Channels> {
  readonly pcm = null;
  /** What a decoder makes of damage is damage, not the file's own. */
  readonly nonFiniteSamples = 0;
  readonly bytes: number;
  readonly #decoder: CompressedDecoder;
  readonly #buffer: PlanarBuffer;
  #chunk: readonly Float32Array[] = [];
  #at = 0;
  #frames = 0;
  #failed = false;

  constructor(
    reader: ByteReader,
    module: CodecModule,
    decoder: CompressedDecoder,
    readonly facts: InputFacts<Channels>,
  ) {
    this.bytes = reader.size;
    this.#decoder = decoder;
    this.#buffer = new PlanarBuffer(module, facts.channels, inputBlockFrames);
  }

  get fraction(): number {
    return Math.min(1, this.#decoder.bytesRead / this.bytes);
  }

  get truncated(): boolean {
    return this.#failed || this.#decoder.truncated;
  }

  async next(): Promise<PlanarBlock | null> {
    const length = this.#chunk[0]?.length ?? 0;
    if (this.#at >= length) {
      const chunk = await this.#decode();
      if (!chunk) return null;
      this.#chunk = chunk;
      this.#at = 0;
      return this.next();
    }
    const end = Math.min(length, this.#at + inputBlockFrames);
    this.#buffer.channels.forEach((into, channel) => {
      const part = (this.#chunk[channel] as Float32Array).subarray(this.#at, end);
      into.set(part);
      if (!allFinite(part)) {
        this.#failed = true;
        part.forEach((sample, frame) => {
          into[frame] = Number.isFinite(sample) ? sample : 0;
        });
      }
    });
    const block = this.#buffer.block(end - this.#at);
    this.#frames += end - this.#at;
    this.#at = end;
    return block;
  }

  /** A decoder that fails in the middle ends the file there: what came before is kept. */
  async #decode(): Promise<readonly Float32Array[] | null> {
    try {
      return await this.#decoder.next();
    } catch (error) {
      if (this.#frames === 0) throw error;
      this.#failed = true;
      return null;
    }
  }

  close(): void {
    this.#decoder.close();
    this.#buffer.delete();
  }
}

function allFinite(samples: Float32Array): boolean {
  let zero = 0;
  for (let at = 0; at < samples.length; at++) zero += 0 * (samples[at] as number);
  return zero === 0;
}
