import { type Accessor, createSignal } from 'solid-js';
import type { ProbeRings } from '../audio-thread/probeRings';
import type { FromProcessor } from '../audio-thread/protocol';
import { CommandWriter } from '../engine/encodeCommands';
import { createPageLink, type StreamLinkInit } from '../engine/pageLink';
import { AudioDevice } from './audioDevice';
import type { EngineScene } from './compile';
import { SceneFeed, type SourceOpener } from './sceneFeed';
import type { AudioState } from './studioTypes';
import type { Telemetry } from './telemetry';

export interface Stream extends SourceOpener {
  dispose(): void;
}

export interface AudioSessionOptions<S extends Stream> {
  readonly engineModule: Promise<WebAssembly.Module>;
  /** Makes the stream worker at one end of a new link. */
  openStream(link: StreamLinkInit): S;
  /** What was asked of the stream before will not be answered any more. */
  onStreamReplaced(): void;
  /** The output to play on; '' is the system's default. */
  outputId(): string;
  /** Writes what a new engine must know besides the scene. */
  writeSetup(out: CommandWriter): void;
  /** Sound stopped without being told to; `reason` is a sentence. */
  onInterrupted(reason: string): void;
  /** Sends what a new engine is to have before it plays. */
  beforePlay(): Promise<void>;
  onRefused(reason: string): void;
  onCaptured(message: Extract<FromProcessor, { kind: 'captured' }>): void;
}

/**
 * The audio thread's engine, kept in step with the scene. There is none before open(); it is made anew when the scene's
 * sample rate changes, and after the device was lost.
 */
export class AudioSession<S extends Stream> {
  readonly state: Accessor<AudioState>;
  readonly #setState: (state: AudioState) => void;
  readonly #options: AudioSessionOptions<S>;
  readonly #shared = globalThis.crossOriginIsolated === true;
  #stream: { client: S; link: StreamLinkInit | null } | null = null;
  #device: AudioDevice | null = null;
  #opening: Promise<void> | null = null;
  #feed: SceneFeed | null = null;
  #scene: EngineScene | null = null;
  #scheduled = false;
  #commandsSent = 0;
  #capturing = false;

  constructor(options: AudioSessionOptions<S>) {
    this.#options = options;
    const [state, setState] = createSignal<AudioState>('off');
    this.state = state;
    this.#setState = setState;
  }

  /** The stream worker: also reads waveforms and samples for the painter. */
  get stream(): S {
    return this.#currentStream().client;
  }

  /** Null while there is no engine in the audio thread. */
  get telemetry(): Telemetry | null {
    return this.#device?.telemetry ?? null;
  }

  /** Null while there is no engine in the audio thread; another one for each engine. */
  get probes(): ProbeRings | null {
    return this.#device?.probes ?? null;
  }

  get sampleRateHz(): number {
    return this.#scene?.sampleRateHz ?? 48000;
  }

  /** The context's time of what is heard now; 0 without a device. */
  heardTime(): number {
    return this.#device?.heardTime() ?? 0;
  }

  /** How many command messages were sent to the present engine: telemetry counts those that it has applied. */
  get commandsSent(): number {
    return this.#commandsSent;
  }

  /** The engine follows with the next animation frame, or with the next commands if they come before. */
  setScene(scene: EngineScene): void {
    const other = this.#scene !== null && this.#scene.sampleRateHz !== scene.sampleRateHz;
    this.#scene = scene;
    if (other) void this.#reopenAt();
    else if (!this.#scheduled && this.#device) {
      this.#scheduled = true;
      atNextFrame(() => {
        this.#scheduled = false;
        this.#sync();
      });
    }
  }

