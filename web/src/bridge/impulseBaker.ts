import type { ImpulseSpec } from '../engine/impulseTables';
import { startWorker } from '../trusted';
import workerUrl from '../workers/impulse/impulseWorker?worker&url';
import type { FromImpulseWorker, ImpulseOutline, ToImpulseWorker } from '../workers/impulse/protocol';
import type { PoolAddress } from '../workers/stream/protocol';

/** The worker that makes tables of impulse responses; it starts with the first one that is wanted. */
export class ImpulseBaker {
  readonly #engine: Promise<WebAssembly.Module>;
  readonly #calls = new Map<number, (answer: FromImpulseWorker) => void>();
  #worker: Promise<Worker> | null = null;
  #count = 0;

  constructor(engine: Promise<WebAssembly.Module>) {
    this.#engine = engine;
  }

  /** Null where there is no such sound; rejects with the reason where it can't be read. */
  async bake(
    spec: ImpulseSpec,
    sampleRateHz: number,
    source: PoolAddress | null,
  ): Promise<Float32Array<ArrayBuffer> | null> {
    const answer = await this.#ask((call) => ({ kind: 'bake', call, spec, sampleRateHz, source }));
    return answer.kind === 'baked' ? answer.table : null;
  }

  async outline(impulseId: string, sampleRateHz: number): Promise<ImpulseOutline | null> {
    const answer = await this.#ask((call) => ({ kind: 'outline', call, impulseId, sampleRateHz }));
    return answer.kind === 'outline' ? answer.outline : null;
  }

  async #ask(message: (call: number) => ToImpulseWorker): Promise<FromImpulseWorker> {
    this.#worker ??= this.#start();
    const worker = await this.#worker;
    const call = ++this.#count;
    const answer = await new Promise<FromImpulseWorker>((resolve) => {
      this.#calls.set(call, resolve);
      worker.postMessage(message(call));
    });
    if (answer.kind === 'failed') throw new Error(answer.reason);
    return answer;
  }

  async #start(): Promise<Worker> {
    const engine = await this.#engine;
    const worker = startWorker(workerUrl, 'mixwell-impulse');
    worker.onmessage = ({ data }: MessageEvent<FromImpulseWorker>) => {
      this.#calls.get(data.call)?.(data);
      this.#calls.delete(data.call);
    };
    worker.onerror = ({ message }) => {
      for (const [call, answer] of this.#calls) answer({ kind: 'failed', call, reason: message });
      this.#calls.clear();
    };
    worker.postMessage({ kind: 'begin', engine } satisfies ToImpulseWorker);
    return worker;
  }
}
