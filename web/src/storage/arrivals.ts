import { holdDownloads, openDownloadFolder } from './downloads';

/** A file that comes in piece by piece. */
export interface Arrival {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** All of it. */
  finish(): Promise<Blob>;
  /** Nobody needs it any more. */
  remove(): Promise<void>;
}

/** In a private file where the browser can write one, so that what is larger than memory can arrive; else in blobs. */
export async function openArrival(): Promise<Arrival> {
  await holdDownloads();
  const { folder, remove } = await openDownloadFolder();
  const handle = await folder.getFileHandle('arrival', { create: true });
  if (!('createWritable' in handle)) {
    await remove();
    return inBlobs();
  }
  const stream = await handle.createWritable();
  return {
    write: (bytes) => stream.write(bytes),
    async finish() {
      await stream.close();
      return handle.getFile();
    },
    async remove() {
      await stream.abort().catch(() => {});
      await remove().catch(() => {});
    },
  };
}

function inBlobs(): Arrival {
  const parts: Blob[] = [];
  return {
    async write(bytes) {
      parts.push(new Blob([bytes]));
    },
    finish: async () => new Blob(parts),
    remove: async () => {},
  };
}
