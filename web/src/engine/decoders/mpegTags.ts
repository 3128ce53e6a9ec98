import type { MpegHeader } from './mpegFrames';

/** What an encoder put around the sound, in samples, and how long the sound is. */
export interface MpegTrim {
  /** Samples that the encoder put before the sound. */
  readonly delay: number;
  /** Samples of sound. */
  readonly frames: number;
}

export interface MpegInfoFrame {
  /** Frames of sound after the info frame; null where it does not say. */
  readonly frameCount: number | null;
  readonly trim: MpegTrim | null;
}

const countFlag = 1;
const bytesFlag = 2;
const tocFlag = 4;
const qualityFlag = 8;
const lameVersionBytes = 9;
const lameDelayOffset = 21;

/** Reads a Xing, Info or VBRI header that stands in a first frame of its own, without sound; null where the frame is sound. */
export function readMpegInfoFrame(frame: Uint8Array, header: MpegHeader): MpegInfoFrame | null {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.length);
  if (text(frame, 36, 4) === 'VBRI' && frame.length >= 54) {
    return { frameCount: view.getUint32(50) || null, trim: null };
  }
  const side = header.version === 1 ? (header.channels === 1 ? 17 : 32) : header.channels === 1 ? 9 : 17;
  let at = 4 + (header.hasChecksum ? 2 : 0) + side;
  const mark = text(frame, at, 4);
  if (header.layer !== 3 || (mark !== 'Xing' && mark !== 'Info') || at + 8 > frame.length) return null;
  const flags = view.getUint32(at + 4);
  at += 8;
  let frameCount: number | null = null;
  if (flags & countFlag && at + 4 <= frame.length) frameCount = view.getUint32(at) || null;
  at += (flags & countFlag ? 4 : 0) + (flags & bytesFlag ? 4 : 0);
  at += (flags & tocFlag ? 100 : 0) + (flags & qualityFlag ? 4 : 0);
  return { frameCount, trim: lameTrim(frame, at, header, frameCount) };
}

/** LAME's extension: two times 12 bits after the encoder's name and what it says of itself. */
function lameTrim(
  frame: Uint8Array,
  at: number,
  header: MpegHeader,
  frameCount: number | null,
): MpegTrim | null {
  if (frameCount === null || at + lameDelayOffset + 3 > frame.length) return null;
  if (!/^[\x20-\x7e]{4}/.test(text(frame, at, lameVersionBytes))) return null;
  const [first = 0, second = 0, third = 0] = frame.subarray(at + lameDelayOffset, at + lameDelayOffset + 3);
  const delay = (first << 4) | (second >> 4);
  const padding = ((second & 15) << 8) | third;
  const frames = frameCount * header.frameSamples - delay - padding;
  return frames > 0 ? { delay, frames } : null;
}

/** iTunes' own note of delay, padding and length, a comment in the ID3 tag. */
export function readItunesTrim(tag: Uint8Array): MpegTrim | null {
  const plain = new TextDecoder('latin1').decode(tag.filter((byte) => byte !== 0));
  const found = /iTunSMPB[^0-9A-F]*[0-9A-F]{8} ([0-9A-F]{8}) [0-9A-F]{8} ([0-9A-F]{16})/.exec(plain);
  if (!found) return null;
  const delay = Number.parseInt(found[1] ?? '', 16);
  const frames = Number.parseInt(found[2] ?? '', 16);
  return frames > 0 && frames < 2 ** 40 && delay < 2 ** 20 ? { delay, frames } : null;
}

function text(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}
