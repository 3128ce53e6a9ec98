import { type PlanarBlock, PlanarBuffer } from './codec';
import type { MixwellModule } from './mixwellModule';

const blockFrames = 4096;

/** Stereo sound that is run through again and again, in the page's own memory: 8 bytes a frame. */
export class KeptSound {
  readonly #module: MixwellModule;
  readonly #blocks: { readonly left: Float32Array; readonly right: Float32Array }[] = [];
  #frames = 0;

  constructor(module: MixwellModule) {
    this.#module = module;
  }

  get frames(): number {
    return this.#frames;
  }

  /** Copies a block, of at most 4096 frames. */
  add({ pointer, stride, frames }: PlanarBlock): void {
    const { buffer } = this.#module.HEAPU8;
    const copy = (channel: number) =>
      new Float32Array(buffer, pointer + 4 * channel * stride, frames).slice();
    this.#blocks.push({ left: copy(0), right: copy(1) });
    this.#frames += frames;
  }

  /** Hands all of it to `sink`, block by block; each holds until the promise resolves. */
  async each(sink: (block: PlanarBlock, done: number) => Promise<void> | void): Promise<void> {
    const buffer = new PlanarBuffer(this.#module, 2, blockFrames);
    let done = 0;
    try {
      for (const { left, right } of this.#blocks) {
        buffer.channels[0]?.set(left);
        buffer.channels[1]?.set(right);
        done += left.length;
        await sink(buffer.block(left.length), done);
      }
    } finally {
      buffer.delete();
    }
  }
}
