import { type PlanarBlock, PlanarBuffer } from './codec';
import type { MixwellModule } from './mixwellModule';

const blockFrames = 4096;
const channels = 2;

/** A file for what memory would not hold. */
export interface ScratchFile {
  write(at: number, bytes: Uint8Array<ArrayBuffer>): void;
  /** Fills `into`. */
  read(at: number, into: Uint8Array<ArrayBuffer>): void;
}

/** Stereo sound that is run through again and again: 8 bytes a frame, in the page's own memory or in a file. */
export class KeptSound {
  readonly #module: MixwellModule;
  readonly #file: ScratchFile | null;
  /** Left and right of each block, one behind the other; of what lies in the file, their length alone. */
  readonly #blocks: { readonly frames: number; readonly sound: Float32Array<ArrayBuffer> | null }[] = [];
  #frames = 0;

  constructor(module: MixwellModule, file: ScratchFile | null = null) {
    this.#module = module;
    this.#file = file;
  }

  get frames(): number {
    return this.#frames;
  }

  /** Copies a block, of at most 4096 frames. */
  add({ pointer, stride, frames }: PlanarBlock): void {
    const { buffer } = this.#module.HEAPU8;
    const sound = new Float32Array(channels * frames);
    for (let channel = 0; channel < channels; channel++) {
      sound.set(new Float32Array(buffer, pointer + 4 * channel * stride, frames), channel * frames);
    }
    this.#file?.write(this.#byteAt(this.#frames), new Uint8Array(sound.buffer));
    this.#blocks.push({ frames, sound: this.#file ? null : sound });
    this.#frames += frames;
  }

  /** Hands all of it to `sink`, block by block; each holds until the promise resolves. */
  async each(sink: (block: PlanarBlock, done: number) => Promise<void> | void): Promise<void> {
    const buffer = new PlanarBuffer(this.#module, channels, blockFrames);
    const room = new Float32Array(channels * blockFrames);
    let done = 0;
    try {
      for (const { frames, sound } of this.#blocks) {
        const both = sound ?? room.subarray(0, channels * frames);
        if (!sound) {
          this.#file?.read(this.#byteAt(done), new Uint8Array(room.buffer, 0, both.byteLength));
        }
        buffer.channels[0]?.set(both.subarray(0, frames));
        buffer.channels[1]?.set(both.subarray(frames));
        done += frames;
        await sink(buffer.block(frames), done);
      }
    } finally {
      buffer.delete();
    }
  }

  #byteAt(frame: number): number {
    return 4 * channels * frame;
  }
}
