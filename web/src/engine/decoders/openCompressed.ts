import type { ByteReader } from '../byteReader';
import type { CompressedDecoder } from './decoder';
import { openFlac } from './flacDecoder';
import { openMpeg } from './mpegDecoder';
import { openOgg } from './oggDecoder';
import type { Sniffed } from './sniff';

export type CompressedKind = Exclude<Sniffed, { kind: 'pcm' }>;

/** Opens the decoder for what was found, with the extension that suits it. Throws a DecodeError. */
export async function openCompressed(
  reader: ByteReader,
  sniffed: CompressedKind,
): Promise<{ decoder: CompressedDecoder; ext: string }> {
  if (sniffed.kind === 'ogg') {
    const decoder = await openOgg(reader, sniffed.start);
    return { decoder, ext: decoder.ext };
  }
  const open = sniffed.kind === 'flac' ? openFlac : openMpeg;
  return { decoder: await open(reader, sniffed.start), ext: sniffed.ext };
}
