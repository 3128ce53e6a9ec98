import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import {
  access,
  type FileHandle,
  mkdir,
  open,
  readdir,
  rename,
  stat,
  statfs,
  unlink,
} from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { isNoSpace, KeyLocks } from './keyLocks';
import {
  assertKey,
  chunksOf,
  type Expected,
  type ListedObject,
  type ObjectFacts,
  type OpenObject,
  type Store,
  type StoredObject,
  StoreFull,
  TooLong,
  VersionConflict,
  WrongHash,
} from './store';

const UNFINISHED = 'unfinished';
const READ_BYTES = 256 * 1024;

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException | null)?.code;
const isGone = (error: unknown) => codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR';

type BigFacts = Awaited<ReturnType<typeof bigStat>>;
const bigStat = (path: string) => stat(path, { bigint: true });

/** Every write makes a new file, so that inode and time tell versions apart. */
const factsOf = (facts: BigFacts): ObjectFacts => ({
  bytes: Number(facts.size),
  modifiedMs: Number(facts.mtimeNs) / 1e6,
  version: `${facts.ino}-${facts.mtimeNs}-${facts.size}`,
});

/**
 * A folder as store. A file is written under another name, brought to the disk and renamed, so that it is there whole or not
 * at all whenever the machine or the process stops; what was acknowledged is on the disk.
 */
export class FolderStore implements Store {
  readonly kind = 'folder';
  readonly origin = null;
  readonly #locks: KeyLocks;

  private constructor(readonly folder: string) {
    this.#locks = new KeyLocks(join(folder, 'locks'));
  }

  static async at(folder: string): Promise<FolderStore> {
    for (const name of ['pieces', 'shares', 'doomed', 'locks', UNFINISHED]) {
      await mkdir(join(folder, name), { recursive: true, mode: 0o700 });
    }
    return new FolderStore(folder);
  }

  async read(key: string, knownVersion?: string): Promise<StoredObject | 'unchanged' | null> {
    const file = await this.#open(key);
    if (!file) return null;
    try {
      const { version } = factsOf(await file.stat({ bigint: true }));
      if (version === knownVersion) return 'unchanged';
      return { bytes: await file.readFile(), version };
    } finally {
      await file.close();
    }
  }

  async stat(key: string): Promise<ObjectFacts | null> {
    const facts = await bigStat(this.#path(key)).catch(nullIfGone);
    return facts && factsOf(facts);
  }

  async open(key: string): Promise<OpenObject | null> {
    const file = await this.#open(key);
    if (!file) return null;
    try {
      const { bytes, version } = factsOf(await file.stat({ bigint: true }));
      return { bytes, version, octets: octetsOf(file, bytes) };
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  async write(key: string, bytes: Uint8Array, expected?: string | null): Promise<void> {
    const place = async () => {
      if (expected !== undefined && ((await this.stat(key))?.version ?? null) !== expected) {
        throw new VersionConflict();
      }
      await this.#placeWhole(key, async (file) => {
        await file.writeFile(bytes);
      });
    };
    await (expected === undefined ? place() : this.#locks.holding(key, place));
  }

  async receive(key: string, octets: ReadableStream<Uint8Array>, expected: Expected): Promise<number> {
    let taken = 0;
    await this.#placeWhole(key, async (file) => {
      const hash = createHash('sha256');
      for await (const chunk of chunksOf(octets)) {
        taken += chunk.byteLength;
        if (taken > expected.maxBytes) throw new TooLong();
        hash.update(chunk);
        for (let at = 0; at < chunk.byteLength; ) at += (await file.write(chunk, at)).bytesWritten;
      }
      if (hash.digest('hex') !== expected.sha256) throw new WrongHash();
    });
    return taken;
  }

