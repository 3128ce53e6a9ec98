import type { ByteSink } from './byteSink';
import type { CodecModule } from './codec';
import type { FlacLibrary } from './flacLibrary';
import { FlacWriter } from './flacWriter';
import type { FileFormat, PcmFormat, SoundWriter } from './soundWriter';
import { WavWriter } from './wavWriter';

export interface WrittenFormat extends PcmFormat {
  readonly file: FileFormat;
  /** Told to players, by a format that has a place for it. */
  readonly title?: string;
}

/** Begins a file of sound; the encoder of FLAC is loaded where it is needed. Where it fails, nothing of the file remains. */
export async function openWriter(
  module: CodecModule,
  format: WrittenFormat,
  sink: ByteSink,
  loadFlac: () => Promise<FlacLibrary>,
): Promise<SoundWriter> {
  try {
    if (format.file === 'flac') return new FlacWriter(await loadFlac(), format, sink);
    return await WavWriter.open(module, format, sink);
  } catch (error) {
    await sink.abort();
    throw error;
  }
}
