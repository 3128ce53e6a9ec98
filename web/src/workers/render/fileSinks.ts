import type { ByteSink } from '../../engine/byteSink';

type RemovableHandle = FileSystemFileHandle & { remove?(): Promise<void> };

/**
 * Writes to a file that the person has chosen. The browser keeps the old contents until close(); where it is given up, the
 * empty file that the dialog has made goes, too.
 */
export async function openChosenFile(handle: RemovableHandle): Promise<ByteSink> {
  const wasEmpty = (await handle.getFile()).size === 0;
  const stream = await handle.createWritable();
  return {
    write: (position, bytes) =>
      stream.write({ type: 'write', position, data: bytes as Uint8Array<ArrayBuffer> }),
    close: () => stream.close(),
    async abort() {
      await stream.abort();
      if (wasEmpty) await handle.remove?.();
    },
  };
}

/** Writes NAME in a folder that the person has chosen. */
export async function openInChosenFolder(folder: FileSystemDirectoryHandle, name: string): Promise<ByteSink> {
  return openChosenFile(await folder.getFileHandle(name, { create: true }));
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
