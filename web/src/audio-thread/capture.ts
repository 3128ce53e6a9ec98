import type { EngineHost } from '../engine/engineHost';
import type { FromProcessor } from './protocol';

const chunkFrames = 8192;

type Post = (message: Extract<FromProcessor, { kind: 'captured' }>, transfer: Transferable[]) => void;

/** Records what the transport advanced by, so that it can be held against an export. Off, it costs nothing. */
export class TapCapture {
  readonly #post: Post;
  #on = false;
  #left = new Float32Array(0);
  #right = new Float32Array(0);
  #used = 0;

  constructor(post: Post) {
    this.#post = post;
  }

  set(on: boolean): void {
    if (on === this.#on) return;
    if (on) this.#begin();
    else this.#send(true);
    this.#on = on;
  }

  take(engine: EngineHost, advancedFrames: number): void {
    if (!this.#on || advancedFrames === 0) return;
    if (this.#used + advancedFrames > chunkFrames) this.#send(false);
    const { tapLeft, tapRight } = engine;
    for (let frame = 0; frame < advancedFrames; frame++) {
      this.#left[this.#used + frame] = tapLeft[frame] as number;
      this.#right[this.#used + frame] = tapRight[frame] as number;
    }
    this.#used += advancedFrames;
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
