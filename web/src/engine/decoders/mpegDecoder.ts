import { MPEGDecoder } from 'mpg123-decoder';
import { type ByteReader, ByteStream } from '../byteReader';
import { type CompressedDecoder, DecodeError, type StreamFacts } from './decoder';
import { isSameStream, type MpegHeader, readMpegHeader } from './mpegFrames';
import { type MpegTrim, readItunesTrim, readMpegInfoFrame } from './mpegTags';

/** Samples by which every layer 3 decoder is late: those of the overlap and of the filter bank. */
const decoderDelay = 529;
const longestTag = 1 << 20;
const batchBytes = 32 * 1024;

/** MPEG-1, 2 and 2.5 audio, mostly MP3, whose frames begin at `start`. */
export async function openMpeg(reader: ByteReader, start: number): Promise<CompressedDecoder> {
  const stream = new ByteStream(reader, start);
  await stream.ensure(4);
  const header = readMpegHeader(stream.bytes, stream.at);
  if (!header || !(await stream.ensure(header.frameBytes))) {
    throw new DecodeError('It is cut short: there is no sound in it.');
  }
  const info = readMpegInfoFrame(stream.bytes.subarray(stream.at, stream.at + header.frameBytes), header);
  if (info) stream.take(header.frameBytes);
  const tag = await reader.read(0, Math.min(start, longestTag));
  const trim = info?.trim ?? (header.layer === 3 ? readItunesTrim(tag) : null);
  const decoder = new MPEGDecoder({ enableGapless: false });
  await decoder.ready;
  return new MpegFileDecoder(stream, start, header, info?.frameCount ?? null, trim, decoder);
}

/**
 * Cuts the stream into frames itself and trims itself: mpg123's own gapless mode knows LAME's tag only, drops nothing of
 * iTunes' files, and is silent about what is missing.
 */
class MpegFileDecoder implements CompressedDecoder {
  readonly facts: StreamFacts;
  truncated = false;
  readonly #stream: ByteStream;
  readonly #start: number;
  readonly #header: MpegHeader;
  readonly #frameCount: number | null;
  readonly #decoder: MPEGDecoder;
  /** Of what the decoder delivers, the sound lies from here ... */
  readonly #from: number;
  /** ... to before here. */
  readonly #to: number;
  #position = 0;
  #framesDecoded = 0;
  #ended = false;

  constructor(
    stream: ByteStream,
    start: number,
    header: MpegHeader,
    frameCount: number | null,
    trim: MpegTrim | null,
    decoder: MPEGDecoder,
  ) {
    this.#stream = stream;
    this.#start = start;
    this.#header = header;
    this.#frameCount = frameCount;
    this.#decoder = decoder;
    this.#from = trim ? trim.delay + decoderDelay : 0;
    this.#to = trim ? this.#from + trim.frames : Number.POSITIVE_INFINITY;
    const frames = trim?.frames ?? (frameCount === null ? null : frameCount * header.frameSamples);
    const { sampleRateHz, channels, layer } = header;
    this.facts = { format: `MP${layer}`, sampleRateHz, channels, frames };
  }

  get bytesRead(): number {
    return this.#stream.position - this.#start;
  }

  close(): void {
    this.#decoder.free();
  }

  async next(): Promise<Float32Array[] | null> {
    while (!this.#ended) {
      const batch = await this.#batch();
      if (!batch) this.#ended = true;
      const decoded = batch ? this.#decoder.decode(batch) : this.#tail();
      if (decoded?.errors.length) this.truncated = true;
      const channels = decoded ? this.#trimmed(decoded.channelData, decoded.samplesDecoded) : [];
      if ((channels[0]?.length ?? 0) > 0) return channels;
    }
    return null;
  }

