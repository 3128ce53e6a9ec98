import type { Hono } from 'hono';
import { createServerApp } from '../../web/server/app';
import { createLogger } from '../../web/server/log';
import { DEFAULT_LIMITS, type Limits } from '../../web/server/shares/limits';
import { Sharing } from '../../web/server/shares/sharing';
import { StaticFiles } from '../../web/server/staticFiles';
import type { Store } from '../../web/server/store/store';
import { MemoryStore } from './memoryStore';
import { ShareClient } from './shareClient';

export const HOUR_MS = 3600_000;
export const DAY_MS = 24 * HOUR_MS;

/** A sharing server without a network, with a clock of one's own and all that it logs. */
export class ShareServer {
  nowMs = Date.UTC(2025, 0, 1);
  readonly logged: string[] = [];
  readonly store: Store;
  readonly sharing: Sharing;
  readonly app: Hono;

  constructor(
    options: { limits?: Partial<Limits>; store?: Store; trustProxy?: boolean; folder?: string } = {},
  ) {
    const now = () => this.nowMs;
    this.store = options.store ?? new MemoryStore(now);
    this.sharing = new Sharing(this.store, { ...DEFAULT_LIMITS, ...options.limits }, options.trustProxy, now);
    this.app = createServerApp({
      files: new StaticFiles(options.folder ?? '/nowhere'),
      isolated: true,
      version: '0.0.0',
      sharing: this.sharing,
      log: createLogger('debug', { write: (line) => void this.logged.push(line) }),
    });
  }

  pass(ms: number): void {
    this.nowMs += ms;
  }

  /** A client at an address. */
  from(address: string, headers: Record<string, string> = {}): ShareClient {
    const env = { incoming: { socket: { remoteAddress: address } } };
    return new ShareClient((path, init) =>
      this.app.request(path, { ...init, headers: { ...(init.headers as object), ...headers } }, env),
    );
  }

  readonly client = this.from('192.0.2.1');
}
