import type { ByteSink } from '../../engine/byteSink';
import { WavEncoder } from '../../engine/codec';
import { FlacWriter } from '../../engine/flacWriter';
import { loadFlac } from '../../engine/loadFlac';
import type { MixwellModule } from '../../engine/mixwellModule';
import type { PreviewEncoder, PreviewFormat } from './previewEncoder';

/** FLAC of 16 bits, dithered, for browsers that encode no Opus. */
export async function openFlacPreview(
  module: MixwellModule,
  { sampleRateHz, channels }: PreviewFormat,
  sink: ByteSink,
): Promise<PreviewEncoder> {
  const writer = new FlacWriter(await loadFlac(), { sampleRateHz, channels, bits: '16' }, sink);
  const encoder = new WavEncoder(module, { sampleRateHz, channels, format: '16', dither: 'tpdf' });
  return {
    mimeType: 'audio/flac',
    add: (block) => writer.add(encoder.encode(block)),
    async finish() {
      await writer.finish();
    },
    delete() {
      writer.delete();
      encoder.delete();
    },
  };
}