  /** Whole frames that follow each other; null at the end. */
  async #batch(): Promise<Uint8Array | null> {
    const frames: Uint8Array[] = [];
    let bytes = 0;
    while (bytes < batchBytes) {
      const frame = await this.#nextFrame();
      if (!frame) break;
      frames.push(frame);
      bytes += frame.length;
    }
    if (frames.length === 0) return null;
    const batch = new Uint8Array(bytes);
    let at = 0;
    for (const frame of frames) {
      batch.set(frame, at);
      at += frame.length;
    }
    this.#framesDecoded += frames.length;
    return batch;
  }

  async #nextFrame(): Promise<Uint8Array | null> {
    const stream = this.#stream;
    while (await stream.ensure(4)) {
      const header = readMpegHeader(stream.bytes, stream.at);
      if (header && isSameStream(header, this.#header)) {
        if (await stream.ensure(header.frameBytes)) return stream.take(header.frameBytes);
        this.truncated = true;
        return null;
      }
      if (await this.#isAtTag()) return null;
      if (!(await this.#resync())) return null;
    }
    return null;
  }

  /** Tags after the sound: ID3v1, APEv2, Lyrics3. */
  async #isAtTag(): Promise<boolean> {
    await this.#stream.ensure(11);
    const { bytes, at } = this.#stream;
    const begin = String.fromCharCode(...bytes.subarray(at, at + 11));
    return begin.startsWith('TAG') || begin.startsWith('APETAGEX') || begin.startsWith('LYRICSBEGIN');
  }

  /** Goes on to the next place where two frames follow each other; false where there is none. */
  async #resync(): Promise<boolean> {
    const stream = this.#stream;
    let skipped = 0;
    for (;;) {
      stream.take(1);
      skipped++;
      if (!(await stream.ensure(4))) {
        // Zeros or a few odd bytes after the last frame are no loss.
        if (skipped > this.#header.frameBytes) this.truncated = true;
        return false;
      }
      if (stream.bytes[stream.at] !== 0xff) continue;
      const first = readMpegHeader(stream.bytes, stream.at);
      if (!first || !isSameStream(first, this.#header)) continue;
      if (!(await stream.ensure(first.frameBytes + 4))) continue;
      const second = readMpegHeader(stream.bytes, stream.at + first.frameBytes);
      if (second && isSameStream(first, second)) {
        this.truncated = true;
        return true;
      }
    }
  }

  /** A silent frame brings out what the decoder still holds, where the sound reaches into it. */
  #tail() {
    const { frameSamples, layer } = this.#header;
    if (this.#frameCount !== null && this.#framesDecoded < this.#frameCount - 1) this.truncated = true;
    if (this.#to === Number.POSITIVE_INFINITY || layer !== 3) return null;
    const missing = this.#to - this.#position;
    if (missing > frameSamples) this.truncated = true;
    if (missing <= 0 || missing > frameSamples || this.#framesDecoded === 0) return null;
    return this.#decoder.decode(silentFrame(this.#header));
  }

  #trimmed(channelData: readonly Float32Array[], samples: number): Float32Array[] {
    const from = Math.min(samples, Math.max(0, this.#from - this.#position));
    const to = Math.max(from, Math.min(samples, this.#to - this.#position));
    this.#position += samples;
    return channelData.slice(0, this.facts.channels).map((data) => data.subarray(from, to));
  }
}

/** A frame whose side information is all zeros: no main data, long blocks, no gain. */
function silentFrame({ version, sampleRateHz, channels }: MpegHeader): Uint8Array {
  const base = version === 1 ? sampleRateHz : sampleRateHz * (version === 2 ? 2 : 4);
  const rateIndex = [44100, 48000, 32000].indexOf(base);
  const versionBits = version === 1 ? 3 : version === 2 ? 2 : 0;
  const head = [0xff, 0xe3 | (versionBits << 3), 0x90 | (rateIndex << 2), channels === 1 ? 0xc0 : 0];
  const frameBytes = readMpegHeader(Uint8Array.from(head), 0)?.frameBytes ?? 4;
  const frame = new Uint8Array(frameBytes);
  frame.set(head);
  return frame;
}
