import { pageFrames } from '../generated/engineLayout';
import type { ByteReader } from './byteReader';
import { PcmDecoder, type PcmInfo, readPcmHeader } from './codec';
import type { CodecModule } from './codecModule';

/** Sound that lies as PCM in a file, read at any place. */
export interface PcmSource {
  readonly channels: 1 | 2;
  readonly frames: number;
  readonly sampleRateHz: number;
  /** One array a page: left then right, or left alone where the source is mono. Beyond the end there are zeros. */
  readPages(firstPage: number, count: number): Promise<Float32Array[]>;
  /** One array a channel, cut to what there is. */
  read(firstFrame: number, count: number): Promise<Float32Array[]>;
  close(): void;
}

/** Opens a WAV or AIFF file; throws a CodecError where it is neither, or neither mono nor stereo. */
export async function openPcm(reader: ByteReader, module: CodecModule): Promise<PcmSource> {
  const info = await readPcmHeader(module, reader);
  if (info.channels > 2) throw new RangeError(`${info.channels} channels`);
  return new PcmFileSource(reader, module, info);
}

class PcmFileSource implements PcmSource {
  readonly channels: 1 | 2;
  readonly frames: number;
  readonly sampleRateHz: number;
  readonly #reader: ByteReader;
  readonly #info: PcmInfo;
  readonly #decoder: PcmDecoder;

  constructor(reader: ByteReader, module: CodecModule, info: PcmInfo) {
    this.channels = info.channels === 1 ? 1 : 2;
    this.frames = info.frames;
    this.sampleRateHz = info.sampleRateHz;
    this.#reader = reader;
    this.#info = info;
    this.#decoder = new PcmDecoder(module, info, pageFrames);
  }

  async readPages(firstPage: number, count: number): Promise<Float32Array[]> {
    const first = firstPage * pageFrames;
    const bytes = await this.#bytes(first, count * pageFrames);
    return Array.from({ length: count }, (_, page) => {
      const samples = new Float32Array(this.channels * pageFrames);
      this.#decode(bytes, page * pageFrames, pageFrames, (channel, part) => {
        samples.set(part, channel * pageFrames);
      });
      return samples;
    });
  }

  async read(firstFrame: number, count: number): Promise<Float32Array[]> {
    const bytes = await this.#bytes(firstFrame, count);
    const frames = Math.floor(bytes.length / this.#info.bytesPerFrame);
    const channels = Array.from({ length: this.channels }, () => new Float32Array(frames));
    for (let at = 0; at < frames; at += pageFrames) {
      this.#decode(bytes, at, pageFrames, (channel, part) => channels[channel]?.set(part, at));
    }
    return channels;
  }

  #bytes(firstFrame: number, count: number): Promise<Uint8Array> {
    const { bytesPerFrame, dataOffset } = this.#info;
    const first = Math.min(Math.max(0, firstFrame), this.frames);
    const frames = Math.max(0, Math.min(count, this.frames - first));
    return this.#reader.read(dataOffset + first * bytesPerFrame, frames * bytesPerFrame);
  }

  #decode(
    bytes: Uint8Array,
    at: number,
    frames: number,
    take: (channel: number, samples: Float32Array) => void,
  ): void {
    const { bytesPerFrame } = this.#info;
    const part = bytes.subarray(at * bytesPerFrame, (at + frames) * bytesPerFrame);
    const block = this.#decoder.decode(part);
    this.#decoder.channels.forEach((samples, channel) => {
      take(channel, samples.subarray(0, block.frames));
    });
  }

  close(): void {
    this.#decoder.delete();
  }
}
