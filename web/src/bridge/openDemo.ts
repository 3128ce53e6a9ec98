import { type DemoSong, demoStemFileName } from '../engine/demoSong';
import type { AudioSource } from '../model/types';
import { startWorker } from '../trusted';
import workerUrl from '../workers/demo/demoWorker?worker&url';
import type { DemoRequest, FromDemoWorker } from '../workers/demo/protocol';
import { demoProject } from './demoProject';
import type { Importer } from './importer';
import type { ProjectSwitch } from './projectSwitch';
import type { RunningTask } from './tasks';

export interface DemoOptions {
  readonly engineModule: Promise<WebAssembly.Module>;
  readonly importer: Importer;
  readonly projects: ProjectSwitch;
}

const sampleRateHz = 48000;
/** Playing the stems takes about as long as bringing them in does. */
const playedShare = 0.5;

/** Plays the demo song's stems, takes them into the pool like any file, and opens the song as a new project. */
export async function openDemo(options: DemoOptions, task: RunningTask): Promise<void> {
  const engine = await options.engineModule;
  const worker = startWorker(workerUrl, 'mixwell-demo');
  const stop = () => worker.terminate();
  task.signal.addEventListener('abort', stop);
  try {
    const { song, sources } = await takeStems(worker, { engine, sampleRateHz }, options.importer, task);
    task.signal.throwIfAborted();
    await options.projects.createFrom(demoProject(song, sources).records(), song.name);
  } finally {
    task.signal.removeEventListener('abort', stop);
    worker.terminate();
  }
}

function takeStems(
  worker: Worker,
  request: DemoRequest,
  importer: Importer,
  task: RunningTask,
): Promise<{ song: DemoSong; sources: AudioSource[] }> {
  return new Promise((resolve, reject) => {
    let song: DemoSong | null = null;
    let played = 0;
    let taken = 0;
    const sources: AudioSource[] = [];
    const report = () =>
      task.progress(playedShare * played + ((1 - playedShare) * taken) / (song?.tracks.length ?? 1));

    const take = async (stem: number, blob: Blob) => {
      const track = song?.tracks[stem];
      if (!song || !track) return;
      const name = demoStemFileName(track);
      const [result] = await importer.importAudio([{ name, blob }], {
        projectRateHz: request.sampleRateHz,
        signal: task.signal,
      });
      if (!result || !('ok' in result)) {
        throw new Error(result && 'error' in result ? result.error : `${name} was not taken.`);
      }
      sources[stem] = result.ok;
      taken++;
      report();
      if (taken === song.tracks.length) resolve({ song, sources });
    };

    task.signal.addEventListener('abort', () => reject(task.signal.reason));
    worker.onerror = ({ message }) => reject(new Error(message || 'The demo song could not be started.'));
    worker.onmessage = ({ data }: MessageEvent<FromDemoWorker>) => {
      if (data.kind === 'song') song = data.song;
      else if (data.kind === 'stem') take(data.stem, data.file).catch(reject);
      else if (data.kind === 'failed') reject(new Error(data.reason));
      else {
        played = data.fraction;
        report();
      }
    };
    worker.postMessage(request);
  });
}
