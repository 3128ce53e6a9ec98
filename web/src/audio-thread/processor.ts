import { CommandError, EngineHost } from '../engine/engineHost';
import { instantiateEngine } from '../engine/loadModule';
import { connectPageInlet, type PageInlet } from '../engine/pageLink';
import { telemetryFields as engineFields, levelFloats, quantumFrames } from '../generated/engineLayout';
import { TapCapture } from './capture';
import { ProbeFeed } from './probeFeed';
import {
  type FromProcessor,
  firstLoudnessNumber,
  loudnessNumbers,
  type ProcessorOptions,
  processorName,
  type ToProcessor,
  telemetryFields,
  telemetryNumbers,
} from './protocol';
import { TableIntake } from './tableIntake';
import { levelNumbers, TelemetryMemory } from './telemetryMemory';
import { warmUp } from './warmUp';

const pageSlots = 1500;
/** Pages and requests that one quantum takes on, so that none of them runs late. */
const pagesPerQuantum = 8;
const requestsPerQuantum = 32;
/** Without shared memory telemetry is posted this often: about every 16 ms. */
const quantaPerTelemetry = 6;

/** The engine in the audio thread: takes commands and pages between quanta, plays, reports. */
class MixwellProcessor extends AudioWorkletProcessor {
  #engine: EngineHost | null = null;
  #inlet: PageInlet | null = null;
  #ended = false;
  readonly #waiting: Float64Array[] = [];
  readonly #capture = new TapCapture((message, transfer) => this.#post(message, transfer));
  readonly #tables = new TableIntake();
  readonly #probes: ProbeFeed;
  readonly #memory: TelemetryMemory | null;
  readonly #values: Float64Array;
  readonly #levels: Float32Array;
  #framesSinceJump = 0;
  #commandsApplied = 0;
  #quantaSinceTelemetry = 0;

