import type { EngineHost } from '../engine/engineHost';
import { probeCount } from '../generated/engineLayout';
import { ProbeRings, probeStride } from './probeRings';
import type { FromProcessor } from './protocol';

/** Without shared memory what was seen is posted this often: about every 16 ms. */
const framesPerMessage = 768;

type Post = (message: Extract<FromProcessor, { kind: 'probed' }>, transfer: Transferable[]) => void;

/** Hands the page what the probes see that it looks at. */
export class ProbeFeed {
  readonly #rings: ProbeRings;
  readonly #shared: boolean;
  readonly #post: Post;
  readonly #watched = new Uint8Array(probeCount);
  #count = 0;
  #unsent = 0;

  constructor(memory: SharedArrayBuffer | null, post: Post) {
    this.#shared = memory !== null;
    this.#rings = new ProbeRings(memory ?? new ArrayBuffer(ProbeRings.byteLength));
    this.#post = post;
  }

  watch(probe: number, on: boolean): void {
    this.#watched[probe] = on ? 1 : 0;
    this.#count = this.#watched.reduce((sum, one) => sum + one, 0);
  }

  take(engine: EngineHost, frames: number): void {
    if (this.#count === 0) return;
    for (let probe = 0; probe < probeCount; probe++) {
      const seen = engine.probes[probe];
      if (this.#watched[probe] && seen)
        this.#rings.write(probe, seen.sound, probeStride, frames, seen.readouts);
    }
    this.#unsent += frames;
    if (this.#shared || this.#unsent < framesPerMessage) return;
    for (let probe = 0; probe < probeCount; probe++) if (this.#watched[probe]) this.#send(engine, probe);
    this.#unsent = 0;
  }

  #send(engine: EngineHost, probe: number): void {
    const sound = this.#rings.recent(probe, this.#unsent);
    const readouts = engine.probes[probe]?.readouts.slice() ?? new Float32Array(0);
    this.#post({ kind: 'probed', probe, sound, readouts }, [sound.buffer, readouts.buffer]);
  }
}
