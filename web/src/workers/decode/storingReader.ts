import type { ByteReader } from '../../engine/byteReader';
import type { ByteSink } from '../../engine/byteSink';

/** A digest that takes a file piece by piece. */
export interface RunningHash {
  update(bytes: Uint8Array): unknown;
  digest(kind: 'hex'): string;
}

const blockBytes = 4 << 20;

/**
 * A file that is hashed and copied while it is read from front to back, so that importing takes one pass. Reads at other
 * places are mere reads; `finish` goes over what is left.
 */
export class StoringReader implements ByteReader {
  readonly #reader: ByteReader;
  readonly #hash: RunningHash;
  readonly #copy: ByteSink;
  #stored = 0;

  constructor(reader: ByteReader, hash: RunningHash, copy: ByteSink) {
    this.#reader = reader;
    this.#hash = hash;
    this.#copy = copy;
  }

  get size(): number {
    return this.#reader.size;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const bytes = await this.#reader.read(offset, length);
    await this.#store(offset, bytes);
    return bytes;
  }

  /** Reads on to the end; returns the digest of the whole file. */
  async finish(signal?: AbortSignal, onProgress?: (fraction: number) => void): Promise<string> {
    let ahead = this.#reader.read(this.#stored, blockBytes);
    while (this.#stored < this.size) {
      signal?.throwIfAborted();
      const bytes = await ahead;
      if (bytes.length === 0) throw new Error('It ended before its end.');
      ahead = this.#reader.read(this.#stored + bytes.length, blockBytes);
      // An error is met where the block is awaited; until then it must not count as unhandled.
      ahead.catch(() => {});
      await this.#store(this.#stored, bytes);
      onProgress?.(this.#stored / this.size);
    }
    return this.#hash.digest('hex');
  }

  async #store(offset: number, bytes: Uint8Array): Promise<void> {
    const fresh = offset + bytes.length - this.#stored;
    if (offset > this.#stored || fresh <= 0) return;
    const part = bytes.subarray(bytes.length - fresh);
    const position = this.#stored;
    this.#stored += part.length;
    this.#hash.update(part);
    await this.#copy.write(position, part);
  }
}
