import type { ByteReader } from './byteReader';

const blockBytes = 256 * 1024;
const blocksKept = 2;

/** Reads in large blocks and keeps the last few, so that neighbouring small reads cost one trip to the file. */
export class BlockReader implements ByteReader {
  readonly #reader: ByteReader;
  readonly #blocks = new Map<number, Promise<Uint8Array>>();

  constructor(reader: ByteReader) {
    this.#reader = reader;
  }

  get size(): number {
    return this.#reader.size;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const end = Math.min(offset + length, this.size);
    if (end <= offset) return new Uint8Array(0);
    const first = Math.floor(offset / blockBytes);
    const last = Math.floor((end - 1) / blockBytes);
    if (last - first >= blocksKept) return this.#reader.read(offset, end - offset);
    const blocks = await Promise.all(
      Array.from({ length: last - first + 1 }, (_, index) => this.#block(first + index)),
    );
    const start = offset - first * blockBytes;
    if (blocks.length === 1) return (blocks[0] as Uint8Array).subarray(start, start + end - offset);
    const bytes = new Uint8Array(end - offset);
    let at = 0;
    blocks.forEach((block, index) => {
      const part = index === 0 ? block.subarray(start) : block.subarray(0, bytes.length - at);
      bytes.set(part, at);
      at += part.length;
    });
    return bytes.subarray(0, at);
  }

  #block(index: number): Promise<Uint8Array> {
    const kept = this.#blocks.get(index);
    const block = kept ?? this.#reader.read(index * blockBytes, blockBytes);
    this.#blocks.delete(index);
    this.#blocks.set(index, block);
    if (!kept) block.catch(() => this.#blocks.delete(index));
    for (const oldest of this.#blocks.keys()) {
      if (this.#blocks.size <= blocksKept) break;
      this.#blocks.delete(oldest);
    }
    return block;
  }
}
