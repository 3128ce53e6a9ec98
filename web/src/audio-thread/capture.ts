import type { EngineHost } from '../engine/engineHost';
import { telemetryFields } from '../generated/engineLayout';
import type { FromProcessor } from './protocol';

const chunkFrames = 8192;

type Post = (message: Extract<FromProcessor, { kind: 'captured' }>, transfer: Transferable[]) => void;

/**
 * Records what the transport advanced by, so that it can be held against an export: after a jump it leaves out the frames
 * by which the mix is late. Off, it costs nothing.
 */
export class TapCapture {
  readonly #post: Post;
  #on = false;
  #left = new Float32Array(0);
  #right = new Float32Array(0);
  #used = 0;
  #jumped = true;
  /** Frames that are still to be left out. */
  #late = 0;

  constructor(post: Post) {
    this.#post = post;
  }

  set(on: boolean): void {
    if (on === this.#on) return;
    if (on) this.#begin();
    else this.#send(true);
    this.#on = on;
  }

  /** The transport starts afresh: what is still inside the devices goes. */
  jump(): void {
    this.#jumped = true;
  }

  take(engine: EngineHost, advancedFrames: number): void {
    if (advancedFrames === 0) return;
    if (this.#jumped) {
      this.#jumped = false;
      this.#late = engine.telemetry[telemetryFields.latencyFrames] as number;
    }
    const first = Math.min(this.#late, advancedFrames);
    this.#late -= first;
    const frames = advancedFrames - first;
    if (!this.#on || frames === 0) return;
    if (this.#used + frames > chunkFrames) this.#send(false);
    const { tapLeft, tapRight } = engine;
    for (let frame = 0; frame < frames; frame++) {
      this.#left[this.#used + frame] = tapLeft[first + frame] as number;
      this.#right[this.#used + frame] = tapRight[first + frame] as number;
    }
    this.#used += frames;
  }

  #begin(): void {
    this.#left = new Float32Array(chunkFrames);
    this.#right = new Float32Array(chunkFrames);
    this.#used = 0;
  }

  #send(last: boolean): void {
    const left = this.#left.slice(0, this.#used);
    const right = this.#right.slice(0, this.#used);
    this.#post({ kind: 'captured', left, right, last }, [left.buffer, right.buffer]);
    this.#used = 0;
  }
}
