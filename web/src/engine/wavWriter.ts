import type { ByteSink } from './byteSink';
import { type CodecModule, WavEncoder } from './codec';
import type { PcmFormat, SoundWriter } from './soundWriter';

const bytesPerSample = { '16': 2, '24': 3, '32f': 4 } as const;

/** Writes one WAV file. */
export class WavWriter implements SoundWriter {
  readonly #sink: ByteSink;
  readonly #headers: WavEncoder;
  readonly #bytesPerFrame: number;
  #dataBytes = 0;

  static async open(module: CodecModule, format: PcmFormat, sink: ByteSink): Promise<WavWriter> {
    const writer = new WavWriter(module, format, sink);
    await sink.write(0, writer.#headers.header(0));
    return writer;
  }

  private constructor(module: CodecModule, { sampleRateHz, channels, bits }: PcmFormat, sink: ByteSink) {
    this.#sink = sink;
    this.#bytesPerFrame = channels * bytesPerSample[bits];
    const spec = { sampleRateHz, channels, format: bits, dither: 'none', maxFrames: 1 } as const;
    this.#headers = new WavEncoder(module, spec);
  }

  async add(pcm: Uint8Array): Promise<void> {
    if (pcm.length === 0) return;
    await this.#sink.write(this.#headers.headerBytes + this.#dataBytes, pcm);
    this.#dataBytes += pcm.length;
  }

  async finish(): Promise<number> {
    const frames = this.#dataBytes / this.#bytesPerFrame;
    const end = this.#headers.headerBytes + this.#dataBytes;
    const trailer = this.#headers.trailer(frames);
    if (trailer.length > 0) await this.#sink.write(end, trailer);
    await this.#sink.write(0, this.#headers.header(frames));
    await this.#sink.close();
    return end + trailer.length;
  }

  abort(): Promise<void> {
    return this.#sink.abort();
  }

  delete(): void {
    this.#headers.delete();
  }
}
