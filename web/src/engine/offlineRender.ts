import {
  masteringChain,
  pageFloats,
  pageFrames,
  probeOffsets,
  quantumFrames,
  telemetryFields,
} from '../generated/engineLayout';
import { PlanarBuffer } from './codec';
import { CommandWriter, probeKinds } from './encodeCommands';
import { EngineHost } from './engineHost';
import type { InsertTable } from './impulseTables';
import type { MixwellModule } from './mixwellModule';

/** Where the pages of one source come from: one array a page, 8192 floats (stereo) or 4096 (mono). */
export interface PageReader {
  readPages(firstPage: number, count: number): Promise<readonly Float32Array[]>;
}

export interface RenderJob {
  readonly sampleRateHz: number;
  /** Makes the whole scene. */
  readonly commands: Float64Array;
  /** By source handle. */
  readonly sources: ReadonlyMap<number, PageReader>;
  /** What convolutions play. */
  readonly tables?: readonly InsertTable[];
  readonly startFrame: number;
  /** How much to render. */
  readonly frames: number;
  /** Whether the scene's loop is played as live; else it is passed over. */
  readonly looping?: boolean;
  /** Handles of the tracks whose own parts are wanted, too. */
  readonly stemTracks?: readonly number[];
  /** Takes what goes into the mastering chain, where the scene has it on: as many frames as the sink is given. */
  readonly original?: (sound: PlanarBuffer, frames: number) => void;
}

/** The next frames of the mix, and of each wanted track: buffers that hold until the callback's promise resolves. */
export type BlockSink = (
  mix: PlanarBuffer,
  stems: readonly PlanarBuffer[],
  frames: number,
) => Promise<void> | void;

/** Frames that come to the sink at once, at most. */
export const renderBlockFrames = 4096;

const fewestPagesAhead = 2;
const mostPagesAhead = 16;
const slotsAtLeast = 256;
const slotsAtMost = 1536;
const fruitlessRounds = 64;

/**
 * Plays a scene as fast as it goes, from its own engine, pages on demand: the same engine and commands as in the audio
 * thread, so the same bits. It plays on for as long as the mix is late, and leaves out what comes before. Rejects with the signal's reason when it is given up.
 */
export async function renderScene(
  module: MixwellModule,
  job: RenderJob,
  sink: BlockSink,
  signal?: AbortSignal,
): Promise<void> {
  const stemTracks = job.stemTracks ?? [];
  const clips = Math.max(1, job.sources.size);
  const pageSlots = Math.min(slotsAtMost, Math.max(slotsAtLeast, 40 * clips));
  const pagesAhead = Math.max(
    fewestPagesAhead,
    Math.min(mostPagesAhead, Math.floor(pageSlots / (3 * clips))),
  );
  const engine = new EngineHost(module, {
    sampleRateHz: job.sampleRateHz,
    pageSlots,
    keepStems: stemTracks.length > 0,
  });
  const buffers = [0, ...stemTracks].map(() => new PlanarBuffer(module, 2, renderBlockFrames));
  const original = job.original ? new Original(module, job.original) : null;
  try {
    engine.apply(job.commands);
    original?.listen(engine);
    engine.apply(startCommands(job));
    giveTables(engine, job.tables ?? []);
    const pages = new PageSupply(engine, job.sources);
    await new Run(engine, job, pages, buffers, sink, signal, original).toEnd(pagesAhead * pageFrames);
  } finally {
    for (const buffer of buffers) buffer.delete();
    original?.delete();
    engine.delete();
  }
}

function startCommands({ looping, startFrame }: RenderJob): Float64Array {
  const out = new CommandWriter();
  if (!looping) out.loop(false, 0, 0);
  out.seek(startFrame);
  out.play();
  return out.take();
}

function giveTables(engine: EngineHost, tables: readonly InsertTable[]): void {
  if (tables.length > 0) engine.makeDevices();
  for (const { insert, table } of tables) {
    if (!engine.copyTable(insert, table, 0, table.length)) throw new Error('The engine refused an impulse.');
  }
}

class Run {
  /** Frames that the transport advanced by, and how many of the first of them are left out. */
  #played = 0;
  #late = 0;
  #done = 0;
  #inBlock = 0;
  readonly #stems: readonly PlanarBuffer[];
  readonly #mix: PlanarBuffer;

  constructor(
    readonly engine: EngineHost,
    readonly job: RenderJob,
    readonly pages: PageSupply,
    buffers: readonly PlanarBuffer[],
    readonly sink: BlockSink,
    readonly signal: AbortSignal | undefined,
    readonly original: Original | null,
  ) {
    const [mix, ...stems] = buffers;
    this.#mix = mix as PlanarBuffer;
    this.#stems = stems;
  }

  /** Pages for two stretches are asked for while one is played. */
  async toEnd(stretchFrames: number): Promise<void> {
    await this.pages.fetch(stretchFrames);
    let fruitless = 0;
    while (this.#done < this.job.frames) {
      this.signal?.throwIfAborted();
      const fetching = this.pages.fetch(2 * stretchFrames);
      const before = this.#played;
      try {
        await this.#play(stretchFrames);
      } finally {
        await fetching;
      }
      fruitless = this.#played === before ? fruitless + 1 : 0;
      if (fruitless > fruitlessRounds) throw new Error('The engine does not go on.');
    }
    await this.#handOver();
    this.original?.handOver();
  }

