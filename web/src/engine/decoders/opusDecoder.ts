import { OpusDecoder } from 'opus-decoder';
import { DecodeError } from './decoder';
import { exp, withExactMath } from './exactMath';
import { hasMark, type OggCodec, type PacketDecoder } from './oggCodec';

/** Opus in Ogg by RFC 7845; it always decodes to 48 kHz. */
const opusRateHz = 48000;
const largestPacketPerChannel = 3840;

export const opus: OggCodec = {
  ext: 'opus',
  matches: (first) => hasMark(first, 'OpusHead') && first.length >= 19,
  async open(head, nextHeader) {
    const view = new DataView(head.buffer, head.byteOffset, head.length);
    const channels = view.getUint8(9);
    const preSkip = view.getUint16(10, true);
    const gainDb = view.getInt16(16, true) / 256;
    const family = view.getUint8(18);
    if (view.getUint8(8) >> 4 !== 0 || channels === 0) throw new DecodeError('Its header is damaged.');
    await nextHeader(); // The comment.
    const mapping = family === 0 ? null : head.subarray(19, 21 + channels);
    if (mapping && mapping.length < 2 + channels) throw new DecodeError('Its header is damaged.');
    const decoder = withExactMath(
      () =>
        new OpusDecoder({
          channels: Math.min(channels, 2),
          preSkip: 0,
          ...(mapping && channels <= 2
            ? {
                streamCount: mapping[0],
                coupledStreamCount: mapping[1],
                channelMappingTable: [...mapping.subarray(2)],
              }
            : {}),
        }),
    );
    await decoder.ready;
    return new OpusPackets(decoder, channels, preSkip, exp((gainDb * Math.LN10) / 20));
  },
};

class OpusPackets implements PacketDecoder {
  readonly facts;
  readonly preSkip: number;
  readonly #decoder: OpusDecoder;
  readonly #gain: number;
  readonly #largestPacket: number;

  constructor(decoder: OpusDecoder, channels: number, preSkip: number, gain: number) {
    this.facts = { format: 'Opus', sampleRateHz: opusRateHz, channels, frames: null };
    this.preSkip = preSkip;
    this.#decoder = decoder;
    this.#gain = gain;
    this.#largestPacket = largestPacketPerChannel * Math.min(channels, 2);
  }

  async decode(packets: readonly Uint8Array[]): Promise<{ channels: Float32Array[]; failed: number }> {
    const sound = packets.filter((packet) => packet.length <= this.#largestPacket);
    const { channelData, errors } = this.#decoder.decodeFrames(sound);
    if (this.#gain !== 1) {
      for (const samples of channelData) {
        for (let frame = 0; frame < samples.length; frame++)
          samples[frame] = (samples[frame] as number) * this.#gain;
      }
    }
    return { channels: channelData, failed: packets.length - sound.length + errors.length };
  }

  close(): void {
    this.#decoder.free();
  }
}
