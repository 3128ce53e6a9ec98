import { type FromProcessor, telemetryFields, telemetryNumbers } from '../audio-thread/protocol';
import { levelNumbers, TelemetryMemory } from '../audio-thread/telemetryMemory';

/** What the page knows of the audio thread: the latest copy, from shared memory or from messages. */
export class Telemetry {
  /** Master, then tracks in order. */
  readonly levels = new Float32Array(levelNumbers);
  readonly #values = new Float64Array(telemetryNumbers);
  readonly #memory: TelemetryMemory | null;
  #refreshedAt = 0;

  constructor(memory: SharedArrayBuffer | null) {
    this.#memory = memory && new TelemetryMemory(memory);
  }

  /** Takes a new copy from shared memory. */
  refresh(): void {
    this.#memory?.read(this.#values, this.levels);
  }

  /** The same, but no more than once in a few milliseconds, however many ask. */
  refreshAtDisplayRate(): void {
    const now = performance.now();
    if (now - this.#refreshedAt < 4) return;
    this.#refreshedAt = now;
    this.refresh();
  }

  receive(message: Extract<FromProcessor, { kind: 'telemetry' }>): void {
    this.#values.set(message.values);
    this.levels.fill(0);
    this.levels.set(message.levels);
  }

  get(field: keyof typeof telemetryFields): number {
    return this.#values[telemetryFields[field]] ?? 0;
  }

  /** By the place of a field. */
  at(place: number): number {
    return this.#values[place] ?? 0;
  }
}