  async #play(frames: number): Promise<void> {
    const end = this.#played + frames;
    while (this.#played < end && this.#done < this.job.frames) {
      const advanced = this.engine.process(quantumFrames);
      if (advanced === 0) return;
      if (this.#played === 0) this.#late = this.engine.telemetry[telemetryFields.latencyFrames] ?? 0;
      this.original?.keep(this.engine, this.#played, advanced, this.job.frames);
      const first = Math.min(advanced, Math.max(0, this.#late - this.#played));
      this.#played += advanced;
      const kept = Math.min(advanced - first, this.job.frames - this.#done);
      if (kept === 0) continue;
      if (this.#inBlock + kept > renderBlockFrames) await this.#handOver();
      this.#keep(first, kept);
    }
  }

  #keep(first: number, frames: number): void {
    const { engine } = this;
    copyTo(this.#mix, engine.tapLeft, engine.tapRight, first, this.#inBlock, frames);
    this.job.stemTracks?.forEach((track, index) => {
      engine.stem(track);
      const stem = this.#stems[index] as PlanarBuffer;
      copyTo(stem, engine.stemLeft, engine.stemRight, first, this.#inBlock, frames);
    });
    this.#inBlock += frames;
    this.#done += frames;
  }

  async #handOver(): Promise<void> {
    if (this.#inBlock === 0) return;
    this.signal?.throwIfAborted();
    await this.sink(this.#mix, this.#stems, this.#inBlock);
    this.#inBlock = 0;
  }
}

/** What goes into the mastering chain: a probe sees it, as much earlier than the tap as the chain is late. */
class Original {
  readonly #sink: NonNullable<RenderJob['original']>;
  readonly #buffer: PlanarBuffer;
  #late = 0;
  #done = 0;
  #inBlock = 0;

  constructor(module: MixwellModule, sink: NonNullable<RenderJob['original']>) {
    this.#sink = sink;
    this.#buffer = new PlanarBuffer(module, 2, renderBlockFrames);
  }

  /** While the engine stands still. */
  listen(engine: EngineHost): void {
    const out = new CommandWriter();
    out.mastering(false);
    engine.apply(out.take());
    engine.makeDevices();
    engine.process(quantumFrames);
    this.#late = engine.telemetry[telemetryFields.latencyFrames] ?? 0;
    out.mastering(true);
    out.probe(0, masteringChain, probeKinds.strip, 0);
    engine.apply(out.take());
  }

  /** Of the quantum that has come after `played` frames. */
  keep(engine: EngineHost, played: number, advanced: number, most: number): void {
    const first = Math.min(advanced, Math.max(0, this.#late - played));
    const frames = Math.min(advanced - first, most - this.#done);
    const sound = engine.probes[0]?.sound;
    if (frames <= 0 || !sound) return;
    if (this.#inBlock + frames > renderBlockFrames) this.handOver();
    const { inLeft, inRight } = probeOffsets;
    this.#buffer.channels[0]?.set(sound.subarray(inLeft + first, inLeft + first + frames), this.#inBlock);
    this.#buffer.channels[1]?.set(sound.subarray(inRight + first, inRight + first + frames), this.#inBlock);
    this.#inBlock += frames;
    this.#done += frames;
  }

  handOver(): void {
    if (this.#inBlock > 0) this.#sink(this.#buffer, this.#inBlock);
    this.#inBlock = 0;
  }

  delete(): void {
    this.#buffer.delete();
  }
}

function copyTo(
  buffer: PlanarBuffer,
  left: Float32Array,
  right: Float32Array,
  first: number,
  at: number,
  frames: number,
): void {
  const whole = frames === left.length;
  buffer.channels[0]?.set(whole ? left : left.subarray(first, first + frames), at);
  buffer.channels[1]?.set(whole ? right : right.subarray(first, first + frames), at);
}

/** Fetches what the engine lacks, neighbouring pages of a source in one read. */
class PageSupply {
  readonly #engine: EngineHost;
  readonly #sources: ReadonlyMap<number, PageReader>;

  constructor(engine: EngineHost, sources: ReadonlyMap<number, PageReader>) {
    this.#engine = engine;
    this.#sources = sources;
  }

  async fetch(frames: number): Promise<void> {
    const pairs = this.#engine.missingPages(frames);
    const bySource = new Map<number, number[]>();
    for (let pair = 0; pair < pairs; pair++) {
      const source = this.#engine.requests[2 * pair] ?? 0;
      const pages = bySource.get(source) ?? [];
      pages.push(this.#engine.requests[2 * pair + 1] ?? 0);
      bySource.set(source, pages);
    }
    await Promise.all(
      [...bySource].flatMap(([source, pages]) =>
        runsOf(pages).map(([first, count]) => this.#read(source, first, count)),
      ),
    );
  }

  async #read(source: number, firstPage: number, count: number): Promise<void> {
    const reader = this.#sources.get(source);
    const pages = reader ? await reader.readPages(firstPage, count) : [];
    for (let index = 0; index < count; index++) {
      this.#engine.supply(source, firstPage + index, pages[index] ?? noSound);
    }
  }
}

const noSound = new Float32Array(pageFloats);

/** [first, count] of each run of whole numbers. */
function runsOf(pages: number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const page of pages.sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && last[0] + last[1] === page) last[1]++;
    else if (!last || page >= last[0] + last[1]) runs.push([page, 1]);
  }
  return runs;
}
