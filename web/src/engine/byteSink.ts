/** Where a file is written to: from front to back, save that its header is written again at the end. */
export interface ByteSink {
  /** The bytes are the caller's again when the promise resolves. */
  write(position: number, bytes: Uint8Array): Promise<void>;
  /** The file is complete. */
  close(): Promise<void>;
  /** The file is not to be: nothing of it remains. */
  abort(): Promise<void>;
}

/** Gathers writes that follow each other, so that the file system sees few and large ones. */
export class BufferedSink implements ByteSink {
  readonly #sink: ByteSink;
  readonly #buffer: Uint8Array;
  #start = 0;
  #used = 0;

  constructor(sink: ByteSink, bufferBytes = 1 << 20) {
    this.#sink = sink;
    this.#buffer = new Uint8Array(bufferBytes);
  }

  async write(position: number, bytes: Uint8Array): Promise<void> {
    if (position !== this.#start + this.#used || this.#used + bytes.length > this.#buffer.length) {
      await this.#flush();
      this.#start = position;
    }
    if (bytes.length > this.#buffer.length) {
      await this.#sink.write(position, bytes);
      this.#start = position + bytes.length;
      return;
    }
    this.#buffer.set(bytes, this.#used);
    this.#used += bytes.length;
  }

  async close(): Promise<void> {
    await this.#flush();
    await this.#sink.close();
  }

  abort(): Promise<void> {
    return this.#sink.abort();
  }

  async #flush(): Promise<void> {
    if (this.#used === 0) return;
    await this.#sink.write(this.#start, this.#buffer.subarray(0, this.#used));
    this.#start += this.#used;
    this.#used = 0;
  }
}

/** Keeps the file in memory. */
export class MemorySink implements ByteSink {
  #buffer = new Uint8Array(1 << 16);
  #length = 0;

  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#buffer.subarray(0, this.#length);
  }

  async write(position: number, bytes: Uint8Array): Promise<void> {
    const end = position + bytes.length;
    if (end > this.#buffer.length) {
      const longer = new Uint8Array(Math.max(end, 2 * this.#buffer.length));
      longer.set(this.bytes);
      this.#buffer = longer;
    }
    this.#buffer.set(bytes, position);
    this.#length = Math.max(this.#length, end);
  }

  async close(): Promise<void> {}

  async abort(): Promise<void> {
    this.#length = 0;
  }
}
