import { type CodecModule, type DitherKind, PlanarBuffer, WavEncoder } from './codec';

const blockFrames = 4096;

/** What writing silence with a dither leaves in a mono file of whole numbers: so many samples, 1 is full scale. */
export function ditherNoise(
  module: CodecModule,
  word: '16' | '24',
  dither: DitherKind,
  sampleRateHz: number,
  frames: number,
): Float64Array {
  const noise = new Float64Array(frames);
  const silence = new PlanarBuffer(module, 1, blockFrames);
  silence.channels[0]?.fill(0);
  const encoder = new WavEncoder(module, {
    sampleRateHz,
    channels: 1,
    format: word,
    dither,
    seed: 1,
    maxFrames: blockFrames,
  });
  const width = word === '16' ? 2 : 3;
  for (let done = 0; done < frames; done += blockFrames) {
    const count = Math.min(blockFrames, frames - done);
    const bytes = encoder.encode(silence.block(count));
    for (let frame = 0; frame < count; frame++) {
      let value = (bytes[width * frame + width - 1] as number) << 24;
      for (let byte = 0; byte < width - 1; byte++)
        value |= (bytes[width * frame + byte] as number) << (32 - 8 * width + 8 * byte);
      noise[done + frame] = value / 2 ** 31;
    }
  }
  encoder.delete();
  silence.delete();
  return noise;
}
