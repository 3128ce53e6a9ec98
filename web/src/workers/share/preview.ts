import { openAudioInput } from '../../engine/audioInput';
import { BlobReader } from '../../engine/byteReader';
import { BufferedSink } from '../../engine/byteSink';
import type { MixwellModule } from '../../engine/mixwellModule';
import { ProgrammeAnalysis } from '../../engine/programme';
import type { DownloadFolder } from '../../storage/downloads';
import { openPrivateFile } from '../render/fileSinks';
import { openFlacPreview } from './flacPreview';
import { canEncodeOpus, openOpusPreview } from './opusPreview';
import { channelsOf, type PreviewEncoder } from './previewEncoder';
import type { Preview } from './protocol';
import { WaveformColumns } from './waveform';

export interface PreviewOptions {
  readonly signal: AbortSignal;
  onFraction(fraction: number): void;
}

const name = 'preview';

/** Reads the rendered mix once: encodes, measures and pictures it. */
export async function makePreview(
  module: MixwellModule,
  mix: File,
  { folder }: DownloadFolder,
  { signal, onFraction }: PreviewOptions,
): Promise<Preview> {
  const input = await openAudioInput(new BlobReader(mix), mix.name, module);
  const { channels, sampleRateHz, frames } = input.facts;
  const columns = new WaveformColumns(frames ?? 0);
  const analysis = new ProgrammeAnalysis(module, sampleRateHz, channels, { spectrum: false });
  const sink = new BufferedSink(await openPrivateFile(folder, name));
  const format = { sampleRateHz, channels };
  let encoder: PreviewEncoder | null = null;
  try {
    encoder = (await canEncodeOpus(channels))
      ? await openOpusPreview(module, format, sink)
      : await openFlacPreview(module, format, sink);
    let frame = 0;
    for (let block = await input.next(); block; block = await input.next()) {
      signal.throwIfAborted();
      analysis.add(block);
      for (const samples of channelsOf(module, block, channels)) columns.add(frame, samples);
      await encoder.add(block);
      frame += block.frames;
      onFraction(input.fraction);
    }
    await encoder.finish();
    const { integratedLufs } = analysis.finish();
    return {
      file: await (await folder.getFileHandle(name)).getFile(),
      mimeType: encoder.mimeType,
      waveform: columns.text(),
      integratedLufs: Number.isFinite(integratedLufs) ? integratedLufs : null,
    };
  } catch (error) {
    await sink.abort().catch(() => {});
    throw error;
  } finally {
    encoder?.delete();
    analysis.delete();
    input.close();
  }
}
