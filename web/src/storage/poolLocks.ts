const writerPrefix = 'mixwell-pool-writer-';
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

/** Each page that uses the pool holds this lock, shared with the others. */
export const poolUseLock = {
  hold(): void {
    void navigator.locks.request(useName, { mode: 'shared' }, () => new Promise(() => {}));
  },
  /** Whether another tab has the pool in use. */
  async shared(): Promise<boolean> {
    const { held = [] } = await navigator.locks.query();
    return held.filter(({ name }) => name === useName).length > 1;
  },
};
