/** A header of an MPEG audio frame (ISO 11172-3 and 13818-3, section 2.4.1.3). */
export interface MpegHeader {
  readonly layer: 1 | 2 | 3;
  /** 1, 2, or 2.5 for the lowest rates. */
  readonly version: number;
  readonly sampleRateHz: number;
  readonly channels: 1 | 2;
  readonly frameBytes: number;
  readonly frameSamples: number;
  readonly hasChecksum: boolean;
}

const versions = [2.5, 0, 2, 1];
const ratesHz = [44100, 48000, 32000];
const kbps1: Readonly<Record<1 | 2 | 3, readonly number[]>> = {
  1: [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  2: [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  3: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
};
const kbps2: Readonly<Record<1 | 2 | 3, readonly number[]>> = {
  1: [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  3: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};
const mono = 3;

/** Reads the header at `at`; null where there is none. Frames of free bit rate are not known here. */
export function readMpegHeader(bytes: Uint8Array, at: number): MpegHeader | null {
  if (at + 4 > bytes.length || bytes[at] !== 0xff) return null;
  const [, second = 0, third = 0, fourth = 0] = bytes.subarray(at, at + 4);
  if ((second & 0xe0) !== 0xe0) return null;
  const version = versions[(second >> 3) & 3] ?? 0;
  const layerBits = (second >> 1) & 3;
  const bitRateIndex = third >> 4;
  const rateIndex = (third >> 2) & 3;
  if (version === 0 || layerBits === 0 || bitRateIndex === 0 || bitRateIndex === 15 || rateIndex === 3)
    return null;
  if ((fourth & 3) === 2) return null;
  const layer = (4 - layerBits) as 1 | 2 | 3;
  const bitRate = 1000 * ((version === 1 ? kbps1 : kbps2)[layer][bitRateIndex] ?? 0);
  const sampleRateHz = (ratesHz[rateIndex] ?? 0) / (version === 1 ? 1 : version === 2 ? 2 : 4);
  const padding = (third >> 1) & 1;
  const frameSamples = layer === 1 ? 384 : layer === 3 && version !== 1 ? 576 : 1152;
  const frameBytes =
    layer === 1
      ? 4 * (Math.floor((12 * bitRate) / sampleRateHz) + padding)
      : Math.floor(((frameSamples / 8) * bitRate) / sampleRateHz) + padding;
  const channels = fourth >> 6 === mono ? 1 : 2;
  return {
    layer,
    version,
    sampleRateHz,
    channels,
    frameBytes,
    frameSamples,
    hasChecksum: (second & 1) === 0,
  };
}

/** Whether two headers may stand in one stream. */
export function isSameStream(a: MpegHeader, b: MpegHeader): boolean {
  return a.layer === b.layer && a.version === b.version && a.sampleRateHz === b.sampleRateHz;
}

const framesToBelieve = 3;

/**
 * The first of several frames in a row in `head`. Where the head is the whole file, fewer frames do if they fill it to its end.
 */
export function findMpegFrames(head: Uint8Array, isWhole: boolean): { offset: number; ext: string } | null {
  for (let offset = head.indexOf(0xff); offset >= 0; offset = head.indexOf(0xff, offset + 1)) {
    const first = readMpegHeader(head, offset);
    if (!first) continue;
    let frames = 0;
    let at = offset;
    for (; frames < framesToBelieve; frames++) {
      const header = readMpegHeader(head, at);
      if (!header || !isSameStream(first, header)) break;
      at += header.frameBytes;
    }
    const reachesEnd = isWhole && offset === 0 && frames > 0 && at >= head.length - id3v1Bytes;
    if (frames >= framesToBelieve || reachesEnd) return { offset, ext: `mp${first.layer}` };
  }
  return null;
}

const id3v1Bytes = 128;

/** The length of an ID3v2 tag at the start of `head`, 0 where there is none. */
export function id3v2Bytes(head: Uint8Array): number {
  if (head.length < 10 || head[0] !== 0x49 || head[1] !== 0x44 || head[2] !== 0x33) return 0;
  const sizes = head.subarray(6, 10);
  if (sizes.some((part) => part > 127)) return 0;
  const size = sizes.reduce((total, part) => total * 128 + part, 0);
  const hasFooter = ((head[5] ?? 0) & 0x10) !== 0;
  return 10 + size + (hasFooter ? 10 : 0);
}
