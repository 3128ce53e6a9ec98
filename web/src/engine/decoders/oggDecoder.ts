import type { ByteReader } from '../byteReader';
import { type CompressedDecoder, DecodeError, type StreamFacts } from './decoder';
import { GranuleClock } from './granuleClock';
import { hasMark, type OggCodec, type PacketDecoder } from './oggCodec';
import { oggFlac } from './oggFlac';
import { type OggPacket, OggPackets } from './oggPackets';
import { opus } from './opusDecoder';
import { vorbis } from './vorbisDecoder';

const codecs: readonly OggCodec[] = [vorbis, opus, oggFlac];
const unread: readonly (readonly [string, string])[] = [
  ['Speex   ', 'Speex'],
  ['\x80theora', 'a video (Theora)'],
  ['OVP80', 'a video (VP8)'],
];

/** Ogg with Vorbis, Opus or FLAC in it, from `start` on. */
export async function openOgg(
  reader: ByteReader,
  start: number,
): Promise<CompressedDecoder & { ext: string }> {
  let codec: OggCodec | undefined;
  let other: string | undefined;
  const packets = new OggPackets(reader, start, (first) => {
    codec = codecs.find((known) => known.matches(first));
    other ??= unread.find(([mark]) => hasMark(first, mark))?.[1];
    return codec !== undefined;
  });
  const nextHeader = async (): Promise<Uint8Array> => {
    const packet = await packets.next();
    if (packet) return packet.bytes;
    if (codec) throw new DecodeError('It is cut short: there is no sound in it.');
    throw new DecodeError(`It is an Ogg file with ${other ?? 'nothing'} in it that Mixwell can play.`);
  };
  const first = await nextHeader();
  const decoder = await (codec as OggCodec).open(first, nextHeader);
  return new OggDecoder(packets, decoder, (codec as OggCodec).ext);
}

const packetsAtOnce = 256;
const longestGapSeconds = 60;

class OggDecoder implements CompressedDecoder {
  readonly facts: StreamFacts;
  readonly ext: string;
  truncated = false;
  readonly #packets: OggPackets;
  readonly #decoder: PacketDecoder;
  readonly #clock: GranuleClock;
  #damageSeen = false;

  constructor(packets: OggPackets, decoder: PacketDecoder, ext: string) {
    this.facts = decoder.facts;
    this.ext = ext;
    this.#packets = packets;
    this.#decoder = decoder;
    this.#clock = new GranuleClock(decoder.preSkip);
  }

  get bytesRead(): number {
    return this.#packets.bytesRead;
  }

  close(): void {
    this.#decoder.close();
  }

  async next(): Promise<Float32Array[] | null> {
    for (;;) {
      const group = await this.#pageOfPackets();
      if (group.length === 0) {
        this.truncated ||= this.#packets.damaged;
        return null;
      }
      const { channels, failed } = await this.#decoder.decode(
        group.map(({ bytes }) => bytes).filter((bytes) => bytes.length > 0),
      );
      if (failed > 0) this.truncated = true;
      const sound = this.#sound(channels, group.at(-1) as OggPacket);
      if ((sound[0]?.length ?? 0) > 0) return sound;
    }
  }

  /** The packets up to the next one whose place is known. */
  async #pageOfPackets(): Promise<OggPacket[]> {
    const group: OggPacket[] = [];
    while (group.length < packetsAtOnce) {
      const packet = await this.#packets.next();
      if (!packet) break;
      group.push(packet);
      if (packet.granule !== null) break;
    }
    return group;
  }

  #sound(channels: readonly Float32Array[], { granule, isLast }: OggPacket): Float32Array[] {
    const decoded = channels[0]?.length ?? 0;
    const { from, to, missing } = this.#clock.page(decoded, granule, isLast);
    const cut = channels.map((samples) => samples.subarray(from, to));
    const damageIsNew = this.#packets.damaged && !this.#damageSeen;
    this.#damageSeen = this.#packets.damaged;
    if (!damageIsNew || missing === 0 || missing > longestGapSeconds * this.facts.sampleRateHz) return cut;
    // What is lost becomes silence, so that the rest stays in time.
    return cut.map((samples) => {
      const longer = new Float32Array(missing + samples.length);
      longer.set(samples, missing);
      return longer;
    });
  }
}
