import { clipFields, opcodes } from '../generated/engineLayout';

/**
 * Writes the engine's command stream: a flat array of `opcode, argument count, arguments...`. The same numbers go to the
 * audio thread, the render worker, Node and the native renderer.
 */
export class CommandWriter {
  #values: number[] = [];

  get empty(): boolean {
    return this.#values.length === 0;
  }

  sourceAdd(source: number, channels: 1 | 2, frames: number): void {
    this.#write(opcodes.sourceAdd, [source, channels, frames]);
  }

  sourceRemove(source: number): void {
    this.#write(opcodes.sourceRemove, [source]);
  }

  /** All tracks in their order. Those that are new are born with default parameters, those that are missing go. */
  trackList(tracks: readonly number[]): void {
    this.#write(opcodes.trackList, [tracks.length, ...tracks]);
  }

  trackParam(track: number, index: number, value: number): void {
    this.#write(opcodes.trackParam, [track, index, value]);
  }

  /** 1: every clip's source is mono (pan is constant power), 2: stereo (pan is balance). */
  trackChannels(track: number, channels: 1 | 2): void {
    this.#write(opcodes.trackChannels, [track, channels]);
  }

  /** `clips` holds `clipFields` numbers a clip: source start offset length gainDb fadeIn fadeInCurve fadeOut fadeOutCurve. */
  trackClips(track: number, clips: readonly number[]): void {
    this.#write(opcodes.trackClips, [track, clips.length / clipFields, ...clips]);
  }

  masterParam(index: number, value: number): void {
    this.#write(opcodes.masterParam, [index, value]);
  }

  loop(on: boolean, startFrame: number, endFrame: number): void {
    this.#write(opcodes.loop, [on ? 1 : 0, startFrame, endFrame]);
  }

  play(): void {
    this.#write(opcodes.play, []);
  }

  stop(): void {
    this.#write(opcodes.stop, []);
  }

  seek(frame: number): void {
    this.#write(opcodes.seek, [frame]);
  }

  /** `track` is a handle, allTracks or masterTrack. */
  resetPeaks(track: number): void {
    this.#write(opcodes.resetPeaks, [track]);
  }

  monitor(gainDb: number, dim: boolean, mono: boolean): void {
    this.#write(opcodes.monitor, [gainDb, dim ? 1 : 0, mono ? 1 : 0]);
  }

  /** What was written since the last time. */
  take(): Float64Array<ArrayBuffer> {
    const commands = Float64Array.from(this.#values);
    this.#values = [];
    return commands;
  }

  #write(opcode: number, args: readonly number[]): void {
    this.#values.push(opcode, args.length);
    for (const arg of args) this.#values.push(arg);
  }
}
