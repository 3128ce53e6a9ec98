import { createSignal } from 'solid-js';
import type { Report } from '../mastering/report';
import { sampleRatesHz } from '../model/types';
import { holdDownloads } from '../storage/downloads';
import type { RenderRequest, RenderTarget } from '../workers/render/protocol';
import { compileScene, type EngineScene } from './compile';
import { safeFileName, stemFileNames } from './fileNames';
import { chainOf } from './masteringChain';
import { offerDownload } from './offerDownload';
import { exportedFile, RenderClient } from './renderClient';
import { renderedScene } from './renderedScene';
import type {
  ExportBits,
  ExportDither,
  ExportJob,
  ExportProgress,
  ExportSettings,
  ExportState,
  Studio,
  StudioExporter,
  StudioSong,
} from './studioTypes';

const bytesPerSample: Record<ExportBits, number> = { 16: 2, 24: 3, '32f': 4 };
const wavHeaderBytes = 100;

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
    defaults: () => ({
      what: options.mastered() ? 'master' : 'mix',
      range: 'song',
      bits: 24,
      dither: ditherFor(24),
      sampleRateHz: project().sampleRateHz,
    }),
    estimate(settings) {
      const { frames } = rangeOf(compileScene(project()), settings);
      const seconds = frames / project().sampleRateHz;
      const fileNames = namesOf(project(), settings);
      const outFrames = Math.round(seconds * settings.sampleRateHz);
      const each = wavHeaderBytes + outFrames * 2 * bytesPerSample[settings.bits];
      return { fileNames, seconds, bytes: each * fileNames.length };
    },
    run(settings) {
      running++;
      return runExport(options, project(), settings, () => running--);
    },
    saveReport: async (report, as) => (await import('./exportReport')).saveReport(report, as),
    busy: () => running > 0,
  };
}

function rangeOf(scene: EngineScene, { range }: ExportSettings): { startFrame: number; frames: number } {
  const { startFrame, endFrame } = scene.loop;
  if (range === 'loop') return { startFrame, frames: Math.max(0, endFrame - startFrame) };
  return { startFrame: 0, frames: scene.endFrame };
}

function namesOf(project: Project, { what }: ExportSettings): string[] {
  if (what === 'mix') return [`${safeFileName(project.name, 'Mix')}.wav`];
  if (what === 'master') return [`${safeFileName(project.name, 'Song')} master.wav`];
  return stemFileNames(project.tracks.map((track) => track.name));
}

function runExport(
  { engineModule, song }: ExporterOptions,
  project: Project,
  settings: ExportSettings,
  onEnd: () => void,
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

  const work = async () => {
    const scene = sceneOf(project, settings);
    const range = rangeOf(scene, settings);
    if (range.frames === 0) return fail('There is nothing to export: the range is empty.');
    const target = await chooseTarget(project, settings);
    if (!target || given) return setState('cancelled');
    if (target.kind === 'download') await holdDownloads();
    const engine = await engineModule;
    if (given) return setState('cancelled');
    setState('rendering');
    const startedAt = performance.now();
    const request = requestOf(engine, project, scene, settings, range, target);
    client = new RenderClient({ ...request, measured: settings.what === 'stems' ? 'levels' : 'all' });
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
    const { reportOf } = await import('./exportReport');
    setReport(reportOf(project, settings, range, song, outcome));
    setFiles(outcome.files.map((file) => exportedFile(file, settings.sampleRateHz)));
    if (outcome.download) offerDownload(outcome.download, outcome.download.name);
    setState('done');
  };
  work()
    .catch((reason: unknown) => fail(reason instanceof Error ? reason.message : String(reason)))
    .finally(onEnd);

  return {
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

/** At the project's rate the engine runs the chain, as it is heard; else the mix is converted first. */
const isConverted = (project: Project, { what, sampleRateHz }: ExportSettings): boolean =>
  what === 'master' && sampleRateHz !== project.sampleRateHz;

function sceneOf(project: Project, settings: ExportSettings): EngineScene {
  const mastered = settings.what === 'master' && !isConverted(project, settings);
  return compileScene(project, mastered ? { mastering: true, referenceId: null, references: false } : null);
}

/** What renders the whole song as an export with these settings would. */
export function songRequest(
  engine: WebAssembly.Module,
  project: Project,
  settings: ExportSettings,
  target: RenderTarget,
): RenderRequest {
  const scene = sceneOf(project, settings);
  return requestOf(engine, project, scene, settings, rangeOf(scene, settings), target);
}

function requestOf(
  engine: WebAssembly.Module,
  project: Project,
  scene: EngineScene,
  settings: ExportSettings,
  range: { startFrame: number; frames: number },
  target: RenderTarget,
): RenderRequest {
  const { rendered, handles } = renderedScene(engine, project, scene, range);
  const names = namesOf(project, settings);
  const tracks = settings.what === 'stems' ? scene.tracks.map(({ id }) => handles.tracks.of(id)) : [null];
  return {
    ...rendered,
    master: isConverted(project, settings)
      ? { kind: 'converted', chain: chainOf(project, settings.sampleRateHz, range) }
      : settings.what === 'master'
        ? { kind: 'scene' }
        : null,
    format: {
      sampleRateHz: settings.sampleRateHz,
      bits: settings.bits === '32f' ? '32f' : (String(settings.bits) as '16' | '24'),
      dither: settings.dither,
    },
    files: names.map((name, index) => ({ name, track: tracks[index] ?? null })),
    target,
  };
}

/** Null where the person has closed the dialog. */
async function chooseTarget(project: Project, settings: ExportSettings): Promise<RenderTarget | null> {
  try {
    if (settings.what !== 'stems' && 'showSaveFilePicker' in window) {
      const handle = await window.showSaveFilePicker({
        id: 'mixwell-export',
        suggestedName: namesOf(project, settings)[0],
        types: [{ description: 'WAV sound', accept: { 'audio/wav': ['.wav'] } }],
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
