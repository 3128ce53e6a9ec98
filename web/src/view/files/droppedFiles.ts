/** Names that file managers leave in folders; nobody means to drop them. */
const unwanted = /^(\.|Thumbs\.db$|desktop\.ini$|__MACOSX$)/i;

const byName = (a: { name: string }, b: { name: string }) =>
  a.name.localeCompare(b.name, 'en', { numeric: true });

const fileOf = (entry: FileSystemFileEntry) =>
  new Promise<File>((resolve, reject) => entry.file(resolve, reject));

/** A directory reader hands its entries over in portions; an empty one is the end. */
async function entriesOf(directory: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = directory.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (portion.length === 0) return all.sort(byName);
    all.push(...portion);
  }
}

async function filesIn(entry: FileSystemEntry): Promise<File[]> {
  if (unwanted.test(entry.name)) return [];
  if (entry.isFile) return [await fileOf(entry as FileSystemFileEntry)];
  const inside: File[] = [];
  for (const child of await entriesOf(entry as FileSystemDirectoryEntry))
    inside.push(...(await filesIn(child)));
  return inside;
}

/** Whether a drag carries files, as opposed to something of the page itself. */
export const carriesFiles = (transfer: DataTransfer | null): boolean =>
  transfer?.types.includes('Files') ?? false;

/**
 * The files of a drop or a paste, folders opened to their last level, in the order of their names within each folder.
 * Call it in the event's handler: the transfer is empty afterwards.
 */
export async function filesOfTransfer(transfer: DataTransfer): Promise<File[]> {
  const items = [...transfer.items].filter((item) => item.kind === 'file');
  const roots = items.map((item) => ({ entry: item.webkitGetAsEntry?.() ?? null, file: item.getAsFile() }));
  const files: File[] = [];
  for (const { entry, file } of roots) {
    if (entry?.isDirectory) files.push(...(await filesIn(entry)));
    else if (file && !unwanted.test(file.name)) files.push(file);
  }
  return files;
}

/** The files of a chosen folder or of several chosen files, without what file managers leave behind. */
export const wantedFiles = (files: Iterable<File>): File[] =>
  [...files].filter((file) => !unwanted.test(file.name));
