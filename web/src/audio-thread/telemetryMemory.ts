import { levelFloats, maxTracks } from '../generated/engineLayout';
import { telemetryNumbers } from './protocol';

export const levelNumbers = levelFloats * (1 + maxTracks);

/**
 * Telemetry in shared memory: one writer, any number of readers. A counter that is odd while the writer writes lets a
 * reader tell whether what it copied is of one piece.
 */
export class TelemetryMemory {
  readonly values: Float64Array;
  /** Master, then tracks in order. */
  readonly levels: Float32Array;
  readonly #sequence: Int32Array;

  static create(): SharedArrayBuffer {
    return new SharedArrayBuffer(8 + 8 * telemetryNumbers + 4 * levelNumbers);
  }

  constructor(memory: SharedArrayBuffer) {
    this.#sequence = new Int32Array(memory, 0, 1);
    this.values = new Float64Array(memory, 8, telemetryNumbers);
    this.levels = new Float32Array(memory, 8 + 8 * telemetryNumbers);
  }

  /** Writer. */
  beginWrite(): void {
    Atomics.add(this.#sequence, 0, 1);
  }

  /** Writer. */
  endWrite(): void {
    Atomics.add(this.#sequence, 0, 1);
  }

  /** Reader: copies both, into arrays of the same lengths; false where the writer was always in the way. */
  read(values: Float64Array, levels: Float32Array): boolean {
    for (let attempt = 0; attempt < 8; attempt++) {
      const before = Atomics.load(this.#sequence, 0);
      if (before & 1) continue;
      values.set(this.values);
      levels.set(this.levels);
      if (Atomics.load(this.#sequence, 0) === before) return true;
    }
    return false;
  }
}
