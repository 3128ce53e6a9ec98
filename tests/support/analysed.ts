import { PlanarBuffer } from '../../web/src/engine/codec';
import type { MixwellModule } from '../../web/src/engine/mixwellModule';
import { ProgrammeAnalysis, type ProgrammeFigures } from '../../web/src/engine/programme';

const blockFrames = 4096;

/** Hands sound to `sink` in blocks of the module's memory. */
export function eachBlock(
  module: MixwellModule,
  channels: readonly Float32Array[],
  sink: (block: ReturnType<PlanarBuffer['block']>) => void,
): void {
  const buffer = new PlanarBuffer(module, channels.length, blockFrames);
  const frames = channels[0]?.length ?? 0;
  for (let done = 0; done < frames; done += blockFrames) {
    const count = Math.min(blockFrames, frames - done);
    for (const [index, channel] of channels.entries()) {
      buffer.channels[index]?.set(channel.subarray(done, done + count));
    }
    sink(buffer.block(count));
  }
  buffer.delete();
}

/** Everything that the engine says of a programme. */
export function analysed(
  module: MixwellModule,
  channels: readonly Float32Array[],
  sampleRateHz = 48000,
): ProgrammeFigures {
  const analysis = new ProgrammeAnalysis(module, sampleRateHz, channels.length);
  eachBlock(module, channels, (block) => analysis.add(block));
  const figures = analysis.finish();
  analysis.delete();
  return figures;
}
