import { FlacBits } from './flacBits';

/** The facts of a FLAC stream (RFC 9639, section 8.2). */
export interface FlacStreamInfo {
  readonly maxBlockFrames: number;
  /** 0 where the file does not say. */
  readonly maxFrameBytes: number;
  readonly sampleRateHz: number;
  readonly channels: number;
  readonly bits: number;
  /** 0 where the file does not say. */
  readonly frames: number;
}

export interface FlacFrameHeader {
  readonly headerBytes: number;
  readonly blockFrames: number;
  readonly channelAssignment: number;
  readonly channels: number;
  /** The first sample's place in the stream. */
  readonly firstFrame: number;
}

/** The frame can't be decoded: it is damaged, or there are fewer bytes than it has. */
export class FlacFrameError extends Error {}

const leftSide = 8;
const rightSide = 9;
const midSide = 10;
const bitsOfCode = [0, 8, 12, 0, 16, 20, 24, 32];

/** Reads a frame's header at the start of `bytes` (RFC 9639, section 9.1); null where there is none that suits the stream. */
export function readFlacFrameHeader(bytes: Uint8Array, info: FlacStreamInfo): FlacFrameHeader | null {
  const byte = (at: number): number => bytes[at] ?? 0;
  if (byte(0) !== 0xff || (byte(1) & 0xfe) !== 0xf8) return null;
  const blockCode = byte(2) >> 4;
  const rateCode = byte(2) & 15;
  const channelAssignment = byte(3) >> 4;
  const bitsCode = (byte(3) >> 1) & 7;
  if (blockCode === 0 || rateCode === 15 || channelAssignment > midSide || bitsCode === 3 || byte(3) & 1)
    return null;
  if (bitsCode !== 0 && bitsOfCode[bitsCode] !== info.bits) return null;
  const channels = channelAssignment < leftSide ? channelAssignment + 1 : 2;
  if (channels !== info.channels) return null;

  const lead = byte(4);
  const tailBytes = lead < 0x80 ? 0 : Math.clz32(~(lead << 24)) - 1;
  if (lead >= 0x80 && (tailBytes < 1 || tailBytes > 6)) return null;
  let number = tailBytes === 0 ? lead : lead & (0x3f >> tailBytes);
  let at = 5;
  for (let tail = 0; tail < tailBytes; tail++, at++) {
    if ((byte(at) & 0xc0) !== 0x80) return null;
    number = number * 64 + (byte(at) & 0x3f);
  }

  let blockFrames = blockCode === 1 ? 192 : blockCode < 6 ? 144 << blockCode : 1 << blockCode;
  if (blockCode === 6) blockFrames = byte(at++) + 1;
  else if (blockCode === 7) {
    blockFrames = byte(at) * 256 + byte(at + 1) + 1;
    at += 2;
  }
  if (rateCode === 12) at += 1;
  else if (rateCode > 12) at += 2;
  if (at >= bytes.length || crc8(bytes, at) !== byte(at)) return null;
  const variable = (byte(1) & 1) !== 0;
  const firstFrame = variable ? number : number * info.maxBlockFrames;
  return { headerBytes: at + 1, blockFrames, channelAssignment, channels, firstFrame };
}

/** Decodes frames: whole numbers all the way, so that every machine gets the same samples. */
export class FlacFrameDecoder {
  readonly #bits = new FlacBits();
  readonly #coefficients = new Float64Array(32);
  readonly #samples: Float64Array[];
  readonly #info: FlacStreamInfo;

  constructor(info: FlacStreamInfo) {
    this.#info = info;
    this.#samples = Array.from({ length: info.channels }, () => new Float64Array(65536));
  }

  /** Decodes the frame at the start of `bytes` to full scale 1; throws FlacFrameError. */
  decode(bytes: Uint8Array, header: FlacFrameHeader): { channels: Float32Array[]; frameBytes: number } {
    const bits = this.#bits;
    bits.fill(bytes);
    for (let skipped = 0; skipped < header.headerBytes; skipped++) bits.unsigned(8);
    for (let channel = 0; channel < header.channels; channel++) {
      const isSide = header.channelAssignment === rightSide ? channel === 0 : channel === 1;
      const extra = header.channelAssignment >= leftSide && isSide ? 1 : 0;
      this.#subframe(this.#samples[channel] as Float64Array, header.blockFrames, this.#info.bits + extra);
    }
    bits.alignToByte();
    const end = bits.byteAt;
    const checksum = bits.unsigned(16);
    if (bits.overrun) throw new FlacFrameError('cut off');
    if (crc16(bytes, end) !== checksum) throw new FlacFrameError('damaged');
    this.#undoStereo(header);
    return { channels: this.#scaled(header.blockFrames), frameBytes: end + 2 };
  }

  #subframe(samples: Float64Array, frames: number, bitsPerSample: number): void {
    const bits = this.#bits;
    if (bits.unsigned(1) !== 0) throw new FlacFrameError('damaged');
    const type = bits.unsigned(6);
    const wasted = bits.unsigned(1) ? bits.unary() + 1 : 0;
    const width = bitsPerSample - wasted;
    if (width < 1) throw new FlacFrameError('damaged');
    if (type === 0) samples.fill(bits.signed(width), 0, frames);
    else if (type === 1) this.#warmUp(samples, frames, width);
    else if (type >= 8 && type <= 12) this.#fixed(samples, frames, width, type - 8);
    else if (type >= 32) this.#linear(samples, frames, width, type - 31);
    else throw new FlacFrameError('damaged');
    if (bits.overrun) throw new FlacFrameError('cut off');
    if (wasted > 0)
      for (let frame = 0; frame < frames; frame++) samples[frame] = (samples[frame] as number) * 2 ** wasted;
  }

