import type { ByteSink } from '../engine/byteSink';

/** The one folder of the pool, as far as the pool needs it. */
export interface PoolFiles {
  list(): Promise<string[]>;
  /** A finished file, to be read at any place; null where there is none. */
  open(name: string): Promise<Blob | null>;
  /** A new file, or an emptied one. Workers only. */
  create(name: string): Promise<ByteSink>;
  rename(from: string, to: string): Promise<void>;
  /** Nothing happens where there is none. */
  remove(name: string): Promise<void>;
}

/** The browser has no private files for this page. The message is a sentence. */
export class PoolUnavailable extends Error {
  override readonly name = 'PoolUnavailable';
  constructor() {
    super(
      'This browser keeps no private files for this page, so audio has no place to stay. Private windows often have none.',
    );
  }
}

const folderName = 'pool';

/** The pool's folder in the private file system. */
export async function openPrivateFolder(): Promise<PoolFiles> {
  try {
    const root = await navigator.storage.getDirectory();
    return new PrivateFolder(await root.getDirectoryHandle(folderName, { create: true }));
  } catch {
    throw new PoolUnavailable();
  }
}

/** Not in the library's types yet; browsers without it get a copy. */
interface MovableHandle extends FileSystemFileHandle {
  move?(name: string): Promise<void>;
}

class PrivateFolder implements PoolFiles {
  readonly #folder: FileSystemDirectoryHandle;

  constructor(folder: FileSystemDirectoryHandle) {
    this.#folder = folder;
  }

  async list(): Promise<string[]> {
    const names: string[] = [];
    for await (const name of this.#folder.keys()) names.push(name);
    return names;
  }

  async open(name: string): Promise<File | null> {
    const handle = await this.#existing(name);
    return handle ? await handle.getFile() : null;
  }

  async create(name: string): Promise<ByteSink> {
    const handle = await this.#folder.getFileHandle(name, { create: true });
    const access = await handle.createSyncAccessHandle();
    access.truncate(0);
    return new PrivateFileSink(access, () => this.remove(name));
  }

  async rename(from: string, to: string): Promise<void> {
    const handle: MovableHandle = await this.#folder.getFileHandle(from);
    if (handle.move) return handle.move(to);
    const file = await handle.getFile();
    const copy = await this.create(to);
    for (let at = 0; at < file.size; at += copyBytes) {
      await copy.write(at, new Uint8Array(await file.slice(at, at + copyBytes).arrayBuffer()));
    }
    await copy.close();
    await this.remove(from);
  }

  async remove(name: string): Promise<void> {
    try {
      await this.#folder.removeEntry(name);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }

  async #existing(name: string): Promise<FileSystemFileHandle | null> {
    try {
      return await this.#folder.getFileHandle(name);
    } catch (error) {
      if (isNotFound(error)) return null;
      throw error;
    }
  }
}

const copyBytes = 4 << 20;

function isNotFound(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'NotFoundError';
}

class PrivateFileSink implements ByteSink {
  readonly #access: FileSystemSyncAccessHandle;
  readonly #remove: () => Promise<void>;

  constructor(access: FileSystemSyncAccessHandle, remove: () => Promise<void>) {
    this.#access = access;
    this.#remove = remove;
  }

  async write(position: number, bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      const written = this.#access.write(bytes.subarray(done) as Uint8Array<ArrayBuffer>, {
        at: position + done,
      });
      if (written === 0) throw new DOMException('No more room.', 'QuotaExceededError');
      done += written;
    }
  }

  async close(): Promise<void> {
    this.#access.flush();
    this.#access.close();
  }

  async abort(): Promise<void> {
    this.#access.close();
    await this.#remove();
  }
}
