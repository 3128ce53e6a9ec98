import { open, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { StoreFull } from './store';

/** The disk, the owner's part of it or the process' largest file is full. */
export const isNoSpace = (error: unknown) =>
  ['ENOSPC', 'EDQUOT', 'EFBIG'].includes((error as NodeJS.ErrnoException | null)?.code ?? '');

const STALE_MS = 10_000;
const RETRY_MS = 5;

/**
 * One holder a key at a time, in this process and in any other on the same folder. The lock is a file that only one can
 * make; a process that died holding one is overruled after ten seconds.
 */
export class KeyLocks {
  readonly #waiting = new Map<string, Promise<unknown>>();

  constructor(private readonly folder: string) {}

  async holding<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#waiting.get(key) ?? Promise.resolve();
    const mine = before.then(() => this.#holdingFile(key, work));
    const settled = mine.catch(() => undefined);
    this.#waiting.set(key, settled);
    try {
      return await mine;
    } finally {
      if (this.#waiting.get(key) === settled) this.#waiting.delete(key);
    }
  }

  async #holdingFile<T>(key: string, work: () => Promise<T>): Promise<T> {
    const path = join(this.folder, key.replaceAll('/', '.'));
    for (;;) {
      try {
        await (await open(path, 'wx', 0o600)).close();
        break;
      } catch (error) {
        if (isNoSpace(error)) throw new StoreFull();
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        const facts = await stat(path).catch(() => null);
        if (facts && Date.now() - facts.mtimeMs > STALE_MS) await overrule(path);
        else await pause(RETRY_MS);
      }
    }
    try {
      return await work();
    } finally {
      await unlink(path).catch(() => undefined);
    }
  }
}

async function overrule(path: string): Promise<void> {
  const aside = `${path}.stale-${process.pid}`;
  await rename(path, aside).catch(() => undefined);
  await unlink(aside).catch(() => undefined);
}
