import { type PlanarBlock, PlanarBuffer } from './codec';
import type { MixwellModule } from './mixwellModule';

const blockFrames = 4096;

type Sink = (block: PlanarBlock) => Promise<void>;

/** A device and its values, by their places in its table. */
export interface RunDevice {
  readonly id: string;
  readonly params: readonly { readonly index: number; readonly value: number }[];
}

/** What convolutions play, by their places in the chain. */
export type RunTables = ReadonlyMap<number, Float32Array>;

/** Runs sound through a chain of devices: latency compensated, as long as it came plus a tail. */
export class DeviceRun {
  readonly #module: MixwellModule;
  readonly #chain: InstanceType<MixwellModule['DeviceChain']>;
  readonly #out: PlanarBuffer;
  readonly #views: readonly [Float32Array, Float32Array];
  readonly #sourceChannels: 1 | 2;
  /** Whether left and right came out the same so far. */
  mono = true;
  #skip: number;
  #taken = 0;
  #given = 0;

  constructor(
    module: MixwellModule,
    sampleRateHz: number,
    sourceChannels: 1 | 2,
    devices: readonly RunDevice[],
    tables: RunTables = new Map(),
  ) {
    this.#module = module;
    this.#sourceChannels = sourceChannels;
    this.#chain = new module.DeviceChain(sampleRateHz, sourceChannels);
    for (const { id, params } of devices) {
      const place = this.#chain.add(id);
      if (place < 0) throw new Error(`the engine knows no device "${id}"`);
      for (const { index, value } of params) {
        if (!this.#chain.setParam(place, index, value)) throw new Error(`${id} refuses the value ${value}`);
      }
    }
    for (const [place, table] of tables) {
      const room = this.#chain.tableBuffer(table.length);
      new Float32Array(module.HEAPU8.buffer, room, table.length).set(table);
      if (!this.#chain.setTable(place)) throw new Error(`${devices[place]?.id} refuses its impulse`);
    }
    this.#chain.reset();
    const view = (address: number) => new Float32Array(module.HEAPU8.buffer, address, blockFrames);
    this.#views = [view(this.#chain.left()), view(this.#chain.right())];
    this.#out = new PlanarBuffer(module, 2, blockFrames);
    this.#skip = this.#chain.latencySamples();
  }

  async add(block: PlanarBlock, sink: Sink): Promise<void> {
    const { buffer } = this.#module.HEAPU8;
    this.#views.forEach((view, channel) => {
      const source = Math.min(channel, this.#sourceChannels - 1);
      view.set(new Float32Array(buffer, block.pointer + 4 * source * block.stride, block.frames));
    });
    this.#taken += block.frames;
    await this.#run(block.frames, sink);
  }

  /** Lets out what is still inside, and what rings on for `tailFrames`. */
  async finish(tailFrames: number, sink: Sink): Promise<void> {
    const total = this.#taken + tailFrames;
    while (this.#given < total) {
      for (const view of this.#views) view.fill(0);
      await this.#run(Math.min(blockFrames, this.#skip + total - this.#given), sink);
    }
  }

  delete(): void {
    this.#chain.delete();
    this.#out.delete();
  }

  async #run(frames: number, sink: Sink): Promise<void> {
    this.#chain.process(frames);
    const skipped = Math.min(this.#skip, frames);
    this.#skip -= skipped;
    const count = frames - skipped;
    if (count === 0) return;
    const [left, right] = this.#views;
    this.#out.channels[0]?.set(left.subarray(skipped, frames));
    this.#out.channels[1]?.set(right.subarray(skipped, frames));
    for (let frame = skipped; this.mono && frame < frames; frame++) {
      if (!Object.is(left[frame], right[frame])) this.mono = false;
    }
    this.#given += count;
    await sink(this.#out.block(count));
  }
}
