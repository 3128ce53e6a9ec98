import { createSignal } from 'solid-js';
import { flacShares, whyNotFlac } from '../engine/flacLibrary';
import type { Report } from '../mastering/report';
import { type MasterWord, sampleRatesHz } from '../model/types';
import { holdDownloads } from '../storage/downloads';
import type { RenderTarget } from '../workers/render/protocol';
import { exportNames, exportRange, pcmBits } from './exportFiles';
import type {
  ExportBits,
  ExportDither,
  ExportFormat,
  ExportJob,
  ExportProgress,
  ExportSettings,
  ExportState,
  StudioExporter,
} from './exportTypes';
import { safeFileName } from './fileNames';
import type { StudioSong } from './masteringTypes';
import { offerDownload } from './offerDownload';
import type { RenderClient } from './renderClient';
import type { Studio } from './studioTypes';

const bytesPerSample: Record<ExportBits, number> = { 16: 2, 24: 3, '32f': 4 };
const headerBytes = 100;
const pickerTypes: Record<ExportFormat, FilePickerAcceptType> = {
  wav: { description: 'WAV sound', accept: { 'audio/wav': ['.wav'] } },
  flac: { description: 'FLAC sound', accept: { 'audio/flac': ['.flac'] } },
};

type Project = ReturnType<Studio['project']>;

export interface ExporterOptions {
  readonly engineModule: Promise<WebAssembly.Module>;
  project(): Project;
  /** Whether the mastering chain is heard now: then the master is what is most likely wanted. */
  mastered(): boolean;
  readonly song: StudioSong;
}

export interface Exporter extends StudioExporter {
  /** Whether an export is under way. */
  busy(): boolean;
}

export function createExporter(options: ExporterOptions): Exporter {
  const { project } = options;
  let running = 0;
  const ditherFor = (bits: ExportBits): ExportDither => (bits === 16 ? 'tpdf' : 'none');
  return {
    sampleRates: sampleRatesHz,
    ditherFor,
    defaults: () => {
      const { word, dither } = project().mastering;
      const what = options.mastered() ? 'master' : 'mix';
      const bits = what === 'master' ? masterBits(word) : 24;
      return {
        what,
        range: 'song',
        format: 'wav',
        bits,
        dither: what !== 'master' ? ditherFor(bits) : bits === '32f' ? 'none' : dither,
        sampleRateHz: project().sampleRateHz,
      };
    },
    estimate(settings) {
      const { frames } = exportRange(project(), settings);
      const seconds = frames / project().sampleRateHz;
      const fileNames = exportNames(project(), settings);
      const outFrames = Math.round(seconds * settings.sampleRateHz);
      const exact = settings.format === 'wav';
      const pcmBytes = outFrames * 2 * bytesPerSample[settings.bits];
      const each =
        headerBytes + (exact ? pcmBytes : Math.round(flacShares[settings.bits === 16 ? 16 : 24] * pcmBytes));
      return { fileNames, seconds, bytes: each * fileNames.length, exact };
    },
    run(settings, target) {
      running++;
      return runExport(options, project(), settings, () => running--, target);
    },
    saveReport: async (report, as) => (await import('./exportReport')).saveReport(report, as),
    busy: () => running > 0,
  };
}

const masterBits = (word: MasterWord): ExportBits => (word === '32f' ? '32f' : word === '24' ? 24 : 16);

function runExport(
  { engineModule, song }: ExporterOptions,
  project: Project,
  settings: ExportSettings,
  onEnd: () => void,
  /** Where to write; without it the person is asked. */
  toTarget?: RenderTarget,
): ExportJob {
  const [state, setState] = createSignal<ExportState>('choosing');
  const [progress, setProgress] = createSignal<ExportProgress>({ fraction: 0, speed: 0, secondsLeft: null });
  const [files, setFiles] = createSignal<ReturnType<ExportJob['files']>>([]);
  const [report, setReport] = createSignal<Report | null>(null);
  const [error, setError] = createSignal<string | null>(null);
  let client: RenderClient | null = null;
  let given = false;

  const fail = (reason: string) => {
    setError(reason);
    setState('failed');
  };

  const work = async (): Promise<unknown> => {
    const whyNot = settings.format === 'flac' && whyNotFlac({ ...settings, bits: pcmBits(settings) });
    if (whyNot) return fail(whyNot);
    const range = exportRange(project, settings);
    if (range.frames === 0) return fail('There is nothing to export: the range is empty.');
    const target = toTarget ?? (await chooseTarget(project, settings));
    if (!target || given) return setState('cancelled');
    if (target.kind === 'download') await holdDownloads();
    const engine = await engineModule;
    const { exportedFile, measuredExport, reportOf } = await import('./exportRun');
    if (given) return setState('cancelled');
    setState('rendering');
    const startedAt = performance.now();
    client = measuredExport(engine, project, settings, range, target);
    const outcome = await client.result((frames, saving) => {
      if (saving) setState('saving');
      const elapsed = (performance.now() - startedAt) / 1000;
      const speed = elapsed > 0 ? frames / project.sampleRateHz / elapsed : 0;
      const left = (range.frames - frames) / project.sampleRateHz;
      setProgress({
        fraction: frames / range.frames,
        speed,
        secondsLeft: speed > 0 && elapsed > 0.3 ? left / speed : null,
      });
    });
    if (outcome.kind === 'cancelled') return setState('cancelled');
    if (outcome.kind === 'failed') return fail(outcome.reason);
    setReport(reportOf(project, settings, range, song, outcome));
    setFiles(outcome.files.map((file) => exportedFile(file, settings.sampleRateHz)));
    if (outcome.download) offerDownload(outcome.download, outcome.download.name);
    setState('done');
  };
  const ended = work()
    .catch((reason: unknown) => fail(reason instanceof Error ? reason.message : String(reason)))
    .finally(onEnd);

  return {
    ended,
    state,
    progress,
    files,
    report,
    error,
    cancel() {
      given = true;
      client?.cancel();
    },
  };
}

/** Null where the person has closed the dialog. */
async function chooseTarget(project: Project, settings: ExportSettings): Promise<RenderTarget | null> {
  try {
    if (settings.what !== 'stems' && 'showSaveFilePicker' in window) {
      const handle = await window.showSaveFilePicker({
        id: 'mixwell-export',
        suggestedName: exportNames(project, settings)[0],
        types: [pickerTypes[settings.format]],
      });
      return { kind: 'file', handle };
    }
    if (settings.what === 'stems' && 'showDirectoryPicker' in window) {
      const handle = await window.showDirectoryPicker({ id: 'mixwell-stems', mode: 'readwrite' });
      return { kind: 'folder', handle };
    }
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null;
    if (!(error instanceof DOMException && error.name === 'SecurityError')) throw error;
  }
  return { kind: 'download', zipName: `${safeFileName(project.name, 'Mix')} stems.zip` };
}
