/** Reads big-endian bit fields of the bytes it was last filled with. Beyond their end it reads zeros: ask `overrun`. */
export class FlacBits {
  #scratch = new Uint8Array(1 << 16);
  #view = new DataView(this.#scratch.buffer);
  #length = 0;
  #bit = 0;

  fill(bytes: Uint8Array): void {
    const needed = bytes.length + padBytes;
    if (this.#scratch.length < needed) {
      this.#scratch = new Uint8Array(2 * needed);
      this.#view = new DataView(this.#scratch.buffer);
    }
    this.#scratch.set(bytes);
    this.#scratch.fill(0, bytes.length, needed);
    this.#length = bytes.length;
    this.#bit = 0;
  }

  /** Whether more was read than there is. */
  get overrun(): boolean {
    return this.#bit > 8 * this.#length;
  }

  /** The first byte that nothing was read of. */
  get byteAt(): number {
    return (this.#bit + 7) >>> 3;
  }

  alignToByte(): void {
    this.#bit = 8 * this.byteAt;
  }

  /** The next 32 bits, as a signed number; they stay unread. */
  #window(): number {
    const byte = this.#bit >>> 3;
    if (byte >= this.#length) return 0;
    const shift = this.#bit & 7;
    return (this.#view.getInt32(byte) << shift) | (this.#view.getUint8(byte + 4) >>> (8 - shift));
  }

  /** 0 to 32 bits. */
  unsigned(bits: number): number {
    if (bits === 0) return 0;
    const value = this.#window() >>> (32 - bits);
    this.#bit += bits;
    return value;
  }

  /** 1 to 33 bits, two's complement. */
  signed(bits: number): number {
    if (bits > 32) {
      const high = this.signed(bits - 32);
      return high * 4294967296 + this.unsigned(32);
    }
    const value = this.#window() >> (32 - bits);
    this.#bit += bits;
    return value;
  }

  /** The number of zeros before the next one, which is skipped too. */
  unary(): number {
    let zeros = 0;
    let window = this.#window();
    while (window === 0) {
      zeros += 32;
      this.#bit += 32;
      if (this.overrun) return zeros;
      window = this.#window();
    }
    const leading = Math.clz32(window);
    this.#bit += leading + 1;
    return zeros + leading;
  }

  /** Rice-coded numbers with a parameter of 0 to 30 into `into` from `start` to before `end`. */
  rice(parameter: number, into: Float64Array, start: number, end: number): void {
    for (let index = start; index < end; index++) {
      const window = this.#window();
      const zeros = Math.clz32(window);
      let folded: number;
      if (zeros + 1 + parameter <= 32 && zeros < 31) {
        folded = (zeros << parameter) | (parameter === 0 ? 0 : (window << (zeros + 1)) >>> (32 - parameter));
        this.#bit += zeros + 1 + parameter;
      } else {
        folded = this.unary() * 2 ** parameter + this.unsigned(parameter);
        if (this.overrun) return;
      }
      into[index] = (folded >>> 1) ^ -(folded & 1);
    }
  }
}

const padBytes = 8;
