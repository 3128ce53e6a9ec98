import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ByteReader } from '../src/engine/byteReader';
import { BufferedSink, type ByteSink } from '../src/engine/byteSink';

/** Reads a file of the disk at any place. */
export class FileReader implements ByteReader {
  readonly size: number;
  readonly #handle: FileHandle;

  private constructor(handle: FileHandle, size: number) {
    this.#handle = handle;
    this.size = size;
  }

  static async open(path: string): Promise<FileReader> {
    const handle = await open(path, 'r');
    try {
      const facts = await handle.stat();
      if (facts.isDirectory()) throw Object.assign(new Error('is a folder'), { code: 'EISDIR' });
      return new FileReader(handle, facts.size);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(Math.max(0, Math.min(length, this.size - offset)));
    let done = 0;
    while (done < bytes.length) {
      const { bytesRead } = await this.#handle.read(bytes, done, bytes.length - done, offset + done);
      if (bytesRead === 0) return bytes.subarray(0, done);
      done += bytesRead;
    }
    return bytes;
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}

const unfinished = new Set<string>();

/** Takes away what an interrupted run has begun to write. */
export async function removeUnfinished(): Promise<void> {
  await Promise.all([...unfinished].map((path) => rm(path, { force: true })));
}

/** Writes beside the target and renames at the end, so that there is never a partial file. */
export async function openOutput(target: string): Promise<ByteSink> {
  const folder = dirname(target);
  const temporary = join(folder, `.${basename(target)}.${randomBytes(4).toString('hex')}.part`);
  if (await isFolder(target)) throw Object.assign(new Error('is a folder'), { code: 'EISDIR' });
  if (!(await isFolder(folder))) throw new Error('its folder does not exist');
  const handle = await open(temporary, 'wx');
  unfinished.add(temporary);
  return new BufferedSink({
    async write(position, bytes) {
      let done = 0;
      while (done < bytes.length) {
        const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
        done += bytesWritten;
      }
    },
    async close() {
      await handle.sync();
      await handle.close();
      await rename(temporary, target);
      unfinished.delete(temporary);
    },
    async abort() {
      await handle.close().catch(() => {});
      await rm(temporary, { force: true });
      unfinished.delete(temporary);
    },
  });
}

export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (facts) => facts.isDirectory(),
    () => false,
  );
}

export async function ensureFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true });
}
