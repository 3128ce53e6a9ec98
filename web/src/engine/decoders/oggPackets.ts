import { type ByteReader, ByteStream } from '../byteReader';

/** A packet of one logical stream. */
export interface OggPacket {
  readonly bytes: Uint8Array;
  /** The granule position of the page, for the last packet that ends on it; null for the others, and where the page has none. */
  readonly granule: number | null;
  /** The last packet of the last page that is marked as such. */
  readonly isLast: boolean;
}

interface Page {
  readonly serial: number;
  readonly isFirst: boolean;
  readonly isContinued: boolean;
  readonly isLast: boolean;
  readonly granule: number | null;
  readonly lacing: Uint8Array;
  readonly body: Uint8Array;
}

const headerBytes = 27;
const continuedFlag = 1;
const firstFlag = 2;
const lastFlag = 4;

/** Reads the packets of the first logical stream that `isWanted` recognises by its first packet (RFC 3533). */
export class OggPackets {
  /** Whether pages were missing, damaged or cut off. */
  damaged = false;
  readonly #stream: ByteStream;
  readonly #start: number;
  readonly #isWanted: (firstPacket: Uint8Array) => boolean;
  #serial: number | null = null;
  #queue: OggPacket[] = [];
  #partial: Uint8Array[] = [];
  #ended = false;

  constructor(reader: ByteReader, start: number, isWanted: (firstPacket: Uint8Array) => boolean) {
    this.#stream = new ByteStream(reader, start);
    this.#start = start;
    this.#isWanted = isWanted;
  }

  get bytesRead(): number {
    return this.#stream.position - this.#start;
  }

  /** The next packet; null at the end of the stream. */
  async next(): Promise<OggPacket | null> {
    while (this.#queue.length === 0 && !this.#ended) {
      const page = await this.#nextPage();
      if (!page) {
        this.damaged = true;
        this.#ended = true;
      } else if (this.#isOurs(page)) this.#unpack(page);
    }
    return this.#queue.shift() ?? null;
  }

  #isOurs(page: Page): boolean {
    if (this.#serial === null && page.isFirst && this.#isWanted(page.body)) this.#serial = page.serial;
    return page.serial === this.#serial;
  }

  #unpack(page: Page): void {
    let parts = this.#partial;
    this.#partial = [];
    let skipping = false;
    if (page.isContinued !== parts.length > 0) {
      // The page that held the packet's beginning is missing, or the one with its end.
      this.damaged = true;
      parts = [];
      skipping = page.isContinued;
    }
    const packets: Uint8Array[] = [];
    let at = 0;
    let open = false;
    for (const lace of page.lacing) {
      parts.push(page.body.subarray(at, at + lace));
      at += lace;
      open = lace === 255;
      if (open) continue;
      if (!skipping) packets.push(joined(parts));
      skipping = false;
      parts = [];
    }
    if (open && !skipping) this.#partial = parts;
    packets.forEach((bytes, index) => {
      const isFinal = index === packets.length - 1;
      this.#queue.push({ bytes, granule: isFinal ? page.granule : null, isLast: isFinal && page.isLast });
    });
    if (page.isLast) this.#ended = true;
  }

  async #nextPage(): Promise<Page | null> {
    const stream = this.#stream;
    while (await stream.ensure(headerBytes)) {
      const page = await this.#pageHere();
      if (page) return page;
      this.damaged = true;
      stream.take(1);
      const found = stream.bytes.indexOf(0x4f, stream.at);
      stream.at = found < 0 ? stream.bytes.length : found;
    }
    return null;
  }

  /** The page at the stream's place, which is left behind; null where none is, or a damaged one. */
  async #pageHere(): Promise<Page | null> {
    const stream = this.#stream;
    if (stream.bytes[stream.at] !== 0x4f) return null;
    const segments = stream.bytes[stream.at + 26] ?? 0;
    if (!(await stream.ensure(headerBytes + segments))) return null;
    const lacing = stream.bytes.slice(stream.at + headerBytes, stream.at + headerBytes + segments);
    const bodyBytes = lacing.reduce((total, lace) => total + lace, 0);
    const pageBytes = headerBytes + segments + bodyBytes;
    if (!(await stream.ensure(pageBytes))) return null;
    const bytes = stream.bytes.slice(stream.at, stream.at + pageBytes);
    const view = new DataView(bytes.buffer);
    if (view.getUint32(0) !== 0x4f676753 || view.getUint8(4) !== 0) return null;
    const checksum = view.getUint32(22, true);
    view.setUint32(22, 0);
    if (crc32(bytes) !== checksum) return null;
    stream.take(pageBytes);
    const flags = view.getUint8(5);
    const granule = view.getBigInt64(6, true);
    return {
      serial: view.getUint32(14, true),
      isContinued: (flags & continuedFlag) !== 0,
      isFirst: (flags & firstFlag) !== 0,
      isLast: (flags & lastFlag) !== 0,
      granule: granule < 0n ? null : Number(granule),
      lacing,
      body: bytes.subarray(headerBytes + segments),
    };
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit++) value = value < 0 ? (value << 1) ^ 0x04c11db7 : value << 1;
  return value;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0;
  for (let at = 0; at < bytes.length; at++) {
    crc = (crc << 8) ^ (crcTable[(crc >>> 24) ^ (bytes[at] as number)] as number);
  }
  return crc >>> 0;
}
