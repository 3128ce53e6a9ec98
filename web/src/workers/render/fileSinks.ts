import type { ByteSink } from '../../engine/byteSink';

/** Writes to a file that the person has chosen. The browser keeps the old contents until close(). */
export async function openChosenFile(handle: FileSystemFileHandle): Promise<ByteSink> {
  const stream = await handle.createWritable();
  return {
    write: (position, bytes) =>
      stream.write({ type: 'write', position, data: bytes as Uint8Array<ArrayBuffer> }),
    close: () => stream.close(),
    abort: () => stream.abort(),
  };
}

/** Writes NAME in a folder that the person has chosen. Where it is given up, a file that was not there before is taken away. */
export async function openInChosenFolder(folder: FileSystemDirectoryHandle, name: string): Promise<ByteSink> {
  const existed = await folder.getFileHandle(name).then(
    () => true,
    () => false,
  );
  const sink = await openChosenFile(await folder.getFileHandle(name, { create: true }));
  return {
    ...sink,
    async abort() {
      await sink.abort();
      if (!existed) await folder.removeEntry(name);
    },
  };
}

/** Writes to a file of the private file system. */
export async function openPrivateFile(folder: FileSystemDirectoryHandle, name: string): Promise<ByteSink> {
  const handle = await folder.getFileHandle(name, { create: true });
  const access = await handle.createSyncAccessHandle();
  access.truncate(0);
  return {
    async write(position, bytes) {
      let done = 0;
      while (done < bytes.length) {
        const written = access.write(bytes.subarray(done) as Uint8Array<ArrayBuffer>, {
          at: position + done,
        });
        if (written === 0) throw new Error('the disk is full');
        done += written;
      }
    },
    async close() {
      access.flush();
      access.close();
    },
    async abort() {
      access.close();
      await folder.removeEntry(name);
    },
  };
}