  async remove(key: string, version?: string): Promise<void> {
    const path = this.#path(key);
    if (version === undefined) return unlink(path).catch(ignoreGone);
    // Taken aside first: what another process put there meanwhile is seen, and put back.
    const aside = this.#unfinishedPath();
    await this.#locks.holding(key, async () => {
      if ((await this.stat(key))?.version !== version) return;
      try {
        await rename(path, aside);
      } catch (error) {
        return ignoreGone(error);
      }
      const same = factsOf(await bigStat(aside)).version === version;
      await (same ? unlink(aside) : rename(aside, path));
    });
  }

  async *list(prefix: string): AsyncGenerator<ListedObject> {
    const folder = join(this.folder, prefix.slice(0, prefix.lastIndexOf('/') + 1));
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(noneIfGone)) {
      const path = join(folder, entry.name);
      const key = path.slice(this.folder.length + 1).replaceAll(sep, '/');
      if (!key.startsWith(prefix)) continue;
      if (entry.isDirectory()) yield* this.list(`${key}/`);
      else {
        const facts = await stat(path).catch(nullIfGone);
        if (facts) yield { key, bytes: facts.size, modifiedMs: facts.mtimeMs };
      }
    }
  }

  async uploadTicket() {
    return null;
  }

  async downloadAddress() {
    return null;
  }

  async freeBytes(): Promise<number> {
    const { bavail, bsize } = await statfs(this.folder);
    return bavail * bsize;
  }

  async check(): Promise<void> {
    await access(join(this.folder, UNFINISHED), constants.R_OK | constants.W_OK);
    await access(join(this.folder, 'pieces'), constants.R_OK | constants.W_OK);
  }

  async tidy(beforeMs: number): Promise<void> {
    for (const name of [UNFINISHED, 'locks']) {
      const folder = join(this.folder, name);
      for (const entry of await readdir(folder)) {
        const facts = await stat(join(folder, entry)).catch(() => null);
        if (facts && facts.mtimeMs < beforeMs) await unlink(join(folder, entry)).catch(ignoreGone);
      }
    }
  }

  #path(key: string): string {
    assertKey(key);
    return join(this.folder, key);
  }

  #unfinishedPath = () => join(this.folder, UNFINISHED, randomBytes(12).toString('hex'));

  #open(key: string): Promise<FileHandle | null> {
    return open(this.#path(key), 'r').catch(nullIfGone);
  }

  async #placeWhole(key: string, fill: (file: FileHandle) => Promise<void>): Promise<void> {
    const path = this.#path(key);
    const unfinished = this.#unfinishedPath();
    try {
      const file = await open(unfinished, 'wx', 0o600);
      try {
        await fill(file);
        await file.sync();
      } finally {
        await file.close();
      }
      const made = await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      if (made !== undefined) await syncFolder(dirname(made));
      await rename(unfinished, path);
      await syncFolder(dirname(path));
    } catch (error) {
      await unlink(unfinished).catch(() => undefined);
      throw isNoSpace(error) ? new StoreFull() : error;
    }
  }
}

function nullIfGone(error: unknown): null {
  if (!isGone(error)) throw error;
  return null;
}

function noneIfGone(error: unknown): never[] {
  if (!isGone(error)) throw error;
  return [];
}

function ignoreGone(error: unknown): void {
  if (!isGone(error)) throw error;
}

/** The name of a renamed file lasts once its folder is on the disk. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY | (constants.O_DIRECTORY ?? 0));
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function octetsOf(file: FileHandle, bytes: number): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const buffer = new Uint8Array(Math.min(READ_BYTES, bytes - at));
        const { bytesRead } = buffer.length
          ? await file.read(buffer, 0, buffer.length, at)
          : { bytesRead: 0 };
        at += bytesRead;
        if (bytesRead > 0) controller.enqueue(buffer.subarray(0, bytesRead));
        if (bytesRead === 0 || at >= bytes) {
          await file.close();
          controller.close();
        }
      },
      async cancel() {
        await file.close();
      },
    },
    { highWaterMark: 0 },
  );
}
