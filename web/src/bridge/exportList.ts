import { type Accessor, createSignal } from 'solid-js';
import type {
  ExportedFile,
  ExportJob,
  ExportSettings,
  ExportState,
  ExportTarget,
  StudioExporter,
} from './exportTypes';
import { safeFileName } from './fileNames';

/** Several exports as one: `progress` is of all, `files` has what is written so far, in the order of the list. */
export interface ExportListJob extends Omit<ExportJob, 'ended' | 'report'> {
  /** Of each file that is written; null of one that was not measured. */
  readonly reports: Accessor<readonly ReturnType<ExportJob['report']>[]>;
  /** Which of the list is being written. */
  readonly at: Accessor<number>;
}

/**
 * One after the other, into one folder where the browser has such; what fails or is called off ends the list, and what was written
 * before stays. Call it in the handler of the click: it may ask for the folder.
 */
export function exportList(
  exporter: Pick<StudioExporter, 'run'>,
  list: readonly ExportSettings[],
  name: string,
): ExportListJob {
  const [state, setState] = createSignal<ExportState>('choosing');
  const [at, setAt] = createSignal(0);
  const [job, setJob] = createSignal<ExportJob | null>(null);
  const [files, setFiles] = createSignal<readonly ExportedFile[]>([]);
  const [reports, setReports] = createSignal<ReturnType<ExportListJob['reports']>>([]);
  const [error, setError] = createSignal<string | null>(null);
  let given = false;

  const work = async (): Promise<ExportState> => {
    const target = await chooseFolder(`${safeFileName(name, 'Song')} masters.zip`);
    if (!target || given) return 'cancelled';
    setState('rendering');
    for (const [place, settings] of list.entries()) {
      if (given) return 'cancelled';
      const one = exporter.run(settings, target);
      setAt(place);
      setJob(one);
      await one.ended;
      if (one.state() !== 'done') {
        setError(one.error());
        return one.state();
      }
      setReports([...reports(), one.report()]);
      setFiles([...files(), ...one.files()]);
    }
    return 'done';
  };
  work().then(setState, (reason: unknown) => {
    setError(reason instanceof Error ? reason.message : String(reason));
    setState('failed');
  });

  return {
    state,
    at,
    files,
    reports,
    error,
    progress() {
      const { fraction, speed, secondsLeft } = job()?.progress() ?? {
        fraction: 0,
        speed: 0,
        secondsLeft: null,
      };
      return { fraction: (at() + fraction) / Math.max(1, list.length), speed, secondsLeft };
    },
    cancel() {
      given = true;
      job()?.cancel();
    },
  };
}

/** Null where the person has closed the dialog. */
async function chooseFolder(zipName: string): Promise<ExportTarget | null> {
  if (!('showDirectoryPicker' in window)) return { kind: 'download', zipName };
  try {
    const handle = await window.showDirectoryPicker({ id: 'mixwell-masters', mode: 'readwrite' });
    return { kind: 'folder', handle };
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null;
    if (!(error instanceof DOMException && error.name === 'SecurityError')) throw error;
    return { kind: 'download', zipName };
  }
}
