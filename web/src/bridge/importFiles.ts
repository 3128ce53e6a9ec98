import { createSignal } from 'solid-js';
import { addClipsFromSources, addTracksFromSources } from '../commands/tracks';
import { maxTracks } from '../generated/engineLayout';
import type { Project } from '../model/project';
import type { AudioSource, Patch, ProjectSnapshot } from '../model/types';
import type { Importer, ImportResult } from './importer';
import { convertedSentence, refusedSentence } from './importSentences';
import type { StudioMessages } from './messageTypes';
import type { ImportJob, ImportPlace, StudioFiles } from './projectTypes';

export interface FileImportOptions {
  readonly importer: Importer;
  readonly messages: StudioMessages;
  /** The project that is open now. */
  project(): Project;
  openProjectFile(file: File): Promise<void>;
  /** Audio lies in the pool now that was not there before. */
  onTaken?(): void;
}

interface Job {
  readonly file: File;
  readonly control: AbortController;
  readonly id: string;
}

const projectFile = /\.mixwell$/i;

/** Takes dropped files into the pool and the project, one drop after the other. */
export function createFileImport(options: FileImportOptions): StudioFiles {
  const [imports, setImports] = createSignal<readonly ImportJob[]>([]);
  const running = new Map<string, AbortController>();
  let last: Promise<void> = Promise.resolve();
  let count = 0;

  const begin = (file: File): Job => {
    const job = { file, id: `import-${++count}`, control: new AbortController() };
    running.set(job.id, job.control);
    setImports((before) => [...before, { id: job.id, name: file.name, fraction: null }]);
    return job;
  };
  const progress = (id: string, fraction: number) =>
    setImports((before) => before.map((job) => (job.id === id ? { ...job, fraction } : job)));
  const end = (id: string) => {
    running.delete(id);
    setImports((before) => before.filter((job) => job.id !== id));
  };

  const importAudio = async (jobs: readonly Job[], at: ImportPlace | undefined) => {
    const project = options.project();
    const before = project.committed();
    const files = jobs.map(({ file }) => file);
    const first = before.tracks.length === 0 && Object.keys(before.sources).length === 0;
    const projectRateHz = first ? await options.importer.majoritySampleRate(files) : before.sampleRateHz;
    const results = await Promise.all(
      jobs.map(async (job): Promise<ImportResult> => {
        try {
          const [result] = await options.importer.importAudio([job.file], {
            projectRateHz,
            onProgress: (_, fraction) => progress(job.id, fraction),
            signal: job.control.signal,
          });
          return result ?? { cancelled: true };
        } catch (error) {
          const reason = error instanceof Error ? error.message : String(error);
          return { error: `“${job.file.name}” could not be imported: ${reason}` };
        } finally {
          end(job.id);
        }
      }),
    );
    addToProject(options, project, results, projectRateHz, first, at);
  };

  return {
    imports,
    importFiles(files, at) {
      const [opened] = files.filter(({ name }) => projectFile.test(name));
      const jobs = files.filter(({ name }) => !projectFile.test(name)).map(begin);
      const work = async () => {
        if (opened) await options.openProjectFile(opened);
        if (jobs.length > 0) await importAudio(jobs, at);
      };
      last = last.then(work).catch((error: unknown) => {
        for (const { id } of jobs) end(id);
        options.messages.say(error instanceof Error ? error.message : String(error), 'alert');
      });
      return last;
    },
    cancelImport(id) {
      for (const [job, control] of running) if (id === 'all' || id === job) control.abort();
    },
  };
}

/** What came in becomes one undo step; what did not becomes messages, and changes nothing. */
function addToProject(
  { messages, project, onTaken }: FileImportOptions,
  target: Project,
  results: readonly ImportResult[],
  projectRateHz: number,
  first: boolean,
  at: ImportPlace | undefined,
): void {
  const sources = results.flatMap((result) => ('ok' in result ? [result.ok] : []));
  if (sources.length > 0 && project() !== target) {
    messages.say('Another project was opened meanwhile: the audio was not added.', 'alert');
    return;
  }
  const snapshot = target.committed();
  const room = at?.trackId ? sources.length : maxTracks - snapshot.tracks.length;
  const added = sources.slice(0, room);
  if (added.length > 0) {
    onTaken?.();
    const rate = first && snapshot.sampleRateHz !== projectRateHz;
    const patches: Patch[] = [
      ...(rate ? [{ op: 'project.set' as const, fields: { sampleRateHz: projectRateHz } }] : []),
      ...placed(snapshot, added, at),
    ];
    target.commit(added.length === 1 ? 'Add audio' : `Add ${added.length} audio files`, patches);
  }
  if (added.length < sources.length) {
    messages.say(
      `A project holds ${maxTracks} tracks: ${sources.length - added.length} files were left out.`,
      'alert',
    );
  }
  const refused = refusedSentence(results);
  if (refused) messages.say(refused, 'alert');
  const converted = convertedSentence(added, projectRateHz);
  if (converted) messages.say(converted, 'status');
}

function placed(
  snapshot: ProjectSnapshot,
  sources: readonly AudioSource[],
  at: ImportPlace | undefined,
): Patch[] {
  const frame = at?.frame ?? 0;
  if (at?.trackId !== undefined)
    return addClipsFromSources(snapshot, { sources, trackId: at.trackId, frame });
  return addTracksFromSources(snapshot, { sources, frame });
}
