import { decibels } from '../engine/levelSum';
import { startWorker } from '../trusted';
import type {
  FromRenderWorker,
  RenderedFile,
  RenderRequest,
  ToRenderWorker,
} from '../workers/render/protocol';
import workerUrl from '../workers/render/renderWorker?worker&url';
import type { ExportedFile } from './exportTypes';

export type RenderOutcome = Extract<FromRenderWorker, { kind: 'done' | 'cancelled' | 'failed' }>;

/** One export in a worker of its own. */
export class RenderClient {
  readonly #worker: Worker;
  readonly #request: RenderRequest;

  constructor(request: RenderRequest) {
    this.#request = request;
    this.#worker = startWorker(workerUrl, 'mixwell-render');
  }

  /** Renders; resolves however it ends. */
  async result(onProgress: (frames: number, saving: boolean) => void): Promise<RenderOutcome> {
    let frames = 0;
    try {
      return await new Promise((resolve) => {
        this.#worker.onerror = ({ message }) =>
          resolve({ kind: 'failed', reason: message || 'The export worker could not be started.' });
        this.#worker.onmessage = ({ data }: MessageEvent<FromRenderWorker>) => {
          if (data.kind === 'progress') {
            frames = data.frames;
            onProgress(frames, false);
          } else if (data.kind === 'saving') onProgress(frames, true);
          else resolve(data);
        };
        this.#post({ kind: 'render', request: this.#request });
      });
    } finally {
      this.#worker.terminate();
    }
  }

  cancel(): void {
    this.#post({ kind: 'cancel' });
  }

  #post(message: ToRenderWorker): void {
    this.#worker.postMessage(message);
  }
}

/** A rendered file as the person is told of it. */
export function exportedFile(file: RenderedFile, sampleRateHz: number): ExportedFile {
  const peakDbfs = decibels(file.peak);
  return {
    name: file.name,
    seconds: file.frames / sampleRateHz,
    bytes: file.bytes,
    peakDbfs,
    headroomDb: peakDbfs === null ? null : -peakDbfs,
    rmsDbfs: decibels(file.rms),
    clippedSamples: file.clippedSamples,
    sha256: file.sha256,
  };
}
