import type { StreamFacts } from './decoder';

/** What decodes the packets of one logical stream. */
export interface PacketDecoder {
  readonly facts: StreamFacts;
  /** Samples to leave out at the start. */
  readonly preSkip: number;
  /** Planar samples of some packets, none of them empty, with how many of these could not be decoded. */
  decode(packets: readonly Uint8Array[]): Promise<{ channels: Float32Array[]; failed: number }>;
  close(): void;
}

/** A codec that comes in Ogg. */
export interface OggCodec {
  readonly ext: string;
  matches(firstPacket: Uint8Array): boolean;
  /** Reads the codec's header packets. `nextHeader` throws a DecodeError at the end of the file. */
  open(firstPacket: Uint8Array, nextHeader: () => Promise<Uint8Array>): Promise<PacketDecoder>;
}

/** Whether the bytes begin with these letters. */
export function hasMark(bytes: Uint8Array, mark: string): boolean {
  return [...mark].every((letter, index) => bytes[index] === letter.charCodeAt(0));
}
