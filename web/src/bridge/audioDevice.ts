import { ProbeRings, probeSounds } from '../audio-thread/probeRings';
import processorUrl from '../audio-thread/processor?worker&url';
import {
  type FromProcessor,
  type ProcessorOptions,
  processorName,
  type ToProcessor,
} from '../audio-thread/protocol';
import { TelemetryMemory } from '../audio-thread/telemetryMemory';
import { linkTransfer, type StreamLinkInit } from '../engine/pageLink';
import { Telemetry } from './telemetry';

export interface AudioDeviceOptions {
  readonly sampleRateHz: number;
  readonly module: WebAssembly.Module;
  readonly link: StreamLinkInit;
  readonly sharedMemory: boolean;
  /** '' is the system's default. */
  readonly outputId: string;
  onState(state: AudioContextState): void;
  /** The processor or the device is gone for good: a sentence. */
  onFailed(reason: string): void;
  /** A command was not taken: what is heard may differ from what is shown. */
  onRefused(reason: string): void;
  onCaptured(message: Extract<FromProcessor, { kind: 'captured' }>): void;
}

type SinkContext = AudioContext & { setSinkId?(id: string): Promise<void> };

/** An audio context with the engine in its worklet. */
export class AudioDevice {
  readonly telemetry: Telemetry;
  readonly probes: ProbeRings;
  readonly #context: SinkContext;
  readonly #node: AudioWorkletNode;
  #closed = false;

  /** Resolves when the engine stands in the audio thread; the context may still be suspended. */
  static async open(options: AudioDeviceOptions): Promise<AudioDevice> {
    const context: SinkContext = new AudioContext({
      sampleRate: options.sampleRateHz,
      latencyHint: 'interactive',
    });
    try {
      if (options.outputId !== '') await context.setSinkId?.(options.outputId).catch(() => {});
      await context.audioWorklet.addModule(processorUrl);
      const device = new AudioDevice(context, options);
      await device.#ready;
      return device;
    } catch (error) {
      await context.close().catch(() => {});
      throw error;
    }
  }

  readonly #ready: Promise<void>;

  private constructor(context: SinkContext, options: AudioDeviceOptions) {
    this.#context = context;
    const telemetryMemory = options.sharedMemory ? TelemetryMemory.create() : null;
    this.telemetry = new Telemetry(telemetryMemory);
    const probeMemory = options.sharedMemory ? new SharedArrayBuffer(ProbeRings.byteLength) : null;
    this.probes = new ProbeRings(probeMemory ?? new ArrayBuffer(ProbeRings.byteLength));
    const processorOptions: ProcessorOptions = {
      module: options.module,
      telemetry: telemetryMemory,
      probes: probeMemory,
    };
    this.#node = new AudioWorkletNode(context, processorName, {
      numberOfInputs: 0,
      numberOfOutputs: 1,
      outputChannelCount: [2],
      processorOptions,
    });
    this.#ready = new Promise((resolve, reject) => {
      const fail = (reason: string) => {
        reject(new Error(reason));
        if (!this.#closed) options.onFailed(reason);
      };
      this.#node.onprocessorerror = () => fail('The audio thread ended by an error.');
      this.#node.port.onmessage = ({ data }: MessageEvent<FromProcessor>) => {
        if (data.kind === 'ready') resolve();
        else if (data.kind === 'failed') fail(data.message);
        else if (data.kind === 'refused') options.onRefused(data.message);
        else if (data.kind === 'telemetry') this.telemetry.receive(data);
        else if (data.kind === 'probed') this.#receiveProbe(data);
        else options.onCaptured(data);
      };
    });
    this.#node.connect(context.destination);
    context.onstatechange = () => {
      if (!this.#closed) options.onState(context.state);
    };
    context.addEventListener('error', () => {
      if (!this.#closed) options.onFailed('The sound device failed.');
    });
    this.post({ kind: 'link', link: options.link }, linkTransfer(options.link));
  }

  #receiveProbe({ probe, sound, readouts }: Extract<FromProcessor, { kind: 'probed' }>): void {
    const frames = sound.length / probeSounds;
    this.probes.write(probe, sound, frames, frames, readouts);
  }

  get state(): AudioContextState {
    return this.#context.state;
  }

  get sampleRateHz(): number {
    return this.#context.sampleRate;
  }

  /** The context's time of what leaves the loudspeaker at this moment. */
  heardTime(): number {
    const { contextTime, performanceTime } = this.#context.getOutputTimestamp();
    if (contextTime !== undefined && performanceTime !== undefined && performanceTime > 0) {
      return contextTime + (performance.now() - performanceTime) / 1000;
    }
    return this.#context.currentTime - (this.#context.outputLatency || this.#context.baseLatency || 0);
  }

  get currentTime(): number {
    return this.#context.currentTime;
  }

  resume(): Promise<void> {
    return this.#context.resume();
  }

  async setOutput(id: string): Promise<void> {
    if (!this.#context.setSinkId) throw new Error('This browser plays on the system’s output only.');
    await this.#context.setSinkId(id);
  }

  post(message: ToProcessor, transfer: Transferable[] = []): void {
    this.#node.port.postMessage(message, transfer);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.post({ kind: 'end' });
    this.#node.disconnect();
    await this.#context.close().catch(() => {});
  }
}
