import { pageFrames, quantumFrames, telemetryFields } from '../generated/engineLayout';
import { type PlanarBlock, PlanarBuffer } from './codec';
import { CommandWriter } from './encodeCommands';
import { EngineHost } from './engineHost';
import type { InsertTable } from './impulseTables';
import type { MixwellModule } from './mixwellModule';

/** A song's mastering chain as a scene of its own: all that plays is one source, and that is what is run through it. */
export interface ChainScene {
  readonly sampleRateHz: number;
  /** Makes the whole scene. */
  readonly commands: Float64Array;
  /** The source's handle. Its clip begins at `startFrame` and is long enough for what is run and what rings on. */
  readonly source: number;
  readonly startFrame: number;
}

/** An insert of the scene that is on, with other values than the scene's. */
export interface ChainValues {
  readonly insert: number;
  /** In the order of the device's table. */
  readonly params: readonly number[];
}

type Sink = (block: PlanarBlock) => Promise<void> | void;

const pageSlots = 8;

/**
 * Runs sound through a mastering chain as the song's engine does, lanes, tempo and bypasses included: the same bits, but for the
 * rounding of lanes under a mix that is late, and the loudness of a level-matched bypass, which is followed from an engine's start.
 * Latency is compensated; as long as it came plus a tail.
 */
export class ChainRun {
  readonly #module: MixwellModule;
  readonly #engine: EngineHost;
  readonly #source: number;
  readonly #out: PlanarBuffer;
  readonly #page = new Float32Array(2 * pageFrames);
  #inPage = 0;
  #pages = 0;
  /** Frames that are still left out because the chain is late; null before the first quantum. */
  #late: number | null = null;
  #taken = 0;
  #given = 0;

  constructor(
    module: MixwellModule,
    scene: ChainScene,
    tables: readonly InsertTable[],
    values: readonly ChainValues[] = [],
  ) {
    this.#module = module;
    this.#source = scene.source;
    this.#engine = new EngineHost(module, { sampleRateHz: scene.sampleRateHz, pageSlots });
    this.#out = new PlanarBuffer(module, 2, pageFrames);
    this.#engine.apply(scene.commands);
    this.#engine.apply(startCommands(scene.startFrame, values));
    this.#engine.makeDevices();
    for (const { insert, table } of tables) {
      if (!this.#engine.copyTable(insert, table, 0, table.length)) {
        throw new Error('The engine refused an impulse.');
      }
    }
  }

  async add({ pointer, stride, frames }: PlanarBlock, sink: Sink): Promise<void> {
    const { buffer } = this.#module.HEAPU8;
    for (let done = 0; done < frames; ) {
      const count = Math.min(frames - done, pageFrames - this.#inPage);
      for (let channel = 0; channel < 2; channel++) {
        const at = pointer + 4 * (channel * stride + done);
        this.#page.set(new Float32Array(buffer, at, count), channel * pageFrames + this.#inPage);
      }
      done += count;
      this.#inPage += count;
      this.#taken += count;
      if (this.#inPage === pageFrames) await this.#play(this.#taken, sink);
    }
  }

  /** Lets out what is still inside, and what rings on for `tailFrames`. */
  async finish(tailFrames: number, sink: Sink): Promise<void> {
    const total = this.#taken + tailFrames;
    while (this.#given < total) {
      this.#page.fill(0, this.#inPage, pageFrames);
      this.#page.fill(0, pageFrames + this.#inPage);
      await this.#play(total, sink);
    }
  }

  delete(): void {
    this.#engine.delete();
    this.#out.delete();
  }

  /** The page that was gathered; no more than `most` frames come out in all. */
  async #play(most: number, sink: Sink): Promise<void> {
    const engine = this.#engine;
    engine.missingPages(pageFrames);
    engine.supply(this.#source, this.#pages++, this.#page);
    this.#inPage = 0;
    let kept = 0;
    for (let frame = 0; frame < pageFrames; frame += quantumFrames) {
      if (engine.process(quantumFrames) !== quantumFrames) throw new Error('The chain does not go on.');
      this.#late ??= engine.telemetry[telemetryFields.latencyFrames] ?? 0;
      const first = Math.min(quantumFrames, this.#late);
      this.#late -= first;
      const count = Math.min(quantumFrames - first, most - this.#given - kept);
      if (count <= 0) continue;
      const [left, right] = this.#out.channels;
      left?.set(engine.tapLeft.subarray(first, first + count), kept);
      right?.set(engine.tapRight.subarray(first, first + count), kept);
      kept += count;
    }
    this.#given += kept;
    if (kept > 0) await sink(this.#out.block(kept));
  }
}

function startCommands(startFrame: number, values: readonly ChainValues[]): Float64Array {
  const out = new CommandWriter();
  for (const { insert, params } of values) {
    out.insertOn(insert, true, false);
    params.forEach((value, index) => {
      out.insertParam(insert, index, value);
    });
  }
  out.seek(startFrame);
  out.play();
  return out.take();
}
