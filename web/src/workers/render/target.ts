import type { ByteSink } from '../../engine/byteSink';
import { BufferedSink } from '../../engine/byteSink';
import { openDownloadFolder } from '../../storage/downloads';
import { openChosenFile, openInChosenFolder, openPrivateFile } from './fileSinks';
import type { RenderTarget } from './protocol';
import { zipStored } from './zipStored';

export interface OpenTarget {
  open(name: string): Promise<ByteSink>;
  /** All files are complete; returns what is to be downloaded, if so. */
  finish(signal: AbortSignal): Promise<File | null>;
  /** Takes away what is left when the files themselves are gone. */
  abort(): Promise<void>;
}

export async function openTarget(target: RenderTarget): Promise<OpenTarget> {
  if (target.kind === 'file') {
    return {
      open: async () => new BufferedSink(await openChosenFile(target.handle)),
      finish: async () => null,
      abort: async () => {},
    };
  }
  if (target.kind === 'folder' || target.kind === 'private') {
    const openIn = target.kind === 'folder' ? openInChosenFolder : openPrivateFile;
    return {
      open: async (name) => new BufferedSink(await openIn(target.handle, name)),
      finish: async () => null,
      abort: async () => {},
    };
  }
  return downloadTarget(target.zipName);
}

async function downloadTarget(zipName: string): Promise<OpenTarget> {
  const { folder, remove } = await openDownloadFolder();
  const names: string[] = [];
  const fileOf = async (name: string) => (await folder.getFileHandle(name)).getFile();
  return {
    async open(name) {
      names.push(name);
      return new BufferedSink(await openPrivateFile(folder, name));
    },
    async finish(signal) {
      if (names.length === 1) return fileOf(names[0] as string);
      const files = await Promise.all(names.map(fileOf));
      await zipStored(await openPrivateFile(folder, zipName), files, signal);
      await Promise.all(names.map((name) => folder.removeEntry(name)));
      return fileOf(zipName);
    },
    abort: remove,
  };
}
