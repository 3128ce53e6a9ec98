/** Files that are made to be downloaded lie in this folder of the private file system until no tab needs them. */
const folderName = 'exports';
const lockName = 'mixwell-exports';

export interface DownloadFolder {
  readonly folder: FileSystemDirectoryHandle;
  remove(): Promise<void>;
}

/** A new folder for the files of one download. Call holdDownloads() in the page before. */
export async function openDownloadFolder(): Promise<DownloadFolder> {
  const root = await navigator.storage.getDirectory();
  const downloads = await root.getDirectoryHandle(folderName, { create: true });
  const name = crypto.randomUUID();
  const folder = await downloads.getDirectoryHandle(name, { create: true });
  return { folder, remove: () => downloads.removeEntry(name, { recursive: true }) };
}

let held: Promise<void> | null = null;

/** Keeps this tab's downloads: the browser may go on reading one for as long as the tab is there. */
export function holdDownloads(): Promise<void> {
  held ??= new Promise((resolve) => {
    void navigator.locks.request(lockName, { mode: 'shared' }, () => {
      resolve();
      return new Promise(() => {});
    });
  });
  return held;
}

/** Takes away what earlier sessions have left, unless a tab still needs it. */
export async function clearDownloads(): Promise<void> {
  await navigator.locks.request(lockName, { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    const root = await navigator.storage.getDirectory();
    await root.removeEntry(folderName, { recursive: true }).catch(() => {});
  });
}
