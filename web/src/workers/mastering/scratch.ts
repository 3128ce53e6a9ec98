import type { ScratchFile } from '../../engine/keptSound';
import { openDownloadFolder } from '../../storage/downloads';

/** Up to so many frames sound is kept in memory: 256 MB, 11 minutes at 48 kHz. */
const framesInMemory = 1 << 25;

/** Files beside the downloads, which the page holds; all of them go with `remove`. */
export interface Scratch {
  /** Null where memory does. */
  open(): Promise<ScratchFile | null>;
  remove(): Promise<void>;
}

/** Room for sounds of `frames` frames. */
export function openScratch(frames: number): Scratch {
  const opened: FileSystemSyncAccessHandle[] = [];
  let folder: ReturnType<typeof openDownloadFolder> | null = null;
  return {
    async open() {
      if (frames <= framesInMemory) return null;
      folder ??= openDownloadFolder();
      const handle = await (await folder).folder.getFileHandle(`${opened.length}`, { create: true });
      const access = await handle.createSyncAccessHandle();
      opened.push(access);
      return {
        write(at, bytes) {
          if (written(access, bytes, at) < bytes.length) throw new Error(full);
        },
        read(at, into) {
          access.read(into, { at });
        },
      };
    },
    async remove() {
      for (const access of opened) access.close();
      await (await folder)?.remove();
    },
  };
}

function written(access: FileSystemSyncAccessHandle, bytes: Uint8Array<ArrayBuffer>, at: number): number {
  try {
    return access.write(bytes, { at });
  } catch {
    return 0; // some browsers throw where there is no room
  }
}

const full = 'The disk is full: a song of this length takes some room while it is measured.';
