import { BlobReader } from '../engine/byteReader';
import { engineVersion } from '../generated/engineLayout';
import type { Project } from '../model/project';
import { holdDownloads, openDownloadFolder } from '../storage/downloads';
import { openPool } from '../storage/pool';
import { safeFileName } from './fileNames';
import type { Importer } from './importer';
import type { StudioMessages } from './messageTypes';
import { offerDownload } from './offerDownload';
import type { ProjectSwitch } from './projectSwitch';
import { isCancelled, type RunningTask, type Tasks } from './tasks';

export interface ProjectFileOptions {
  readonly importer: Importer;
  readonly tasks: Tasks;
  readonly messages: StudioMessages;
  readonly projects: ProjectSwitch;
}

/** Saves the open project as NAME.mixwell. */
export async function saveProjectFile(options: ProjectFileOptions): Promise<void> {
  const project = options.projects.document.current;
  const name = `${safeFileName(project.committed().name, 'Project')}.mixwell`;
  try {
    const destination = await chooseDestination(name);
    if (!destination) return;
    await options.tasks.run(`Saving “${name}”`, (task) => writeTo(project, destination, task));
    await destination.finish();
    options.messages.say(`“${name}” is saved.`, 'status');
  } catch (error) {
    if (!isCancelled(error)) options.messages.say(sentenceOf(error), 'alert');
  }
}

async function writeTo(project: Project, destination: Destination, task: RunningTask): Promise<void> {
  // The reader and writer of zip files come when they are wanted: they are a third of the page's code.
  const { writeProjectFile } = await import('../interchange/writeProjectFile');
  const pool = await openPool();
  await writeProjectFile(
    {
      records: project.records(),
      engineVersion,
      audio: async (source) => readerOf(await pool.original(source.id, source.ext)),
      peaks: async (source, rateHz) => readerOf(await pool.peaks(source.id, rateHz)),
    },
    destination.stream,
    { onProgress: task.progress, signal: task.signal },
  );
}

/** Takes a project file's audio into the pool and opens it as a new project. Nothing changes where it can't be taken whole. */
export async function openProjectFile(options: ProjectFileOptions, file: File): Promise<void> {
  try {
    await options.tasks.run(`Opening “${file.name}”`, async (task) => {
      const { readProjectFile } = await import('../interchange/readProjectFile');
      const content = await readProjectFile(new BlobReader(file), file.name);
      const { name, sampleRateHz } = content.snapshot;
      const total = content.audio.reduce((sum, { original }) => sum + original.size, 0);
      let done = 0;
      for (const { source, original } of content.audio) {
        const blob = file.slice(original.offset, original.offset + original.size);
        const [result] = await options.importer.importAudio([{ name: source.name, blob }], {
          projectRateHz: sampleRateHz,
          onProgress: (_, fraction) => task.progress((done + fraction * original.size) / total),
          signal: task.signal,
        });
        task.signal.throwIfAborted();
        if (!result || !('ok' in result)) throw new Error(refusal(file.name, source.name, result));
        if (result.ok.id !== source.id) throw new Error(refusal(file.name, source.name, undefined));
        done += original.size;
      }
      await options.projects.createFrom(content.records, name);
    });
  } catch (error) {
    if (!isCancelled(error)) options.messages.say(sentenceOf(error), 'alert');
  }
}

function refusal(fileName: string, sourceName: string, result: object | undefined): string {
  const reason = result && 'error' in result ? String(result.error) : 'it is damaged';
  return `“${fileName}” can’t be opened: the audio of “${sourceName}” in it could not be read (${reason}).`;
}

interface Destination {
  readonly stream: WritableStream<Uint8Array>;
  /** The stream is closed: hands the file over. */
  finish(): Promise<void>;
}

/** Null where the person has closed the dialog. */
async function chooseDestination(name: string): Promise<Destination | null> {
  if ('showSaveFilePicker' in window) {
    try {
      const handle = await window.showSaveFilePicker({
        id: 'mixwell-project',
        suggestedName: name,
        types: [{ description: 'Mixwell project', accept: { 'application/x-mixwell': ['.mixwell'] } }],
      });
      return { stream: await handle.createWritable(), finish: async () => {} };
    } catch (error) {
      if (isCancelled(error)) return null;
      if (!(error instanceof DOMException && error.name === 'SecurityError')) throw error;
    }
  }
  return privateDestination(name);
}

/** Written to a private file first, so that a project larger than memory can be downloaded. */
async function privateDestination(name: string): Promise<Destination> {
  await holdDownloads();
  const { folder } = await openDownloadFolder();
  const handle = await folder.getFileHandle(name, { create: true });
  if (!('createWritable' in handle)) return memoryDestination(name);
  return {
    stream: await handle.createWritable(),
    finish: async () => offerDownload(await handle.getFile(), name),
  };
}

function memoryDestination(name: string): Destination {
  const parts: BlobPart[] = [];
  return {
    stream: new WritableStream({
      write(bytes: Uint8Array) {
        parts.push(bytes.slice() as Uint8Array<ArrayBuffer>);
      },
    }),
    finish: async () => offerDownload(new Blob(parts), name),
  };
}

function readerOf(blob: Blob | null): BlobReader | null {
  return blob && new BlobReader(blob);
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
