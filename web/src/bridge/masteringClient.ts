import { startWorker } from '../trusted';
import workerUrl from '../workers/mastering/masteringWorker?worker&url';
import type {
  FromMasteringWorker,
  MasteringProgress,
  MasteringRequest,
  ToMasteringWorker,
} from '../workers/mastering/protocol';

export type MasteringOutcome = Extract<FromMasteringWorker, { kind: 'done' | 'cancelled' | 'failed' }>;

/** One run through the whole song in a worker of its own. */
export class MasteringClient {
  readonly #worker = startWorker(workerUrl, 'mixwell-mastering');

  /** Resolves however it ends. */
  async run(
    request: MasteringRequest,
    onProgress: (progress: MasteringProgress) => void,
  ): Promise<MasteringOutcome> {
    try {
      return await new Promise((resolve) => {
        this.#worker.onerror = ({ message }) =>
          resolve({ kind: 'failed', reason: message || 'The mastering worker could not be started.' });
        this.#worker.onmessage = ({ data }: MessageEvent<FromMasteringWorker>) => {
          if (data.kind === 'progress') onProgress(data);
          else resolve(data);
        };
        this.#post({ kind: 'run', request });
      });
    } finally {
      this.#worker.terminate();
    }
  }

  cancel(): void {
    this.#post({ kind: 'cancel' });
  }

  #post(message: ToMasteringWorker): void {
    this.#worker.postMessage(message);
  }
}
