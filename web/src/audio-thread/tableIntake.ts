import type { EngineHost } from '../engine/engineHost';
import { telemetryFields } from '../generated/engineLayout';

/** Copied in a few hundredths of a millisecond. */
const floatsPerQuantum = 16384;

/**
 * Tables on their way into the engine, a slice each quantum, so that none of them runs late. While nothing plays all are taken
 * at once: what is played next has them from its first frame on.
 */
export class TableIntake {
  #waiting: { readonly insert: number; readonly table: Float32Array }[] = [];
  /** How much of the first one is copied. */
  #done = 0;

  /** Takes the place of a table for the same insert that still waits; null only takes that one away. */
  put(insert: number, table: Float32Array | null): void {
    if (this.#waiting[0]?.insert === insert) this.#done = 0;
    this.#waiting = this.#waiting.filter((other) => other.insert !== insert);
    if (table) this.#waiting.push({ insert, table });
  }

  step(engine: EngineHost): void {
    if (this.#waiting.length === 0) return;
    if (engine.telemetry[telemetryFields.playing] === 1) {
      this.#copy(engine, floatsPerQuantum);
      return;
    }
    engine.makeDevices();
    for (let tries = this.#waiting.length; tries > 0; tries--) this.#copy(engine, Number.MAX_SAFE_INTEGER);
  }

  #copy(engine: EngineHost, mostFloats: number): void {
    const first = this.#waiting[0];
    if (!first) return;
    const to = Math.min(first.table.length, this.#done + mostFloats);
    if (engine.copyTable(first.insert, first.table, this.#done, to)) this.#done = to;
    else this.#later();
    if (this.#done < first.table.length) return;
    this.#waiting.shift();
    this.#done = 0;
  }

  /** One that is not taken now does not hold up the others. */
  #later(): void {
    this.#done = 0;
    const first = this.#waiting.shift();
    if (first) this.#waiting.push(first);
  }
}
