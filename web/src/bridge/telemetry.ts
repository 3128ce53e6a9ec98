import { type FromProcessor, telemetryFields, telemetryNumbers } from '../audio-thread/protocol';
import { levelNumbers, TelemetryMemory } from '../audio-thread/telemetryMemory';

/** What the page knows of the audio thread: the latest copy, from shared memory or from messages. */
export class Telemetry {
  /** Master, then tracks in order. */
  readonly levels = new Float32Array(levelNumbers);
  readonly #values = new Float64Array(telemetryNumbers);
  readonly #memory: TelemetryMemory | null;

  constructor(memory: SharedArrayBuffer | null) {
    this.#memory = memory && new TelemetryMemory(memory);
  }

  /** Takes a new copy from shared memory. */
  refresh(): void {
    this.#memory?.read(this.#values, this.levels);
  }

  receive(message: Extract<FromProcessor, { kind: 'telemetry' }>): void {
    this.#values.set(message.values);
    this.levels.fill(0);
    this.levels.set(message.levels);
  }

  get(field: keyof typeof telemetryFields): number {
    return this.#values[telemetryFields[field]] ?? 0;
  }
}
