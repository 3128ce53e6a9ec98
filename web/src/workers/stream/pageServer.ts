import type { PageLink } from '../../engine/pageLink';
import type { PcmSource } from '../../engine/pcmSource';
import { pageFrames } from '../../generated/engineLayout';

export interface PageServerOptions {
  readonly link: PageLink;
  /** The sound behind a handle: null where it can't be had, undefined where the handle is not known (yet). */
  source(handle: number): Promise<PcmSource | null> | undefined;
  channels(handle: number): 1 | 2;
  onFailed(handle: number, reason: unknown): void;
  pause(ms: number): Promise<void>;
}

interface Run {
  readonly handle: number;
  readonly firstPage: number;
  count: number;
}

const maxPairs = 512;
/** Pages read at once: half a megabyte of 32-bit stereo. */
const maxRunPages = 16;
/** Reads under way at the same time: most of a read is waiting. */
const maxReads = 6;
const shortestPauseMs = 2;
const longestPauseMs = 32;

/**
 * Answers the audio thread's requests for pages, neighbouring pages of a source by one read, in the order in which they were asked
 * for, and drops what a seek has overtaken.
 */
export class PageServer {
  readonly #options: PageServerOptions;
  readonly #pairs = new Int32Array(2 * maxPairs);
  #waiting: Run[] = [];
  #early: Run[] = [];
  #generation = 0;
  #reads = 0;
  #stopped = false;

  constructor(options: PageServerOptions) {
    this.#options = options;
  }

  /** Runs until stop(). */
  async run(): Promise<void> {
    const { link } = this.#options;
    while (!this.#stopped) {
      const taken = link.takeRequests(this.#pairs);
      this.#dropStale();
      if (taken === 0) await link.waitForRequests();
      else this.#add(runsOf(this.#pairs, taken));
    }
  }

  stop(): void {
    this.#stopped = true;
  }

  /** A handle is known now: what was asked of it before is answered. */
  opened(handle: number): void {
    this.#dropStale();
    const due = this.#early.filter((run) => run.handle === handle);
    this.#early = this.#early.filter((run) => run.handle !== handle);
    this.#add(due);
  }

  #add(runs: readonly Run[]): void {
    this.#waiting.push(...runs);
    while (this.#reads < maxReads && this.#waiting.length > 0) {
      this.#reads++;
      void this.#work().finally(() => this.#reads--);
    }
  }

  /** After a seek only what is asked for since matters. */
  #dropStale(): void {
    const generation = this.#options.link.generation();
    if (generation === this.#generation) return;
    this.#generation = generation;
    this.#waiting = [];
    this.#early = [];
  }

  async #work(): Promise<void> {
    for (let run = this.#waiting.shift(); run && !this.#stopped; run = this.#waiting.shift()) {
      const generation = this.#generation;
      const pages = await this.#read(run);
      for (const [index, page] of pages.entries()) {
        await this.#push(run.handle, run.firstPage + index, page, generation);
      }
    }
  }

  /** Waits for room; longer and longer, since an audio thread that is suspended takes nothing. */
  async #push(handle: number, pageIndex: number, page: Float32Array, generation: number): Promise<void> {
    for (let pauseMs = shortestPauseMs; this.#isCurrent(generation); pauseMs *= 2) {
      if (this.#options.link.push(handle, pageIndex, page)) return;
      await this.#options.pause(Math.min(pauseMs, longestPauseMs));
    }
  }

  #isCurrent(generation: number): boolean {
    return !this.#stopped && this.#options.link.generation() === generation;
  }

  async #read(run: Run): Promise<Float32Array[]> {
    const { handle, firstPage, count } = run;
    const opening = this.#options.source(handle);
    if (!opening) {
      this.#early.push(run);
      return [];
    }
    try {
      const source = await opening;
      if (source) return await source.readPages(firstPage, count);
    } catch (error) {
      // A source that was closed meanwhile can't be read, and nobody waits for it.
      if (this.#options.source(handle) !== opening) return [];
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
