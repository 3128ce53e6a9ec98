import type { PlanarBlock } from '../../engine/codec';
import { KeptSound } from '../../engine/keptSound';
import { instantiateEngine } from '../../engine/loadModule';
import { LoudnessMeasurement } from '../../engine/loudness';
import type { MixwellModule } from '../../engine/mixwellModule';
import { renderScene } from '../../engine/offlineRender';
import { ProgrammeAnalysis, type ProgrammeFigures } from '../../engine/programme';
import { type Stage, withGain } from '../../mastering/chain';
import { type ReachMeasure, reachTarget } from '../../mastering/reach';
import { makeTables, openSources } from '../render/openScene';
import { openChainRun } from './chainRun';
import type {
  FromMasteringWorker,
  MasteringRequest,
  MasteringResult,
  RunnableChain,
  ToMasteringWorker,
} from './protocol';
import { openScratch, type Scratch } from './scratch';

const progressEveryMs = 100;
/** Silence behind the song, for what looks ahead or rings on. */
const afterFrames = 8192;

const control = new AbortController();
const cancelled = new DOMException('The work was called off.', 'AbortError');
const say = (message: FromMasteringWorker) => postMessage(message);

addEventListener('message', ({ data }: MessageEvent<ToMasteringWorker>) => {
  if (data.kind === 'cancel') control.abort(cancelled);
  else void answer(data.request);
});

async function answer(request: MasteringRequest): Promise<void> {
  try {
    const module = await instantiateEngine(request.scene.engine);
    const scratch = openScratch(request.scene.frames);
    try {
      say({ kind: 'done', ...(await new Work(module, request, scratch).run()) });
    } finally {
      await scratch.remove();
    }
  } catch (error) {
    if (control.signal.aborted) say({ kind: 'cancelled' });
    else say({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
  }
}

class Work {
  readonly #module: MixwellModule;
  readonly #request: MasteringRequest;
  readonly #scratch: Scratch;
  readonly #rateHz: number;
  #toldAt = 0;
  /** How many passes over the song there will be, as far as is known, and how many are done. */
  #passes: number;
  #pass = 0;

  constructor(module: MixwellModule, request: MasteringRequest, scratch: Scratch) {
    this.#module = module;
    this.#request = request;
    this.#scratch = scratch;
    this.#rateHz = request.scene.sampleRateHz;
    this.#passes = request.goal ? 7 : 2;
  }

  async run(): Promise<MasteringResult> {
    const { goal, chain } = this.#request;
    const mix = await this.#kept();
    const original = await this.#renderMix(mix);
    if (!goal) {
      const master = await this.#measureMaster(mix, chain.stages);
      return { original, master, stages: chain.stages, reached: null };
    }
    const { front, last, ceilingDbtp } = goal;
    const toLimiter = await this.#through(mix, front);
    const before = await this.#measure((take) => toLimiter.each(take));
    const reached = await reachTarget(before, goal, (gainDb) => {
      this.#passes = Math.max(this.#passes, this.#pass + 2);
      // More than the limiter's own gain is given in front of all.
      const stages = withGain(chain.stages, gainDb, ceilingDbtp);
      const frontIsSame = front.stages.every((stage, place) => stage === stages[place]);
      return frontIsSame
        ? this.#measureThrough(toLimiter, last, stages.slice(front.stages.length))
        : this.#measureThrough(mix, chain, stages);
    });
    const stages = withGain(chain.stages, reached.gainDb, ceilingDbtp);
    this.#passes = this.#pass + 1;
    const master = await this.#measureMaster(mix, stages);
    return { original, master, stages, reached };
  }

  async #kept(): Promise<KeptSound> {
    return new KeptSound(this.#module, await this.#scratch.open());
  }

  async #renderMix(into: KeptSound): Promise<ProgrammeFigures> {
    const { scene } = this.#request;
    const sources = await openSources(this.#module, scene);
    const tables = await makeTables(this.#module, scene);
    const analysis = new ProgrammeAnalysis(this.#module, this.#rateHz, 2);
    let done = 0;
    try {
      await renderScene(
        this.#module,
        { ...scene, sources, tables },
        async (mix, _stems, frames) => {
          const block = mix.block(frames);
          into.add(block);
          analysis.add(block);
          done += frames;
          await this.#tell('Listening to the mix', done / scene.frames);
        },
        control.signal,
      );
      this.#pass++;
      return analysis.finish();
    } finally {
      analysis.delete();
    }
  }

  async #measureMaster(mix: KeptSound, stages: readonly Stage[]): Promise<ProgrammeFigures> {
    const analysis = new ProgrammeAnalysis(this.#module, this.#rateHz, 2);
    try {
      const { chain } = this.#request;
      await this.#run(mix, chain, stages, 'Measuring the master', (block) => analysis.add(block));
      return analysis.finish();
    } finally {
      analysis.delete();
    }
  }

  async #through(mix: KeptSound, chain: RunnableChain): Promise<KeptSound> {
    const out = await this.#kept();
    await this.#run(mix, chain, chain.stages, 'Running the chain', (block) => out.add(block), afterFrames);
    return out;
  }

  #measureThrough(sound: KeptSound, chain: RunnableChain, stages: readonly Stage[]): Promise<ReachMeasure> {
    return this.#measure((take) => this.#run(sound, chain, stages, 'Reaching the target', take));
  }

  /** Of the song's own length. */
  async #measure(play: (take: (block: PlanarBlock) => void) => Promise<void>): Promise<ReachMeasure> {
    const loudness = new LoudnessMeasurement(this.#module, this.#rateHz, 2);
    let left = this.#request.scene.frames;
    try {
      await play((block) => {
        const frames = Math.min(left, block.frames);
        left -= frames;
        if (frames > 0) loudness.add({ ...block, frames });
      });
      const { integratedLufs, truePeakDbtp } = loudness.finish();
      return { integratedLufs: finite(integratedLufs), truePeakDbtp: finite(truePeakDbtp) };
    } finally {
      loudness.delete();
    }
  }

  async #run(
    sound: KeptSound,
    chain: RunnableChain,
    stages: readonly Stage[],
    doing: string,
    sink: (block: PlanarBlock) => void,
    tailFrames = 0,
  ): Promise<void> {
    const run = await openChainRun(this.#module, chain, stages);
    try {
      await sound.each(async (block, done) => {
        control.signal.throwIfAborted();
        await run.add(block, sink);
        await this.#tell(doing, done / sound.frames);
      });
      await run.finish(tailFrames, sink);
      this.#pass++;
    } finally {
      run.delete();
    }
  }

  async #tell(doing: string, part: number): Promise<void> {
    const now = performance.now();
    if (now - this.#toldAt < progressEveryMs) return;
    this.#toldAt = now;
    say({ kind: 'progress', doing, fraction: Math.min(1, (this.#pass + part) / this.#passes) });
    // A cancel message is taken only between two tasks.
    await new Promise((resolve) => setTimeout(resolve));
    control.signal.throwIfAborted();
  }
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
