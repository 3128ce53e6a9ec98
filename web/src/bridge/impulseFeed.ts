import { type ImpulseSpec, specKey } from '../engine/impulseTables';
import type { PoolAddress } from '../workers/stream/protocol';
import type { EngineScene } from './compile';
import { sceneImpulses } from './sceneImpulses';

export interface ImpulseFeedOptions {
  readonly session: {
    /** Another object for each engine, null without one. */
    readonly probes: object | null;
    insertHandle(insertId: string): number | undefined;
    sendTable(insert: number, table: Float32Array<ArrayBuffer> | null): void;
    sync(): void;
  };
  bake(
    spec: ImpulseSpec,
    sampleRateHz: number,
    source: PoolAddress | null,
  ): Promise<Float32Array<ArrayBuffer> | null>;
  /** Where an impulse of the project lies; null for one that is built in or unknown. */
  address(impulseId: string): PoolAddress | null;
  onFailed(impulseId: string, reason: string): void;
}

interface Sent {
  readonly key: string;
  readonly handle: number;
  readonly arrival: Promise<void>;
}

/** A hand that turns a knob has come to rest for so long before a table is made. */
const restMs = 120;
const keptTables = 4;

/** Sees to it that each convolution in the audio thread has the table of its impulse. */
export class ImpulseFeed {
  readonly #options: ImpulseFeedOptions;
  readonly #tables = new Map<string, Promise<Float32Array<ArrayBuffer> | null>>();
  #sent = new Map<string, Sent>();
  #engine: object | null = null;
  #scene: EngineScene | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ImpulseFeedOptions) {
    this.#options = options;
  }

  setScene(scene: EngineScene): void {
    this.#scene = scene;
    if (sceneImpulses(scene).size === 0 && this.#sent.size === 0) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#send(), restMs);
  }

  /** A source has come, or is another than it was. */
  renew(sourceId: string): void {
    for (const key of this.#tables.keys()) if (key.includes(sourceId)) this.#tables.delete(key);
    for (const [id, { key }] of this.#sent) if (key.includes(sourceId)) this.#sent.delete(id);
    if (this.#scene) this.setScene(this.#scene);
  }

  /** Resolves when all that the scene wants is on its way into the engine. */
  async settle(): Promise<void> {
    clearTimeout(this.#timer);
    this.#send();
    await Promise.all([...this.#sent.values()].map(({ arrival }) => arrival));
  }

  #send(): void {
    const { session } = this.#options;
    const scene = this.#scene;
    if (!scene || !session.probes) return;
    if (session.probes !== this.#engine) {
      this.#engine = session.probes;
      this.#sent.clear();
    }
    const wanted = sceneImpulses(scene);
    if (wanted.size > 0) session.sync();
    const sent = new Map<string, Sent>();
    for (const [id, spec] of wanted) {
      const handle = session.insertHandle(id);
      if (handle === undefined) continue;
      const key = `${scene.sampleRateHz} ${specKey(spec)}`;
      const before = this.#sent.get(id);
      if (before?.key === key && before.handle === handle) sent.set(id, before);
      else {
        const arrival = this.#bring(id, handle, key, spec, scene.sampleRateHz);
        sent.set(id, { key, handle, arrival });
      }
    }
    for (const [id, { handle }] of this.#sent)
      if (sent.get(id)?.handle !== handle) session.sendTable(handle, null);
    this.#sent = sent;
  }

  async #bring(id: string, handle: number, key: string, spec: ImpulseSpec, rateHz: number): Promise<void> {
    const engine = this.#engine;
    try {
      const table = await this.#table(key, spec, rateHz);
      const current = this.#sent.get(id);
      if (this.#engine !== engine || current?.key !== key || current.handle !== handle) return;
      if (table) this.#options.session.sendTable(handle, table.slice());
    } catch (error) {
      this.#options.onFailed(spec.impulseId, error instanceof Error ? error.message : String(error));
    }
  }

  #table(key: string, spec: ImpulseSpec, rateHz: number): Promise<Float32Array<ArrayBuffer> | null> {
    const known = this.#tables.get(key);
    if (known) return known;
    const made = this.#options.bake(spec, rateHz, this.#options.address(spec.impulseId));
    this.#tables.set(key, made);
    made.then(
      (table) => table ?? this.#tables.delete(key),
      () => this.#tables.delete(key),
    );
    const [oldest] = this.#tables.keys();
    if (this.#tables.size > keptTables && oldest !== undefined) this.#tables.delete(oldest);
    return made;
  }
}
