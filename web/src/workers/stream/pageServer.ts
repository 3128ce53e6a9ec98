import type { PageLink } from '../../engine/pageLink';
import type { PcmSource } from '../../engine/pcmSource';
import { pageFrames } from '../../generated/engineLayout';

export interface PageServerOptions {
  readonly link: PageLink;
  /** The sound behind a handle: null where it can't be had, undefined where the handle is not known (yet). */
  source(handle: number): Promise<PcmSource | null> | undefined;
  channels(handle: number): 1 | 2;
  onFailed(handle: number, reason: unknown): void;
  /** Resolves after a few milliseconds. */
  pause(): Promise<void>;
}

interface Run {
  readonly handle: number;
  readonly firstPage: number;
  count: number;
}

const maxPairs = 512;
/** Pages read at once: half a megabyte of 32-bit stereo. */
const maxRunPages = 16;

/** Answers the audio thread's requests for pages, run by run, and drops what a seek has overtaken. */
export class PageServer {
  readonly #options: PageServerOptions;
  readonly #pairs = new Int32Array(2 * maxPairs);
  #stopped = false;

  constructor(options: PageServerOptions) {
    this.#options = options;
  }

  async run(): Promise<void> {
    const { link } = this.#options;
    while (!this.#stopped) {
      const taken = link.takeRequests(this.#pairs);
      if (taken === 0) await link.waitForRequests();
      else await this.#answer(runsOf(this.#pairs, taken), link.generation());
    }
  }

  stop(): void {
    this.#stopped = true;
  }

  async #answer(runs: readonly Run[], generation: number): Promise<void> {
    for (const run of runs) {
      if (this.#stale(generation)) return;
      const pages = await this.#read(run);
      for (const [index, page] of pages.entries()) {
        while (!this.#options.link.push(run.handle, run.firstPage + index, page)) {
          if (this.#stale(generation)) return;
          await this.#options.pause();
        }
      }
    }
  }

  #stale(generation: number): boolean {
    return this.#stopped || this.#options.link.generation() !== generation;
  }

  async #read({ handle, firstPage, count }: Run): Promise<Float32Array[]> {
    const opening = this.#options.source(handle);
    if (!opening) return [];
    try {
      const source = await opening;
      if (source) return await source.readPages(firstPage, count);
    } catch (error) {
      this.#options.onFailed(handle, error);
    }
    const floats = this.#options.channels(handle) * pageFrames;
    return Array.from({ length: count }, () => new Float32Array(floats));
  }
}

/** Neighbouring pages of a source become one read; what was asked for first comes first. */
export function runsOf(pairs: Int32Array, count: number): Run[] {
  const runs: Run[] = [];
  const open = new Map<number, Run>();
  for (let pair = 0; pair < count; pair++) {
    const handle = pairs[2 * pair] as number;
    const page = pairs[2 * pair + 1] as number;
    const run = open.get(handle);
    if (run && page === run.firstPage + run.count && run.count < maxRunPages) {
      run.count++;
      continue;
    }
    const next = { handle, firstPage: page, count: 1 };
    open.set(handle, next);
    runs.push(next);
  }
  return runs;
}
