const writerPrefix = 'mixwell-pool-writer-';
const sourcePrefix = 'mixwell-pool-source-';
const useName = 'mixwell-pool-use';

/** Who writes to the pool holds a lock for as long as it lives. */
export const poolWriterLock = {
  of: (writer: string) => writerPrefix + writer,
  /** The names of all writers that live, in all tabs. */
  async living(): Promise<Set<string>> {
    const { held = [] } = await navigator.locks.query();
    const names = held.flatMap(({ name }) =>
      name?.startsWith(writerPrefix) ? [name.slice(writerPrefix.length)] : [],
    );
    return new Set(names);
  },
};

/** Runs `work` while no other writer does so for this source. */
export async function exclusively<T>(id: string, work: () => Promise<T>): Promise<T> {
  return (await navigator.locks.request(sourcePrefix + id, work)) as T;
}

/** A page's share in the pool: it holds a lock, shared with the other pages that use it. */
export class PoolUse {
  #held: Promise<void>;
  #letGo: () => Promise<unknown> = async () => {};

  constructor() {
    this.#held = this.#hold();
  }

  /** Resolves when no other page is clearing the pool. */
  get held(): Promise<void> {
    return this.#held;
  }

  /** Runs `work` while this page is the only one that uses the pool; null where it is not. */
  alone<T>(work: () => Promise<T>): Promise<T | null> {
    const attempt = this.#held.then(() => this.#attempt(work));
    this.#held = attempt.then(
      () => this.#hold(),
      () => this.#hold(),
    );
    return attempt;
  }

  async #attempt<T>(work: () => Promise<T>): Promise<T | null> {
    await this.#letGo();
    const whenFree = (lock: Lock | null) => (lock ? work() : null);
    return (await navigator.locks.request(useName, { ifAvailable: true }, whenFree)) as T | null;
  }

  #hold(): Promise<void> {
    return new Promise((held) => {
      let release: () => void = () => {};
      const over = navigator.locks.request(useName, { mode: 'shared' }, () => {
        held();
        return new Promise<void>((resolve) => {
          release = resolve;
        });
      });
      this.#letGo = () => {
        release();
        return over;
      };
    });
  }
}
