import type { ChainRun } from '../../engine/chainRun';
import { type PlanarBlock, RateConverter } from '../../engine/codec';
import type { MixwellModule } from '../../engine/mixwellModule';
import { ProgrammeAnalysis, type ProgrammeFigures } from '../../engine/programme';
import type { SoundOutput } from '../../engine/soundOutput';
import { openChainRun } from '../mastering/chainRun';
import type { RenderRequest } from './protocol';

/** The mix on its way through converter and mastering chain to the file, and what is told of it. */
export class MasterPass {
  readonly #original: ProgrammeAnalysis;
  readonly #output: SoundOutput;
  readonly #converter: RateConverter | null;
  readonly #run: ChainRun | null;

  static async open(module: MixwellModule, request: RenderRequest, output: SoundOutput): Promise<MasterPass> {
    const { master, sampleRateHz, format } = request;
    if (master?.kind !== 'converted') return new MasterPass(module, sampleRateHz, output, null, null);
    const run = await openChainRun(module, master.chain);
    const converter = new RateConverter(module, sampleRateHz, format.sampleRateHz, 2);
    return new MasterPass(module, sampleRateHz, output, converter, run);
  }

  private constructor(
    module: MixwellModule,
    sampleRateHz: number,
    output: SoundOutput,
    converter: RateConverter | null,
    run: ChainRun | null,
  ) {
    this.#original = new ProgrammeAnalysis(module, sampleRateHz, 2);
    this.#output = output;
    this.#converter = converter;
    this.#run = run;
  }

  /** What goes into the chain, where the scene has it on. */
  addOriginal(block: PlanarBlock): void {
    this.#original.add(block);
  }

  /** What comes out of the scene. */
  async add(block: PlanarBlock): Promise<void> {
    if (!this.#converter) return this.#output.add(block);
    this.#original.add(block);
    let rest = block;
    while (rest.frames > 0) {
      const taken = this.#converter.push(rest);
      rest = { pointer: rest.pointer + 4 * taken, stride: rest.stride, frames: rest.frames - taken };
      await this.#drain(this.#converter);
    }
  }

  /** Lets out what is still inside. The figures are of what went into the chain. */
  async finish(): Promise<ProgrammeFigures> {
    if (this.#converter) {
      this.#converter.finish();
      await this.#drain(this.#converter);
    }
    await this.#run?.finish(0, (block) => this.#output.add(block));
    return this.#original.finish();
  }

  delete(): void {
    this.#original.delete();
    this.#converter?.delete();
    this.#run?.delete();
  }

  async #drain(converter: RateConverter): Promise<void> {
    for (let block = converter.pull(); block.frames > 0; block = converter.pull()) {
      await this.#run?.add(block, (mastered) => this.#output.add(mastered));
    }
  }
}
