import type { ByteSink } from '../../engine/byteSink';
import { type PlanarBlock, WavEncoder } from '../../engine/codec';
import type { MixwellModule } from '../../engine/mixwellModule';
import { FlacWriter } from './flac';
import { loadFlac } from './loadFlac';
import type { PreviewEncoder, PreviewFormat } from './previewEncoder';

const bits = 16;

/** FLAC of 16 bits, dithered, for browsers that encode no Opus. */
export async function openFlacPreview(
  module: MixwellModule,
  { sampleRateHz, channels, frames }: PreviewFormat,
  sink: ByteSink,
): Promise<PreviewEncoder> {
  const writer = new FlacWriter(await loadFlac(), { sampleRateHz, channels, bits }, frames, sink);
  const encoder = new WavEncoder(module, { sampleRateHz, channels, format: '16', dither: 'tpdf' });
  return {
    mimeType: 'audio/flac',
    async add(block: PlanarBlock) {
      const bytes = encoder.encode(block);
      const samples = new Int16Array(bytes.buffer, bytes.byteOffset, channels * block.frames);
      await writer.add(Int32Array.from(samples), block.frames);
    },
    finish: () => writer.finish(),
    delete() {
      writer.delete();
      encoder.delete();
    },
  };
}
