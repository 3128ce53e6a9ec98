import { TapCapture } from '../../web/src/audio-thread/capture';
import { TableIntake } from '../../web/src/audio-thread/tableIntake';
import type { EngineScene } from '../../web/src/bridge/compile';
import { SceneFeed } from '../../web/src/bridge/sceneFeed';
import { MemoryReader } from '../../web/src/engine/byteReader';
import { CommandWriter } from '../../web/src/engine/encodeCommands';
import { EngineHost } from '../../web/src/engine/engineHost';
import type { MixwellModule } from '../../web/src/engine/mixwellModule';
import { openPcm, type PcmSource } from '../../web/src/engine/pcmSource';
import { quantumFrames, telemetryFields } from '../../web/src/generated/engineLayout';
import { type Files, type Stereo, tablesOf } from './offline';

/**
 * An engine worked as the audio thread works it: commands between quanta, pages asked for and delivered late, and the
 * audio thread's own capture of what the transport advances by.
 */
export class LiveEngine {
  readonly engine: EngineHost;
  readonly #module: MixwellModule;
  readonly #files: Files;
  readonly #feed: SceneFeed;
  readonly #sources = new Map<number, Promise<PcmSource>>();
  readonly #delay: () => number;
  #inWork: { source: number; page: number; samples: Promise<Float32Array | undefined>; due: number }[] = [];
  #quanta = 0;
  /** Whose tables have not been brought. */
  #scene: EngineScene | null = null;
  readonly #tables = new TableIntake();
  #left: Float32Array[] = [];
  #right: Float32Array[] = [];
  readonly #capture = new TapCapture(({ left, right }) => {
    this.#left.push(left);
    this.#right.push(right);
  });

  /** `delay` says after how many quanta a page comes. */
  constructor(module: MixwellModule, sampleRateHz: number, files: Files, delay: () => number = () => 0) {
    this.#module = module;
    this.#files = files;
    this.#delay = delay;
    this.engine = new EngineHost(module, { sampleRateHz, pageSlots: 512 });
    this.#feed = new SceneFeed({
      open: (handle, { id }) => this.#sources.set(handle, this.#open(id)),
      close: (handle) => this.#sources.delete(handle),
    });
  }

  show(scene: EngineScene): void {
    const values = this.#feed.advance(scene);
    if (values) this.engine.apply(values);
    this.#scene = scene;
  }

  /** Hands over what the convolutions play, as far as it is built in, as the page does before it plays. */
  async #bringTables(): Promise<void> {
    const scene = this.#scene;
    this.#scene = null;
    if (!scene) return;
    const inserts = { of: (id: string) => this.#feed.insertHandle(id) ?? -1 };
    for (const { insert, table } of await tablesOf(this.#module, scene, { inserts })) {
      this.#tables.put(insert, table);
    }
    this.#tables.step(this.engine);
  }

  /** What begins afresh: play, seek or stop. */
  command(write: (out: CommandWriter) => void): void {
    const out = new CommandWriter();
    write(out);
    this.#capture.jump();
    this.engine.apply(out.take());
  }

  /** Runs quanta of the given sizes; returns by how many frames the transport advanced. */
  async run(quanta: number, frames: () => number = () => quantumFrames): Promise<number> {
    let advanced = 0;
    if (this.#quanta === 0) await this.#bringTables();
    for (let quantum = 0; quantum < quanta; quantum++) {
      await this.#deliver();
      this.#tables.step(this.engine);
      const count = this.engine.process(frames());
      this.#capture.take(this.engine, count);
      advanced += count;
      this.#ask();
      this.#quanta++;
    }
    return advanced;
  }

  /** Runs after a command until the transport has advanced by so many frames that count, and returns those. */
  async record(frames: number, size: () => number = () => quantumFrames): Promise<Stereo> {
    this.#left = [];
    this.#right = [];
    this.#capture.set(true);
    await this.#bringTables();
    let left = frames;
    for (let tries = 0, begun = false; left > 0; tries++) {
      if (tries > 100_000) throw new Error('the transport does not get on');
      const advanced = await this.run(1, size);
      if (advanced > 0 && !begun) left += this.engine.telemetry[telemetryFields.latencyFrames] as number;
      begun ||= advanced > 0;
      left -= advanced;
    }
    this.#capture.set(false);
    return { left: joined(this.#left).slice(0, frames), right: joined(this.#right).slice(0, frames) };
  }

  delete(): void {
    this.engine.delete();
  }

  #open(id: string): Promise<PcmSource> {
    return openPcm(new MemoryReader(this.#files.get(id) as Uint8Array), this.#module);
  }

  async #deliver(): Promise<void> {
    const due = this.#inWork.filter((page) => page.due <= this.#quanta);
    this.#inWork = this.#inWork.filter((page) => page.due > this.#quanta);
    for (const { source, page, samples } of due) {
      const sound = await samples;
      if (sound) this.engine.supply(source, page, sound);
    }
  }

  #ask(): void {
    if (this.engine.takeFlush()) this.#inWork = [];
    const pairs = this.engine.takeRequests(32);
    for (let pair = 0; pair < pairs; pair++) {
      const source = this.engine.requests[2 * pair] as number;
      const page = this.engine.requests[2 * pair + 1] as number;
      const samples = this.#sources.get(source)?.then(async (pcm) => (await pcm.readPages(page, 1))[0]);
      if (samples) this.#inWork.push({ source, page, samples, due: this.#quanta + this.#delay() });
    }
  }
}

function joined(pieces: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
