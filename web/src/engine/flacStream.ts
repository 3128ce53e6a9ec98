import type { ByteSink } from './byteSink';
import { type FlacLibrary, type FlacStreamInfo, NotForFlac } from './flacLibrary';

export interface FlacStreamFormat {
  readonly sampleRateHz: number;
  readonly channels: number;
  readonly bits: number;
  /** Told to players. */
  readonly title?: string;
  /** Whether what is written is decoded at once and compared. */
  readonly verify?: boolean;
}

const level = 5;
/** "fLaC", then the STREAMINFO block: a head of 4 bytes, then 34. */
const streamInfoAt = 8;
const streamInfoEnd = 42;
/** In STREAMINFO (RFC 9639, section 8.2). */
const frameSizesAt = 4;
const totalFramesAt = 13;
const md5At = 18;

/** Writes whole numbers as one FLAC file. The same samples give the same bytes. */
export class FlacStream {
  readonly #flac: FlacLibrary;
  readonly #sink: ByteSink;
  readonly #encoder: number;
  /** What the encoder gave and the sink has not got yet. */
  readonly #parts: Uint8Array[] = [];
  readonly #streamInfo: Uint8Array;
  #info: FlacStreamInfo | null = null;
  #position = 0;
  #frames = 0;

  /** Throws NotForFlac where FLAC does not know such a format. */
  constructor(flac: FlacLibrary, format: FlacStreamFormat, sink: ByteSink) {
    this.#flac = flac;
    this.#sink = sink;
    const { sampleRateHz, channels, bits, title, verify = false } = format;
    this.#encoder = flac.create_libflac_encoder(sampleRateHz, channels, bits, level, 0, verify);
    const onInfo = (info?: FlacStreamInfo) => {
      if (info) this.#info = info;
    };
    const begun =
      this.#encoder !== 0 &&
      flac.init_encoder_stream(this.#encoder, (bytes) => void this.#parts.push(bytes), onInfo) === 0;
    if (!begun) throw new NotForFlac(`FLAC takes no ${bits} bits at ${sampleRateHz} Hz.`);
    const head = joined(this.#parts.splice(0));
    this.#streamInfo = head.slice(streamInfoAt, streamInfoEnd);
    this.#parts.push(title === undefined ? head : withTitle(head, title));
  }

  /** How many were added. */
  get frames(): number {
    return this.#frames;
  }

  /** Interleaved whole numbers. */
  async add(samples: Int32Array<ArrayBuffer>, frames: number): Promise<void> {
    if (!this.#flac.FLAC__stream_encoder_process_interleaved(this.#encoder, samples, frames)) {
      throw new Error('The FLAC encoder failed.');
    }
    this.#frames += frames;
    await this.#write();
  }

  /** Writes what was held back, and into the header what is known only now. Resolves with the file's length in bytes. */
  async finish(): Promise<number> {
    const finished = this.#flac.FLAC__stream_encoder_finish(this.#encoder);
    if (!finished || !this.#info) throw new Error('The FLAC encoder failed.');
    await this.#write();
    const { min_framesize, max_framesize, md5sum } = this.#info;
    const info = this.#streamInfo;
    [min_framesize, max_framesize].forEach((size, place) => {
      info.set([size >> 16, size >> 8, size], frameSizesAt + 3 * place);
    });
    // 36 bits, of which the first 4 share a byte with the word length.
    const view = new DataView(info.buffer, info.byteOffset);
    view.setUint8(totalFramesAt, (view.getUint8(totalFramesAt) & 0xf0) | Math.floor(this.#frames / 2 ** 32));
    view.setUint32(totalFramesAt + 1, this.#frames % 2 ** 32);
    info.set(
      (md5sum.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16)),
      md5At,
    );
    await this.#sink.write(streamInfoAt, info);
    await this.#sink.close();
    return this.#position;
  }

  abort(): Promise<void> {
    return this.#sink.abort();
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

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Adds a comment to the block behind STREAMINFO, where the encoder gives its own name and no comments (RFC 9639, section 8.6). */
function withTitle(head: Uint8Array, title: string): Uint8Array {
  const blockHead = head.slice(streamInfoEnd, streamInfoEnd + 4);
  const vendorAt = streamInfoEnd + 4;
  const vendorBytes = new DataView(head.buffer, head.byteOffset).getUint32(vendorAt, true);
  const vendor = head.subarray(vendorAt, vendorAt + 4 + vendorBytes);
  const comment = new TextEncoder().encode(`TITLE=${title}`);
  const counts = new Uint8Array(8);
  const view = new DataView(counts.buffer);
  view.setUint32(0, 1, true);
  view.setUint32(4, comment.length, true);
  const length = vendor.length + counts.length + comment.length;
  blockHead.set([length >> 16, length >> 8, length], 1);
  return joined([head.subarray(0, streamInfoEnd), blockHead, vendor, counts, comment]);
}
