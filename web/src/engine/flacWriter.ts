import type { ByteSink } from './byteSink';
import { type FlacLibrary, NotForFlac, whyNotFlac } from './flacLibrary';
import { FlacStream } from './flacStream';
import type { PcmFormat, SoundWriter } from './soundWriter';

/** Writes one FLAC file. */
export class FlacWriter implements SoundWriter {
  readonly #stream: FlacStream;
  readonly #channels: number;
  readonly #bytesPerSample: 2 | 3;
  #samples = new Int32Array(0);

  /** Throws NotForFlac where FLAC does not know such a format. What is written is decoded at once and compared. */
  constructor(flac: FlacLibrary, format: PcmFormat & { readonly title?: string }, sink: ByteSink) {
    const whyNot = whyNotFlac(format);
    if (whyNot) throw new NotForFlac(whyNot);
    this.#channels = format.channels;
    this.#bytesPerSample = format.bits === '16' ? 2 : 3;
    this.#stream = new FlacStream(flac, { ...format, bits: 8 * this.#bytesPerSample, verify: true }, sink);
  }

  async add(pcm: Uint8Array): Promise<void> {
    const count = pcm.length / this.#bytesPerSample;
    if (this.#samples.length !== count) this.#samples = new Int32Array(count);
    const samples = this.#samples;
    const view = new DataView(pcm.buffer, pcm.byteOffset, pcm.length);
    if (this.#bytesPerSample === 2) {
      for (let at = 0; at < count; at++) samples[at] = view.getInt16(2 * at, true);
    } else {
      for (let at = 0; at < count; at++) {
        samples[at] = (view.getInt8(3 * at + 2) << 16) | view.getUint16(3 * at, true);
      }
    }
    await this.#stream.add(samples, count / this.#channels);
  }

  finish(): Promise<number> {
    return this.#stream.finish();
  }

  abort(): Promise<void> {
    return this.#stream.abort();
  }

  delete(): void {
    this.#stream.delete();
  }
}
