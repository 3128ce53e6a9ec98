import { type Accessor, createMemo, createSignal, untrack } from 'solid-js';
import { CommandWriter } from '../engine/encodeCommands';
import type { EngineScene } from './compile';
import type { StudioMessages } from './messageTypes';
import { heardFrame } from './playhead';
import type { Telemetry } from './telemetry';
import type { StudioTransport } from './transportTypes';

/** What the transport needs of the audio session. */
export interface TransportSession {
  readonly telemetry: Pick<Telemetry, 'refresh' | 'get'> | null;
  readonly commandsSent: number;
  heardTime(): number;
  open(): Promise<void>;
  resume(): Promise<void>;
  send(out: CommandWriter, jump?: boolean): boolean;
  close(): Promise<void>;
}

const watchMs = 30;
const stalledMs = 3000;

/** Play, stop and the playhead. Keeps the position itself while there is no engine. */
export class Transport implements StudioTransport {
  readonly playing: Accessor<boolean>;
  readonly canPlay: Accessor<boolean>;
  readonly restFrame: Accessor<number>;
  readonly songEndFrame: Accessor<number>;
  readonly #setPlaying: (on: boolean) => void;
  readonly #setRest: (frame: number) => void;
  readonly #session: TransportSession;
  readonly #scene: Accessor<EngineScene>;
  readonly #messages: StudioMessages;
  /** Where playing began: stop() goes back there. */
  #startFrame = 0;
  #jumpFrame = 0;
  /** Counts starts, so that one that waits for the device notices that it has been taken back. */
  #starts = 0;
  #jumpCommand = 0;
  /** The number of the command that stopped the engine, until it is known where it stopped. */
  #settling: number | null = null;
  #watch: ReturnType<typeof setInterval> | undefined;
  #lastTime = 0;
  #lastMoved = 0;

  constructor(session: TransportSession, scene: Accessor<EngineScene>, messages: StudioMessages) {
    this.#session = session;
    this.#scene = scene;
    this.#messages = messages;
    const [playing, setPlaying] = createSignal(false);
    const [restFrame, setRest] = createSignal(0);
    this.playing = playing;
    this.restFrame = restFrame;
    this.#setPlaying = setPlaying;
    this.#setRest = setRest;
    this.songEndFrame = createMemo(() => scene().endFrame);
    this.canPlay = createMemo(() => scene().endFrame > 0);
  }

  play(): void {
    if (untrack(this.playing) || !untrack(this.canPlay)) return;
    this.#settle();
    this.#setPlaying(true);
    void this.#start(++this.#starts);
  }

  pause(): void {
    if (!untrack(this.playing)) return;
    this.#starts++;
    this.#setRest(Math.round(this.positionFrames()));
    this.#setPlaying(false);
    const out = new CommandWriter();
    out.stop();
    if (this.#session.send(out)) this.#settling = this.#session.commandsSent;
  }

  stop(): void {
    if (!untrack(this.playing)) {
      this.seek(0);
      return;
    }
    this.pause();
    this.seek(this.#startFrame);
  }

  toggle(): void {
    if (untrack(this.playing)) this.pause();
    else this.play();
  }

  seek(frame: number): void {
    const at = Math.max(0, Math.round(frame));
    this.#settling = null;
    this.#setRest(at);
    this.#startFrame = at;
    const out = new CommandWriter();
    out.seek(at);
    this.#jump(out, at);
  }

  returnToStart(): void {
    this.seek(0);
  }

  positionFrames(): number {
    const telemetry = this.#session.telemetry;
    if (!untrack(this.playing) || !telemetry) {
      this.#settle();
      return untrack(this.restFrame);
    }
    telemetry.refresh();
    if (telemetry.get('commandsApplied') < this.#jumpCommand) return this.#jumpFrame;
    const moving = telemetry.get('playing') === 1 && telemetry.get('holding') === 0;
    return this.#heardAt(telemetry, this.#session.heardTime(), moving);
  }

  /** What leaves the engine at a time comes out of the mix as late as its devices make it. */
  #heardAt(telemetry: Pick<Telemetry, 'get'>, time: number, moving: boolean): number {
    const { loop, sampleRateHz } = untrack(this.#scene);
    const report = {
      positionFrames: telemetry.get('positionFrames'),
      contextTime: telemetry.get('contextTime'),
      moving,
      framesSinceJump: telemetry.get('framesSinceJump'),
      jumpFrame: this.#jumpFrame,
    };
    return heardFrame(report, time - telemetry.get('latencyFrames') / sampleRateHz, sampleRateHz, loop);
  }

  /** What a new engine must know: where the playhead is. */
  writeSetup(out: CommandWriter): void {
    this.#jumpFrame = untrack(this.restFrame);
    this.#jumpCommand = 0;
    out.seek(this.#jumpFrame);
  }

  /** Sound went away without being told to. */
  interrupted(): void {
    if (untrack(this.playing)) this.pause();
  }

  async #start(ticket: number): Promise<void> {
    try {
      await this.#session.open();
      await this.#session.resume();
    } catch (error) {
      if (ticket !== this.#starts) return;
      this.#setPlaying(false);
      const reason = error instanceof Error ? error.message : String(error);
      this.#messages.say(`Sound could not be started: ${reason}`, 'alert');
      return;
    }
    if (ticket !== this.#starts) return;
    const { endFrame, loop } = untrack(this.#scene);
    const rest = untrack(this.restFrame);
    const beyond = rest >= endFrame && !(loop.on && rest < loop.endFrame);
    const out = new CommandWriter();
    if (beyond) out.seek(0);
    out.play();
    this.#startFrame = beyond ? 0 : rest;
    this.#setRest(this.#startFrame);
    this.#jump(out, this.#startFrame);
    this.#lastMoved = performance.now();
    this.#watch ??= setInterval(() => this.#look(), watchMs);
  }

  #jump(out: CommandWriter, frame: number): void {
    this.#jumpFrame = frame;
    if (this.#session.send(out, true)) this.#jumpCommand = this.#session.commandsSent;
  }

  /** Takes over where the engine stopped, once it says so: what was still inside the devices is played again. */
  #settle(): void {
    const telemetry = this.#session.telemetry;
    if (this.#settling === null || !telemetry) return;
    telemetry.refresh();
    if (telemetry.get('commandsApplied') < this.#settling) return;
    this.#settling = null;
    this.#setRest(Math.round(this.#heardAt(telemetry, telemetry.get('contextTime'), true)));
  }

  /** While playing: ends at the end of the song, and notices a device that stands still. */
  #look(): void {
    this.#settle();
    if (!untrack(this.playing)) {
      if (this.#settling !== null) return;
      clearInterval(this.#watch);
      this.#watch = undefined;
      return;
    }
    const { endFrame, loop } = untrack(this.#scene);
    const position = this.positionFrames();
    if (position >= endFrame && !(loop.on && position < loop.endFrame)) {
      this.pause();
      this.seek(endFrame);
      return;
    }
    this.#watchDevice();
  }

  #watchDevice(): void {
    const time = this.#session.telemetry?.get('contextTime') ?? 0;
    const now = performance.now();
    if (time !== this.#lastTime) {
      this.#lastTime = time;
      this.#lastMoved = now;
    } else if (now - this.#lastMoved > stalledMs) {
      this.pause();
      this.#messages.say('The sound device does not take any sound.', 'alert', {
        label: 'Start it again',
        run: () => void this.#session.close().then(() => this.play()),
      });
    }
  }
}
