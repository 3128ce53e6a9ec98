import { type ByteReader, ByteStream } from '../byteReader';
import { type CompressedDecoder, DecodeError, type StreamFacts } from './decoder';
import {
  FlacFrameDecoder,
  FlacFrameError,
  type FlacFrameHeader,
  type FlacStreamInfo,
  readFlacFrameHeader,
} from './flacFrame';

/**
 * FLAC by RFC 9639, native, from `start` on. Damaged frames become silence, so that what follows stays in time.
 * Our own, since the wasm builds of libFLAC at hand scale 16 bits by 1/32767 and have no scale at all for 12 and 20.
 */
export async function openFlac(reader: ByteReader, start: number): Promise<CompressedDecoder> {
  const stream = new ByteStream(reader, start);
  if (!(await stream.ensure(4))) throw new DecodeError('It is cut short: there is no sound in it.');
  stream.take(4);
  let info: FlacStreamInfo | null = null;
  for (let last = false; !last; ) {
    if (!(await stream.ensure(4))) throw new DecodeError('It is cut short: there is no sound in it.');
    const [head = 0, high = 0, middle = 0, low = 0] = stream.take(4);
    const length = high * 65536 + middle * 256 + low;
    last = (head & 0x80) !== 0;
    if (!(await stream.ensure(length))) throw new DecodeError('It is cut short: there is no sound in it.');
    const block = stream.take(length);
    if ((head & 0x7f) === 0) info = readFlacStreamInfo(block);
  }
  if (!info) throw new DecodeError('Its header is damaged.');
  return new FlacDecoder(stream, start, info);
}

/** Reads a STREAMINFO block. */
export function readFlacStreamInfo(block: Uint8Array): FlacStreamInfo {
  if (block.length < 34) throw new DecodeError('Its header is damaged.');
  const view = new DataView(block.buffer, block.byteOffset, block.length);
  const packed = view.getUint32(10);
  return {
    maxBlockFrames: view.getUint16(2),
    maxFrameBytes: view.getUint16(7) * 256 + view.getUint8(9),
    sampleRateHz: packed >>> 12,
    channels: ((packed >>> 9) & 7) + 1,
    bits: ((packed >>> 4) & 31) + 1,
    frames: (packed & 15) * 4294967296 + view.getUint32(14),
  };
}

export function flacFacts(info: FlacStreamInfo, container: string): StreamFacts {
  return {
    format: `${container}, ${info.bits} bit`,
    sampleRateHz: info.sampleRateHz,
    channels: info.channels,
    frames: info.frames || null,
  };
}

const longestHeaderBytes = 16;
/** What a frame may take at most where STREAMINFO does not say: uncompressed samples, one bit more for a side channel, and headers. */
function frameBound(info: FlacStreamInfo): number {
  const verbatim =
    Math.ceil((info.maxBlockFrames * info.channels * (info.bits + 1)) / 8) + 64 * info.channels;
  return Math.max(verbatim, info.maxFrameBytes) + longestHeaderBytes;
}

/** No encoder makes frames that take more than uncompressed ones, but the format allows it. */
const largestFrame = 1 << 20;

interface Frame {
  readonly header: FlacFrameHeader;
  readonly channels: Float32Array[];
}

class FlacDecoder implements CompressedDecoder {
  readonly facts: StreamFacts;
  truncated = false;
  readonly #stream: ByteStream;
  readonly #start: number;
  readonly #info: FlacStreamInfo;
  readonly #frames: FlacFrameDecoder;
  readonly #frameBound: number;
  #decodedFrames = 0;
  #pending: Frame | null = null;

  constructor(stream: ByteStream, start: number, info: FlacStreamInfo) {
    this.#stream = stream;
    this.#start = start;
    this.#info = info;
    this.#frames = new FlacFrameDecoder(info);
    this.#frameBound = frameBound(info);
    this.facts = flacFacts(info, 'FLAC');
  }

  get bytesRead(): number {
    return this.#stream.position - this.#start;
  }

  close(): void {}

  async next(): Promise<Float32Array[] | null> {
    const frame = this.#pending ?? (await this.#nextFrame());
    this.#pending = null;
    if (!frame) {
      if (this.#decodedFrames < this.#info.frames) this.truncated = true;
      return null;
    }
    const missing = frame.header.firstFrame - this.#decodedFrames;
    if (missing > 0) {
      this.truncated = true;
      this.#pending = frame;
      return this.#count(this.#silence(Math.min(missing, 65536)));
    }
    return this.#count(frame.channels);
  }

  #count(channels: Float32Array[]): Float32Array[] {
    this.#decodedFrames += channels[0]?.length ?? 0;
    return channels;
  }

  #silence(frames: number): Float32Array[] {
    return Array.from({ length: this.#info.channels }, () => new Float32Array(frames));
  }

  /** The next frame that can be decoded, at the place of the stream that is due or later. */
  async #nextFrame(): Promise<Frame | null> {
    const stream = this.#stream;
    for (;;) {
      await stream.ensure(this.#frameBound);
      if (stream.available < longestHeaderBytes / 2) return null;
      const bytes = stream.bytes.subarray(stream.at, stream.at + this.#frameBound);
      const header = readFlacFrameHeader(bytes, this.#info);
      if (header && this.#isDue(header)) {
        const frame =
          (await this.#decode(header, this.#frameBound)) ?? (await this.#decode(header, largestFrame));
        if (frame) return frame;
        this.truncated = true;
      }
      // Tags and padding may follow the last frame; before it, what is no frame is damage.
      if (this.#info.frames === 0 || this.#decodedFrames < this.#info.frames)
        this.truncated ||= !isTag(bytes);
      stream.take(1);
      skipTo(stream, 0xff);
    }
  }

  /** The frame at the stream's place, of at most `bound` bytes; null where it is damaged, cut off or larger. */
  async #decode(header: FlacFrameHeader, bound: number): Promise<Frame | null> {
    const stream = this.#stream;
    await stream.ensure(bound);
    try {
      const { channels, frameBytes } = this.#frames.decode(
        stream.bytes.subarray(stream.at, stream.at + bound),
        header,
      );
      stream.take(frameBytes);
      return { header, channels };
    } catch (error) {
      if (error instanceof FlacFrameError) return null;
      throw error;
    }
  }

  #isDue(header: FlacFrameHeader): boolean {
    if (header.firstFrame === this.#decodedFrames) return true;
    if (header.firstFrame < this.#decodedFrames) return false;
    return this.#info.frames > 0
      ? header.firstFrame < this.#info.frames
      : header.firstFrame - this.#decodedFrames < longestGapSeconds * this.#info.sampleRateHz;
  }
}

const longestGapSeconds = 60;

/** An ID3v1 tag after the sound. */
function isTag(bytes: Uint8Array): boolean {
  return bytes[0] === 0x54 && bytes[1] === 0x41 && bytes[2] === 0x47;
}

function skipTo(stream: ByteStream, value: number): void {
  const found = stream.bytes.indexOf(value, stream.at);
  stream.at = found < 0 ? stream.bytes.length : found;
}
