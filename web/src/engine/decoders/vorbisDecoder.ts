import { OggVorbisDecoder } from '@wasm-audio-decoders/ogg-vorbis';
import { DecodeError } from './decoder';
import { withExactMath } from './exactMath';
import { hasMark, type OggCodec, type PacketDecoder } from './oggCodec';

/** What decodeOggPages takes: an Ogg page as the package's own parser describes it. */
interface ParsedPage {
  data: Uint8Array;
  codecFrames: { data: Uint8Array; header: { vorbisSetup: Uint8Array } }[];
  isLastPage: boolean;
  totalSamples: number;
}
interface Decoded {
  channelData: Float32Array[];
  samplesDecoded: number;
}
type DecodePages = (pages: ParsedPage[]) => Promise<Decoded>;

const largestPacket = 128 * 1024;

export const vorbis: OggCodec = {
  ext: 'ogg',
  matches: (first) => hasMark(first, '\x01vorbis') && first.length >= 30,
  async open(identification, nextHeader) {
    const view = new DataView(identification.buffer, identification.byteOffset, identification.length);
    const channels = view.getUint8(11);
    const sampleRateHz = view.getUint32(12, true);
    await nextHeader(); // The comment.
    const setup = await nextHeader();
    const isSetup = hasMark(setup, '\x05vorbis') && setup.length <= largestPacket;
    if (!isSetup || channels === 0 || sampleRateHz === 0) throw new DecodeError('Its header is damaged.');
    if (channels > 2) return silent(channels, sampleRateHz);
    const decoder = withExactMath(() => new OggVorbisDecoder());
    await decoder.ready;
    return new VorbisPackets(decoder, identification, setup, channels, sampleRateHz);
  },
};

/** Stands for a stream that is refused for its channels. */
function silent(channels: number, sampleRateHz: number): PacketDecoder {
  return {
    facts: { format: 'Ogg Vorbis', sampleRateHz, channels, frames: null },
    preSkip: 0,
    decode: async () => ({ channels: [], failed: 0 }),
    close: () => {},
  };
}

class VorbisPackets implements PacketDecoder {
  readonly facts;
  readonly preSkip = 0;
  readonly #decoder: OggVorbisDecoder;
  readonly #decodePages: DecodePages;
  readonly #setup: Uint8Array;
  #identification: Uint8Array | null;

  constructor(
    decoder: OggVorbisDecoder,
    identification: Uint8Array,
    setup: Uint8Array,
    channels: number,
    sampleRateHz: number,
  ) {
    this.facts = { format: 'Ogg Vorbis', sampleRateHz, channels, frames: null };
    this.#decoder = decoder;
    this.#decodePages = (decoder as unknown as { decodeOggPages: DecodePages }).decodeOggPages.bind(decoder);
    this.#setup = setup;
    this.#identification = identification;
  }

  async decode(packets: readonly Uint8Array[]): Promise<{ channels: Float32Array[]; failed: number }> {
    const sound = packets.filter((packet) => packet.length <= largestPacket);
    const page: ParsedPage = {
      data: this.#identification ?? empty,
      codecFrames: sound.map((data) => ({ data, header: { vorbisSetup: this.#setup } })),
      isLastPage: false,
      totalSamples: 0,
    };
    if (sound.length > 0) this.#identification = null;
    const { channelData } = await this.#decodePages([page]);
    return { channels: channelData, failed: packets.length - sound.length };
  }

  close(): void {
    this.#decoder.free();
  }
}

const empty = new Uint8Array(1);
