import { type TabChannel, type TabMessage, webLocks } from '../../../../web/src/storage/projects/locks';
import type { ProjectStoreOptions } from '../../../../web/src/storage/projects/projectStore';
import { ProjectStore } from '../../../../web/src/storage/projects/projectStore';

interface Waiting {
  readonly tab: number;
  readonly grant: () => void;
}

interface Held {
  readonly tab: number;
  readonly takeAway: () => void;
}

/** Web Locks and broadcasts as several tabs of one browser have them, as far as projects need them. */
export class FakeBrowser {
  readonly #held = new Map<string, Held>();
  readonly #waiting = new Map<string, Waiting[]>();
  readonly #channels = new Map<TabChannel, number>();
  readonly #frozen = new Set<number>();
  #tabs = 0;
  timeMs = 1_700_000_000_000;
  readonly databaseName = `test-${Math.random()}`;

  /** A tab with the list of projects open. */
  async tab(options: ProjectStoreOptions = {}): Promise<{ store: ProjectStore; number: number }> {
    const number = ++this.#tabs;
    const store = await ProjectStore.open({
      databaseName: this.databaseName,
      locks: webLocks(this.#lockManager(number)),
      channel: this.#channel(number),
      now: () => this.timeMs,
      ...options,
    });
    return { store, number };
  }

  /** The tab is gone, as after a crash: nothing of it runs, and its locks are free. */
  kill(tab: number): void {
    for (const [channel, owner] of this.#channels) if (owner === tab) this.#channels.delete(channel);
    for (const [name, held] of [...this.#held]) if (held.tab === tab) this.#free(name);
  }

  /** The tab hears nothing more, but holds what it holds. */
  freeze(tab: number): void {
    this.#frozen.add(tab);
  }

  #free(name: string): void {
    this.#held.delete(name);
    this.#waiting.get(name)?.shift()?.grant();
  }

  #lockManager(tab: number): Pick<LockManager, 'request'> {
    const request = (name: string, options: LockOptions, callback: LockGrantedCallback<unknown>) =>
      this.#request(tab, name, options, callback);
    return { request: request as LockManager['request'] };
  }

  #request(
    tab: number,
    name: string,
    options: LockOptions,
    callback: LockGrantedCallback<unknown>,
  ): Promise<unknown> {
    const lock: Lock = { name, mode: 'exclusive' };
    return new Promise((resolve, reject) => {
      const grant = (): void => {
        let current = true;
        this.#held.set(name, {
          tab,
          takeAway: () => {
            current = false;
            reject(new DOMException('stolen', 'AbortError'));
          },
        });
        Promise.resolve(callback(lock)).then((value) => {
          if (current) this.#free(name);
          resolve(value);
        }, reject);
      };
      const held = this.#held.get(name);
      if (!held) queueMicrotask(grant);
      else if (options.ifAvailable) Promise.resolve(callback(null)).then(resolve, reject);
      else if (options.steal) {
        held.takeAway();
        queueMicrotask(grant);
      } else {
        const waiting = { tab, grant };
        this.#waiting.set(name, [...(this.#waiting.get(name) ?? []), waiting]);
        options.signal?.addEventListener('abort', () => {
          this.#waiting.set(
            name,
            (this.#waiting.get(name) ?? []).filter((other) => other !== waiting),
          );
          reject(options.signal?.reason);
        });
      }
    });
  }

  #channel(tab: number): TabChannel {
    const channel: TabChannel = {
      onmessage: null,
      postMessage: (message: TabMessage) => {
        for (const [other, owner] of this.#channels) {
          if (owner !== tab && !this.#frozen.has(owner))
            setTimeout(() => other.onmessage?.({ data: message }), 0);
        }
      },
      close: () => this.#channels.delete(channel),
    };
    this.#channels.set(channel, tab);
    return channel;
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
