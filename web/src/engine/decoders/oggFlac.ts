import { DecodeError } from './decoder';
import { flacFacts, readFlacStreamInfo } from './flacDecoder';
import { FlacFrameDecoder, FlacFrameError, type FlacStreamInfo, readFlacFrameHeader } from './flacFrame';
import { hasMark, type OggCodec, type PacketDecoder } from './oggCodec';

const markBytes = 13;
const blockHeaderBytes = 4;

/** FLAC in Ogg by RFC 9639, section 10.1: each packet is one frame. */
export const oggFlac: OggCodec = {
  ext: 'oga',
  matches: (first) => hasMark(first, '\x7fFLAC') && first.length >= markBytes + blockHeaderBytes + 34,
  async open(first, nextHeader) {
    const headers = (first[7] ?? 0) * 256 + (first[8] ?? 0);
    if (headers === 0) throw new DecodeError('Its header is damaged.');
    const info = readFlacStreamInfo(first.subarray(markBytes + blockHeaderBytes));
    for (let header = 0; header < headers; header++) await nextHeader();
    return new FlacPackets(info);
  },
};

class FlacPackets implements PacketDecoder {
  readonly facts;
  readonly preSkip = 0;
  readonly #info: FlacStreamInfo;
  readonly #frames: FlacFrameDecoder;

  constructor(info: FlacStreamInfo) {
    this.facts = flacFacts(info, 'Ogg FLAC');
    this.#info = info;
    this.#frames = new FlacFrameDecoder(info);
  }

  async decode(packets: readonly Uint8Array[]): Promise<{ channels: Float32Array[]; failed: number }> {
    const blocks: Float32Array[][] = [];
    let failed = 0;
    for (const packet of packets) {
      const header = readFlacFrameHeader(packet, this.#info);
      try {
        if (header) blocks.push(this.#frames.decode(packet, header).channels);
        else failed++;
      } catch (error) {
        if (!(error instanceof FlacFrameError)) throw error;
        failed++;
        if (header) blocks.push(silence(this.#info.channels, header.blockFrames));
      }
    }
    return { channels: joined(blocks, this.#info.channels), failed };
  }

  close(): void {}
}

function silence(channels: number, frames: number): Float32Array[] {
  return Array.from({ length: channels }, () => new Float32Array(frames));
}

function joined(blocks: readonly Float32Array[][], channels: number): Float32Array[] {
  const frames = blocks.reduce((total, block) => total + (block[0]?.length ?? 0), 0);
  return Array.from({ length: channels }, (_, channel) => {
    const samples = new Float32Array(frames);
    let at = 0;
    for (const block of blocks) {
      const part = block[channel] as Float32Array;
      samples.set(part, at);
      at += part.length;
    }
    return samples;
  });
}
