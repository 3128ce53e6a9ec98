import { type InputFacts, openAudioInput } from './audioInput';
import { type ByteReader, MemoryReader } from './byteReader';
import { BufferedSink, type ByteSink } from './byteSink';
import type { CodecModule } from './codecModule';
import { convertAudio } from './convertAudio';
import { openPcm, type PcmSource } from './pcmSource';

/** A file of passing use, written once and then read. */
export interface ScratchFile extends ByteSink {
  /** After close(). */
  reader(): Promise<ByteReader>;
}

export interface AudioFacts extends InputFacts {
  readonly originalFrames: number;
  /** At the rate that was asked for. */
  readonly frames: number;
  readonly truncated: boolean;
  readonly bytes: number;
}

/**
 * Opens an audio file to be read at any place and at a rate (null: its own), by the same code as an import into the studio, so
 * with the same samples. PCM at that rate is read where it lies; everything else goes to a scratch file, in memory by default.
 * Throws an AudioFileError that names the file.
 */
export async function openAudioFile(
  reader: ByteReader,
  name: string,
  module: CodecModule,
  rateHz: number | null,
  createScratch: () => Promise<ScratchFile> = async () => new ScratchMemory(),
): Promise<{ source: PcmSource; facts: AudioFacts }> {
  const input = await openAudioInput(reader, name, module);
  try {
    const projectRateHz = rateHz ?? input.facts.sampleRateHz;
    const inPlace = input.pcm !== null && input.facts.sampleRateHz === projectRateHz;
    const scratch = inPlace ? null : await createScratch();
    try {
      const sibling = scratch && new BufferedSink(scratch);
      const made = await convertAudio(module, input, name, { projectRateHz, sibling, peaks: false });
      await sibling?.close();
      const { frames, originalFrames } = made;
      const facts = {
        ...input.facts,
        frames,
        originalFrames,
        truncated: input.truncated,
        bytes: input.bytes,
      };
      const source = await openPcm(scratch ? await scratch.reader() : reader, module);
      return { source, facts };
    } catch (error) {
      await scratch?.abort();
      throw error;
    }
  } finally {
    input.close();
  }
}

class ScratchMemory implements ScratchFile {
  #bytes = new Uint8Array(1 << 20);
  #length = 0;

  async write(position: number, bytes: Uint8Array): Promise<void> {
    const end = position + bytes.length;
    if (end > this.#bytes.length) {
      const longer = new Uint8Array(Math.max(end, 2 * this.#bytes.length));
      longer.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = longer;
    }
    this.#bytes.set(bytes, position);
    this.#length = Math.max(this.#length, end);
  }

  async close(): Promise<void> {}

  async abort(): Promise<void> {
    this.#bytes = new Uint8Array(0);
  }

  async reader(): Promise<ByteReader> {
    return new MemoryReader(this.#bytes.subarray(0, this.#length));
  }
}