  /** Resolves when the engine stands in the audio thread and the device runs, or waits for a gesture. */
  open(): Promise<void> {
    this.#opening ??= this.#open().catch((error: unknown) => {
      this.#opening = null;
      this.#dropUsedStream();
      this.#setState('failed');
      throw error;
    });
    return this.#opening;
  }

  /** Asks the browser to let sound out. */
  async resume(): Promise<void> {
    await this.#options.beforePlay();
    if (this.#device && this.#device.state !== 'running') await this.#device.resume();
  }

  /** Sends commands, after what the scene still lacks; true when there was an engine to send them to. */
  send(out: CommandWriter, jump = false): boolean {
    if (!this.#device) return false;
    this.#sync();
    this.#post(out.take(), jump);
    return true;
  }

  /** A source's sound has come, or changed, since the engine asked for it. */
  renewSource(sourceId: string): void {
    this.#sync();
    this.#post(this.#feed?.renew(sourceId) ?? null, false);
  }

  trackHandle(trackId: string): number | undefined {
    return this.#feed?.trackHandle(trackId);
  }

  insertHandle(insertId: string): number | undefined {
    return this.#feed?.insertHandle(insertId);
  }

  /** The audio thread hands over what a probe sees, or no more. */
  watch(probe: number, on: boolean): void {
    this.#device?.post({ kind: 'watch', probe, on });
  }

  /** Brings a table on its way to an insert; null takes back one that has not arrived. */
  sendTable(insert: number, table: Float32Array<ArrayBuffer> | null): void {
    this.#device?.post({ kind: 'table', insert, table }, table ? [table.buffer] : []);
  }

  capture(on: boolean): void {
    this.#capturing = on;
    this.#device?.post({ kind: 'capture', on });
  }

  async setOutput(id: string): Promise<void> {
    await this.#device?.setOutput(id);
  }

  /** Ends the engine and its device; open() makes new ones. */
  async close(): Promise<void> {
    await this.#opening?.catch(() => {});
    this.#opening = null;
    const device = this.#device;
    this.#device = null;
    this.#feed?.end();
    this.#feed = null;
    this.#dropUsedStream();
    this.#setState('off');
    await device?.close();
  }

  async #open(): Promise<void> {
    this.#setState('starting');
    const module = await this.#options.engineModule;
    const stream = this.#currentStream();
    const link = stream.link;
    if (!link) throw new Error('The stream is in use.');
    stream.link = null;
    const device = await AudioDevice.open({
      sampleRateHz: this.sampleRateHz,
      module,
      link,
      sharedMemory: this.#shared,
      outputId: this.#options.outputId(),
      onState: (state) => this.#deviceState(state),
      onFailed: (reason) => this.#lose(reason),
      onRefused: this.#options.onRefused,
      onCaptured: this.#options.onCaptured,
    });
    this.#device = device;
    this.#commandsSent = 0;
    this.#feed = new SceneFeed(stream.client);
    const out = new CommandWriter();
    this.#options.writeSetup(out);
    this.send(out, true);
    if (this.#capturing) this.capture(true);
    this.#setState(device.state === 'running' ? 'running' : 'suspended');
  }

  #currentStream() {
    if (!this.#stream) {
      const ends = createPageLink(this.#shared);
      this.#stream = { client: this.#options.openStream(ends.worker), link: ends.audio };
    }
    return this.#stream;
  }

  /** A link has one life: what an engine has used is of no use to the next one. */
  #dropUsedStream(): void {
    if (this.#stream?.link !== null) return;
    this.#stream.client.dispose();
    this.#stream = null;
    this.#options.onStreamReplaced();
  }

  /** Tells the engine of the scene now. */
  sync(): void {
    this.#sync();
  }

  #sync(): void {
    if (this.#feed && this.#scene) this.#post(this.#feed.advance(this.#scene), false);
  }

  #post(values: Float64Array<ArrayBuffer> | null, jump: boolean): void {
    if (!this.#device || !values) return;
    this.#device.post({ kind: 'commands', values, jump }, [values.buffer]);
    this.#commandsSent++;
  }

  #deviceState(state: AudioContextState): void {
    const before = this.state();
    this.#setState(state === 'running' ? 'running' : 'suspended');
    if (before === 'running' && state !== 'running') {
      this.#options.onInterrupted('The browser or the system has interrupted the sound.');
    }
  }

  #lose(reason: string): void {
    void this.close().then(() => this.#setState('failed'));
    this.#options.onInterrupted(`Playing stopped: ${reason}`);
  }

  async #reopenAt(): Promise<void> {
    if (!this.#opening) return;
    await this.close();
    await this.open().catch(() => {});
  }
}

function atNextFrame(run: () => void): void {
  if (document.visibilityState === 'visible') requestAnimationFrame(run);
  else setTimeout(run, 16);
}
