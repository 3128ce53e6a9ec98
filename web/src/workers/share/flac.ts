import type { AudioInput } from '../../engine/audioInput';
import type { ByteSink } from '../../engine/byteSink';
import type { CodecModule, PlanarBlock } from '../../engine/codec';
import { type FlacLibrary, NotForFlac } from '../../engine/flacLibrary';
import { FlacStream } from '../../engine/flacStream';

/** Bits of a file whose samples FLAC keeps; null for all others. */
export function flacBits({ pcm }: Pick<AudioInput, 'pcm'>): number | null {
  return pcm && !pcm.float && pcm.bytesPerSample <= 3 ? 8 * pcm.bytesPerSample : null;
}

/** Encodes a file of integer PCM from front to back, and closes the sink. Throws NotForFlac. */
export async function encodeFlac(
  input: AudioInput,
  module: CodecModule,
  flac: FlacLibrary,
  sink: ByteSink,
  { signal, onFraction }: { readonly signal?: AbortSignal; onFraction?(fraction: number): void } = {},
): Promise<void> {
  const bits = flacBits(input);
  if (bits === null || input.facts.frames === null) throw new NotForFlac('It is not integer PCM.');
  const { channels, frames } = input.facts;
  const stream = new FlacStream(flac, { ...input.facts, bits }, sink);
  try {
    let samples = new Int32Array(0);
    for (let block = await input.next(); block; block = await input.next()) {
      signal?.throwIfAborted();
      if (samples.length !== channels * block.frames) samples = new Int32Array(channels * block.frames);
      interleave(module, block, channels, 2 ** (bits - 1), samples);
      await stream.add(samples, block.frames);
      onFraction?.(input.fraction);
    }
    if (stream.frames !== frames) throw new Error('A file was cut short while it was being read.');
    await stream.finish();
  } finally {
    stream.delete();
  }
}

/** A float of 24 bits holds the samples of such a file without loss. */
function interleave(
  { HEAPU8: { buffer } }: CodecModule,
  { pointer, stride, frames }: PlanarBlock,
  channels: number,
  scale: number,
  into: Int32Array,
): void {
  for (let channel = 0; channel < channels; channel++) {
    const samples = new Float32Array(buffer, pointer + 4 * channel * stride, frames);
    for (let frame = 0; frame < frames; frame++) {
      into[frame * channels + channel] = (samples[frame] as number) * scale;
    }
  }
}
