import type { Packed } from '../share/upload';
import { holdDownloads } from '../storage/downloads';
import { startWorker } from '../trusted';
import type { FromShareWorker, Parcel, Preview, ShareSetup, ToShareWorker } from '../workers/share/protocol';
import workerUrl from '../workers/share/shareWorker?worker&url';

/** A refusal of the server's, or a failure, as the worker has told it. */
export class ShareFailed extends Error {
  override readonly name = 'ShareFailed';

  constructor(
    message: string,
    readonly code: string | null,
  ) {
    super(message);
  }
}

export interface ShareListener {
  onPreviewing(fraction: number): void;
  onSending(doneBytes: number, totalBytes: number): void;
  onPacked(key: string, packed: Packed): void;
  onWaiting(away: boolean): void;
}

type Answer = Extract<FromShareWorker, { kind: 'preview' | 'delivered' | 'cancelled' | 'failed' }>;

/** The worker that packs and sends one share. */
export class ShareClient {
  readonly #worker: Worker;
  readonly #listener: ShareListener;
  #settle: ((answer: Answer) => void) | null = null;

  constructor(setup: ShareSetup, listener: ShareListener) {
    this.#listener = listener;
    this.#worker = startWorker(workerUrl, 'mixwell-share');
    this.#worker.onerror = ({ message }) =>
      this.#settle?.({ kind: 'failed', reason: message || 'The worker could not be started.', code: null });
    this.#worker.onmessage = ({ data }: MessageEvent<FromShareWorker>) => this.#receive(data);
    this.#post({ kind: 'setup', setup });
  }

  async preview(mix: File): Promise<Preview> {
    await holdDownloads();
    const answer = await this.#ask({ kind: 'preview', mix });
    if (answer.kind !== 'preview') throw new Error('The worker gave another answer.');
    return answer.preview;
  }

  /** Resolves when the server has all of it. */
  async deliver(parcels: readonly Parcel[]): Promise<void> {
    await holdDownloads();
    await this.#ask({ kind: 'deliver', parcels });
  }

  pause(): void {
    this.#post({ kind: 'pause' });
  }

  resume(): void {
    this.#post({ kind: 'resume' });
  }

  /** What goes on rejects with an AbortError. */
  cancel(): void {
    this.#post({ kind: 'cancel' });
  }

  dispose(): void {
    this.#worker.terminate();
  }

  async #ask(message: ToShareWorker): Promise<Answer> {
    const answer = await new Promise<Answer>((resolve) => {
      this.#settle = resolve;
      this.#post(message);
    });
    this.#settle = null;
    if (answer.kind === 'cancelled') throw new DOMException('The sharing was cancelled.', 'AbortError');
    if (answer.kind === 'failed') throw new ShareFailed(answer.reason, answer.code);
    return answer;
  }

  #receive(message: FromShareWorker): void {
    const listener = this.#listener;
    switch (message.kind) {
      case 'previewing':
        listener.onPreviewing(message.fraction);
        break;
      case 'sending':
        listener.onSending(message.doneBytes, message.totalBytes);
        break;
      case 'packed':
        listener.onPacked(message.key, message.packed);
        break;
      case 'waiting':
        listener.onWaiting(message.ms !== null);
        break;
      default:
        this.#settle?.(message);
    }
  }

  #post(message: ToShareWorker): void {
    this.#worker.postMessage(message);
  }
}
