import type { FromProcessor } from '../audio-thread/protocol';

/** What the audio thread's tap gave while the transport moved. */
export interface CapturedTap {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

/** Puts the pieces of a capture together. */
export class TapRecorder {
  #left: Float32Array[] = [];
  #right: Float32Array[] = [];
  #frames = 0;
  #finished: (() => void) | null = null;

  get frames(): number {
    return this.#frames;
  }

  begin(): void {
    this.#left = [];
    this.#right = [];
    this.#frames = 0;
  }

  receive(message: Extract<FromProcessor, { kind: 'captured' }>): void {
    this.#left.push(message.left);
    this.#right.push(message.right);
    this.#frames += message.left.length;
    if (!message.last) return;
    this.#finished?.();
    this.#finished = null;
  }

  /** Resolves with all of it when the last piece has come. */
  async end(): Promise<CapturedTap> {
    await new Promise<void>((resolve) => {
      this.#finished = resolve;
    });
    return { left: joined(this.#left, this.#frames), right: joined(this.#right, this.#frames) };
  }
}

function joined(pieces: readonly Float32Array[], length: number): Float32Array {
  const whole = new Float32Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
