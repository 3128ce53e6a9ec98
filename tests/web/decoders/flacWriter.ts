/** Writes FLAC by RFC 9639, as plainly as it allows, for what encoders at hand don't write. */

class Bits {
  readonly #bits: number[] = [];

  put(value: number | bigint, count: number): void {
    const whole = BigInt(value);
    for (let bit = count - 1; bit >= 0; bit--) this.#bits.push(Number((whole >> BigInt(bit)) & 1n));
  }

  zerosThenOne(zeros: number): void {
    for (let count = 0; count < zeros; count++) this.#bits.push(0);
    this.#bits.push(1);
  }

  bytes(): number[] {
    const bytes: number[] = [];
    for (let at = 0; at < this.#bits.length; at += 8) {
      let byte = 0;
      for (let bit = 0; bit < 8; bit++) byte = 2 * byte + (this.#bits[at + bit] ?? 0);
      bytes.push(byte);
    }
    return bytes;
  }
}

/** Remainder of a division of polynomials over two elements, most significant bit first. */
function remainder(bytes: readonly number[], width: number, polynomial: number): number {
  let value = 0;
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit--) {
      const out = (value >> (width - 1)) & 1;
      value = (value << 1) & ((1 << width) - 1);
      if (out !== ((byte >> bit) & 1)) value ^= polynomial;
    }
  }
  return value;
}

export type Subframe =
  | { readonly kind: 'constant'; readonly sample: number }
  | { readonly kind: 'verbatim'; readonly samples: readonly number[]; readonly wasted?: number }
  /** Fixed predictor of order 1, one partition, with Rice's parameter, or raw with so many bits a sample. */
  | {
      readonly kind: 'fixed1';
      readonly samples: readonly number[];
      readonly rice?: number;
      readonly raw?: number;
    };

export interface Stream {
  readonly rateHz: number;
  readonly bits: number;
  readonly channels: number;
  readonly blockFrames: number;
  readonly frames: number;
}

export function flacHead(stream: Stream): number[] {
  const bits = new Bits();
  bits.put(0x664c6143, 32);
  bits.put(0x80, 8);
  bits.put(34, 24);
  bits.put(stream.blockFrames, 16);
  bits.put(stream.blockFrames, 16);
  bits.put(0, 48);
  bits.put(stream.rateHz, 20);
  bits.put(stream.channels - 1, 3);
  bits.put(stream.bits - 1, 5);
  bits.put(stream.frames, 36);
  bits.put(0, 128);
  return bits.bytes();
}

const bitsCodes: Readonly<Record<number, number>> = { 8: 1, 12: 2, 16: 4, 20: 5, 24: 6, 32: 7 };
/** Left and side, side and right, middle and side. */
export const leftSide = 8;
export const sideRight = 9;
export const midSide = 10;

export function flacFrame(
  stream: Stream,
  index: number,
  frames: number,
  subframes: readonly Subframe[],
  assignment = subframes.length - 1,
): number[] {
  const head = new Bits();
  head.put(0xfff8, 16);
  head.put(7, 4);
  head.put(0, 4);
  head.put(assignment, 4);
  head.put(bitsCodes[stream.bits] ?? 0, 3);
  head.put(0, 1);
  head.put(index, 8);
  head.put(frames - 1, 16);
  const headBytes = head.bytes();
  const body = new Bits();
  for (const byte of headBytes) body.put(byte, 8);
  body.put(remainder(headBytes, 8, 0x07), 8);
  subframes.forEach((subframe, channel) => {
    const isSide = assignment === sideRight ? channel === 0 : assignment > 7 && channel === 1;
    putSubframe(body, subframe, stream.bits + (isSide ? 1 : 0));
  });
  const bytes = body.bytes();
  const sum = remainder(bytes, 16, 0x8005);
  return [...bytes, sum >> 8, sum & 255];
}

function putSubframe(bits: Bits, subframe: Subframe, width: number): void {
  if (subframe.kind === 'constant') {
    bits.put(0, 8);
    bits.put(subframe.sample, width);
    return;
  }
  if (subframe.kind === 'verbatim') {
    const wasted = subframe.wasted ?? 0;
    bits.put(wasted > 0 ? 3 : 2, 8);
    if (wasted > 0) bits.zerosThenOne(wasted - 1);
    for (const sample of subframe.samples) bits.put(sample / 2 ** wasted, width - wasted);
    return;
  }
  const { samples, rice = 0, raw } = subframe;
  bits.put(9 << 1, 8);
  bits.put(samples[0] ?? 0, width);
  bits.put(0, 2);
  bits.put(0, 4);
  bits.put(raw === undefined ? rice : 15, 4);
  if (raw !== undefined) bits.put(raw, 5);
  for (let at = 1; at < samples.length; at++) {
    const residual = (samples[at] as number) - (samples[at - 1] as number);
    if (raw !== undefined) {
      if (raw > 0) bits.put(residual, raw);
      continue;
    }
    const folded = residual < 0 ? -2 * residual - 1 : 2 * residual;
    bits.zerosThenOne(Math.floor(folded / 2 ** rice));
    bits.put(folded % 2 ** rice, rice);
  }
}
