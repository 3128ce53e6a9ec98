import { readFileSync } from 'node:fs';
import { type ByteReader, MemoryReader } from '../../../web/src/engine/byteReader';
import type { StreamFacts } from '../../../web/src/engine/decoders/decoder';
import { openCompressed } from '../../../web/src/engine/decoders/openCompressed';
import { sniff } from '../../../web/src/engine/decoders/sniff';
import { originFloats, sounds } from './origin';

export interface Decoded {
  readonly facts: StreamFacts;
  readonly channels: readonly Float32Array[];
  readonly truncated: boolean;
  readonly ext: string;
}

export function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`fixtures/${name}`, import.meta.url)));
}

/** Decodes a whole compressed file, chunk by chunk. */
export async function decode(bytes: Uint8Array, name = 'Test'): Promise<Decoded> {
  const reader: ByteReader = new MemoryReader(bytes);
  const sniffed = await sniff(reader, name);
  if (sniffed.kind === 'pcm') throw new Error('PCM');
  const { decoder, ext } = await openCompressed(reader, sniffed);
  try {
    const chunks: Float32Array[][] = [];
    for (let chunk = await decoder.next(); chunk; chunk = await decoder.next()) chunks.push(chunk);
    const channels = Array.from({ length: decoder.facts.channels }, (_, channel) =>
      Float32Array.from(chunks.flatMap((chunk) => [...(chunk[channel] as Float32Array)])),
    );
    return { facts: decoder.facts, channels, truncated: decoder.truncated, ext };
  } finally {
    decoder.close();
  }
}

/** What the fixture of this name was made of. */
export function originOf(name: keyof typeof sounds): Float32Array[] {
  const { channels, frames, bits } = sounds[name];
  return Array.from({ length: channels }, (_, channel) => originFloats(channel + 1, frames, bits));
}

/** Power of the difference against the power of the origin, in decibels, with `decoded` moved by `lag` frames. */
export function errorDb(decoded: Float32Array, origin: Float32Array, lag = 0): number {
  let error = 0;
  let power = 0;
  for (let frame = Math.max(0, -lag); frame < origin.length && frame + lag < decoded.length; frame++) {
    const wanted = origin[frame] as number;
    error += ((decoded[frame + lag] as number) - wanted) ** 2;
    power += wanted ** 2;
  }
  return 10 * Math.log10(error / power);
}

/** The lag, of those up to `range` frames, at which the two agree best. */
export function bestLag(decoded: Float32Array, origin: Float32Array, range = 40): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let lag = -range; lag <= range; lag++) {
    const error = errorDb(decoded, origin, lag);
    if (error < least) [best, least] = [lag, error];
  }
  return best;
}
