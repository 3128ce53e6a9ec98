import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Request } from './log';
import type { Swept } from './shares/sweep';

/** What Prometheus may know of this process: kinds and numbers, nothing of a single link or person. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #requests: Counter<'method' | 'route' | 'status'>;
  readonly #seconds: Histogram<'method' | 'route'>;
  readonly #bytes: Counter<'direction'>;
  readonly #sweeps: Counter<'outcome'>;
  readonly #sweptObjects: Counter<'what'>;
  readonly #stored: Gauge<'what'>;

  constructor() {
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    this.#requests = new Counter({
      name: 'mixwell_requests_total',
      help: 'Requests answered.',
      labelNames: ['method', 'route', 'status'],
      registers,
    });
    this.#seconds = new Histogram({
      name: 'mixwell_request_seconds',
      help: 'Time until the answer begins.',
      labelNames: ['method', 'route'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers,
    });
    this.#bytes = new Counter({
      name: 'mixwell_body_bytes_total',
      help: 'Octets of bodies, as announced.',
      labelNames: ['direction'],
      registers,
    });
    this.#sweeps = new Counter({
      name: 'mixwell_sweeps_total',
      help: 'Sweeps of the store.',
      labelNames: ['outcome'],
      registers,
    });
    this.#sweptObjects = new Counter({
      name: 'mixwell_swept_total',
      help: 'What sweeps did.',
      labelNames: ['what'],
      registers,
    });
    this.#stored = new Gauge({
      name: 'mixwell_stored',
      help: 'What the last sweep found in the store.',
      labelNames: ['what'],
      registers,
    });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  requestDone({ method, route, status, ms, bytesIn, bytesOut }: Request): void {
    this.#requests.inc({ method, route, status: String(status) });
    this.#seconds.observe({ method, route }, ms / 1000);
    this.#bytes.inc({ direction: 'in' }, bytesIn);
    this.#bytes.inc({ direction: 'out' }, bytesOut);
  }

  sweepDone({ shares, pieces, bytes, ...done }: Swept): void {
    this.#sweeps.inc({ outcome: 'done' });
    for (const [what, count] of Object.entries(done)) this.#sweptObjects.inc({ what }, count);
    for (const [what, count] of Object.entries({ shares, pieces, bytes })) this.#stored.set({ what }, count);
  }

  sweepFailed(): void {
    this.#sweeps.inc({ outcome: 'failed' });
  }
}