  #warmUp(samples: Float64Array, count: number, width: number): void {
    for (let frame = 0; frame < count; frame++) samples[frame] = this.#bits.signed(width);
  }

  #fixed(samples: Float64Array, frames: number, width: number, order: number): void {
    this.#warmUp(samples, Math.min(order, frames), width);
    this.#residual(samples, frames, order);
    const coefficients = fixedCoefficients[order] as readonly number[];
    this.#coefficients.set(coefficients);
    predict(samples, frames, this.#coefficients, order, 1);
  }

  #linear(samples: Float64Array, frames: number, width: number, order: number): void {
    const bits = this.#bits;
    this.#warmUp(samples, Math.min(order, frames), width);
    const precision = bits.unsigned(4) + 1;
    const shift = bits.signed(5);
    if (precision === 16 || shift < 0) throw new FlacFrameError('damaged');
    for (let index = 0; index < order; index++) this.#coefficients[index] = bits.signed(precision);
    this.#residual(samples, frames, order);
    predict(samples, frames, this.#coefficients, order, 2 ** -shift);
  }

  #residual(samples: Float64Array, frames: number, order: number): void {
    const bits = this.#bits;
    const method = bits.unsigned(2);
    const partitionOrder = bits.unsigned(4);
    const partitionFrames = frames >>> partitionOrder;
    if (method > 1 || partitionFrames < order || partitionFrames << partitionOrder !== frames) {
      throw new FlacFrameError('damaged');
    }
    const parameterBits = method === 0 ? 4 : 5;
    const rawMark = (1 << parameterBits) - 1;
    for (let partition = 0, at = order; partition < 1 << partitionOrder; partition++) {
      const end = (partition + 1) * partitionFrames;
      const parameter = bits.unsigned(parameterBits);
      if (parameter < rawMark) bits.rice(parameter, samples, at, end);
      else {
        const width = bits.unsigned(5);
        for (let frame = at; frame < end; frame++) samples[frame] = width === 0 ? 0 : bits.signed(width);
      }
      if (bits.overrun) throw new FlacFrameError('cut off');
      at = end;
    }
  }

  #undoStereo({ channelAssignment, blockFrames }: FlacFrameHeader): void {
    if (channelAssignment < leftSide) return;
    const first = this.#samples[0] as Float64Array;
    const second = this.#samples[1] as Float64Array;
    for (let frame = 0; frame < blockFrames; frame++) {
      const a = first[frame] as number;
      const b = second[frame] as number;
      if (channelAssignment === leftSide) second[frame] = a - b;
      else if (channelAssignment === rightSide) first[frame] = a + b;
      else {
        const middle = 2 * a + (b & 1);
        first[frame] = (middle + b) / 2;
        second[frame] = (middle - b) / 2;
      }
    }
  }

  #scaled(frames: number): Float32Array[] {
    const scale = 2 ** (1 - this.#info.bits);
    return this.#samples.map((samples) => {
      const scaled = new Float32Array(frames);
      for (let frame = 0; frame < frames; frame++) scaled[frame] = (samples[frame] as number) * scale;
      return scaled;
    });
  }
}

const fixedCoefficients: readonly (readonly number[])[] = [[], [1], [2, -1], [3, -3, 1], [4, -6, 4, -1]];

/** Adds to every residual what the samples before it foretell. Sums stay below 2^53, so that doubles hold them exactly. */
function predict(
  samples: Float64Array,
  frames: number,
  coefficients: Float64Array,
  order: number,
  scale: number,
): void {
  if (order === 0) return;
  for (let frame = order; frame < frames; frame++) {
    let sum = 0;
    for (let back = 0; back < order; back++) {
      sum += (coefficients[back] as number) * (samples[frame - 1 - back] as number);
    }
    samples[frame] = (samples[frame] as number) + Math.floor(sum * scale);
  }
}

const crc8Table = crcTable(8, 0x07);
const crc16Table = crcTable(16, 0x8005);

function crcTable(width: number, polynomial: number): Uint16Array {
  const top = 1 << (width - 1);
  const mask = (1 << width) - 1;
  return Uint16Array.from({ length: 256 }, (_, byte) => {
    let value = byte << (width - 8);
    for (let bit = 0; bit < 8; bit++)
      value = value & top ? ((value << 1) ^ polynomial) & mask : (value << 1) & mask;
    return value;
  });
}

function crc8(bytes: Uint8Array, length: number): number {
  let crc = 0;
  for (let at = 0; at < length; at++) crc = crc8Table[crc ^ (bytes[at] as number)] as number;
  return crc;
}

function crc16(bytes: Uint8Array, length: number): number {
  let crc = 0;
  for (let at = 0; at < length; at++) {
    crc = ((crc << 8) & 0xffff) ^ (crc16Table[(crc >> 8) ^ (bytes[at] as number)] as number);
  }
  return crc;
}
