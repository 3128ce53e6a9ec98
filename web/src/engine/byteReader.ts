/** Bytes of a file at any place. `read` returns fewer bytes than asked for at the end of the file, and throws only where reading itself fails. */
export interface ByteReader {
  readonly size: number;
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** Reads a Blob or a File by slices: nothing is held, nothing is locked. */
export class BlobReader implements ByteReader {
  readonly #blob: Blob;

  constructor(blob: Blob) {
    this.#blob = blob;
  }

  get size(): number {
    return this.#blob.size;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    return new Uint8Array(await this.#blob.slice(offset, offset + length).arrayBuffer());
  }
}

/** Reads bytes that are in memory. What it returns are views. */
export class MemoryReader implements ByteReader {
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get size(): number {
    return this.#bytes.length;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    return this.#bytes.subarray(offset, offset + length);
  }
}

const blockBytes = 256 * 1024;

/** Goes through a range of a file from front to back. `bytes` from `at` on is what has been read and not yet skipped. */
export class ByteStream {
  bytes: Uint8Array = new Uint8Array(0);
  at = 0;
  readonly #reader: ByteReader;
  readonly #end: number;
  #next: number;

  constructor(reader: ByteReader, start = 0, end: number = reader.size) {
    this.#reader = reader;
    this.#next = start;
    this.#end = Math.min(end, reader.size);
  }

  /** The place in the file of `bytes[at]`. */
  get position(): number {
    return this.#next - this.available;
  }

  get available(): number {
    return this.bytes.length - this.at;
  }

  /** Reads on until at least `count` bytes are available; false where the range ends before. */
  async ensure(count: number): Promise<boolean> {
    while (this.available < count) {
      const length = Math.min(Math.max(blockBytes, count - this.available), this.#end - this.#next);
      if (length <= 0) return false;
      const block = await this.#reader.read(this.#next, length);
      if (block.length === 0) return false;
      this.#next += block.length;
      const joined = new Uint8Array(this.available + block.length);
      joined.set(this.bytes.subarray(this.at));
      joined.set(block, this.available);
      this.bytes = joined;
      this.at = 0;
    }
    return true;
  }

  /** A view of the next bytes, which are skipped. Call ensure(count) first. */
  take(count: number): Uint8Array {
    const taken = this.bytes.subarray(this.at, this.at + count);
    this.at += count;
    return taken;
  }
}