  constructor({ processorOptions }: { processorOptions: ProcessorOptions }) {
    super();
    this.#memory = processorOptions.telemetry && new TelemetryMemory(processorOptions.telemetry);
    this.#probes = new ProbeFeed(processorOptions.probes, (message, transfer) =>
      this.#post(message, transfer),
    );
    this.#values = this.#memory?.values ?? new Float64Array(telemetryNumbers);
    this.#levels = this.#memory?.levels ?? new Float32Array(levelNumbers);
    this.port.onmessage = ({ data }: MessageEvent<ToProcessor>) => this.#receive(data);
    this.#start(processorOptions.module).catch((error: unknown) => this.#fail(error));
  }

  process(_inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    if (this.#ended) return false;
    const output = outputs[0];
    if (!this.#engine || !output) return true;
    try {
      this.#takePages(this.#engine);
      this.#tables.step(this.#engine);
      this.#play(this.#engine, output);
      this.#askForPages(this.#engine);
      this.#report(this.#engine);
    } catch (error) {
      this.#fail(error);
    }
    return !this.#ended;
  }

  async #start(module: WebAssembly.Module): Promise<void> {
    const instance = await instantiateEngine(module);
    warmUp(instance, sampleRate);
    this.#engine = new EngineHost(instance, { sampleRateHz: sampleRate, pageSlots });
    this.#post({ kind: 'ready' });
    for (const values of this.#waiting.splice(0)) this.#give(this.#engine, values);
  }

  #receive(message: ToProcessor): void {
    try {
      if (message.kind === 'commands') this.#apply(message.values, message.jump);
      else if (message.kind === 'link') this.#inlet = connectPageInlet(message.link);
      else if (message.kind === 'capture') this.#capture.set(message.on);
      else if (message.kind === 'watch') this.#probes.watch(message.probe, message.on);
      else if (message.kind === 'table') this.#tables.put(message.insert, message.table);
      else this.#end();
    } catch (error) {
      this.#fail(error);
    }
  }

  #apply(values: Float64Array, jump: boolean): void {
    this.#commandsApplied++;
    if (jump) {
      this.#framesSinceJump = 0;
      this.#capture.jump();
    }
    if (this.#engine) this.#give(this.#engine, values);
    else this.#waiting.push(values);
  }

  #give(engine: EngineHost, values: Float64Array): void {
    try {
      engine.apply(values);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      this.#post({ kind: 'refused', message: error.message });
    }
  }

  #takePages(engine: EngineHost): void {
    const inlet = this.#inlet;
    if (!inlet) return;
    for (let taken = 0; taken < pagesPerQuantum && inlet.length > 0; taken++) {
      engine.supply(inlet.source, inlet.page, inlet.samples);
      inlet.pop();
    }
  }

  /** The engine runs in quanta of its own: should the context's be longer or shorter one day, it follows. */
  #play(engine: EngineHost, output: Float32Array[]): void {
    const left = output[0];
    if (!left) return;
    const right = output[1] ?? left;
    if (left.length === quantumFrames) {
      this.#capture.take(engine, this.#advance(engine, quantumFrames));
      left.set(engine.monitorLeft);
      right.set(engine.monitorRight);
      return;
    }
    for (let done = 0; done < left.length; done += quantumFrames) {
      const frames = Math.min(quantumFrames, left.length - done);
      this.#capture.take(engine, this.#advance(engine, frames));
      left.set(engine.monitorLeft.subarray(0, frames), done);
      right.set(engine.monitorRight.subarray(0, frames), done);
    }
  }

  #advance(engine: EngineHost, frames: number): number {
    const advanced = engine.process(frames);
    this.#framesSinceJump += advanced;
    if (advanced > 0) this.#probes.take(engine, advanced);
    return advanced;
  }

  #askForPages(engine: EngineHost): void {
    const inlet = this.#inlet;
    if (!inlet) return;
    if (engine.takeFlush()) inlet.forget();
    const room = inlet.requestRoom();
    const pairs = engine.takeRequests(Math.min(room, requestsPerQuantum));
    for (let pair = 0; pair < pairs; pair++) {
      inlet.request(engine.requests[2 * pair] as number, engine.requests[2 * pair + 1] as number);
    }
    inlet.flush();
  }

  #report(engine: EngineHost): void {
    const memory = this.#memory;
    memory?.beginWrite();
    const values = this.#values;
    const from = engine.telemetry;
    values[telemetryFields.positionFrames] = from[engineFields.positionFrames] as number;
    values[telemetryFields.playing] = from[engineFields.playing] as number;
    values[telemetryFields.starvedBlocks] = from[engineFields.starvedBlocks] as number;
    values[telemetryFields.holding] = from[engineFields.holding] as number;
    values[telemetryFields.latencyFrames] = from[engineFields.latencyFrames] as number;
    values[telemetryFields.framesSinceJump] = this.#framesSinceJump;
    values[telemetryFields.contextTime] = (currentFrame + quantumFrames) / sampleRate;
    values[telemetryFields.commandsApplied] = this.#commandsApplied;
    const loudness = engineFields['tap.momentaryLufs'];
    for (let reading = 0; reading < loudnessNumbers; reading++) {
      values[firstLoudnessNumber + reading] = from[loudness + reading] as number;
    }
    if (memory) {
      this.#levels.set(engine.levels);
      memory.endWrite();
    } else if (++this.#quantaSinceTelemetry >= quantaPerTelemetry) {
      this.#quantaSinceTelemetry = 0;
      const strips = 1 + (from[engineFields.trackCount] as number);
      this.#post({ kind: 'telemetry', values, levels: engine.levels.slice(0, levelFloats * strips) });
    }
  }

  #post(message: FromProcessor, transfer: Transferable[] = []): void {
    this.port.postMessage(message, transfer);
  }

  /** From here on there is silence; said once. */
  #fail(error: unknown): void {
    if (this.#ended) return;
    this.#end();
    this.#post({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }

  #end(): void {
    this.#ended = true;
    this.#engine?.delete();
    this.#engine = null;
  }
}

registerProcessor(processorName, MixwellProcessor);
