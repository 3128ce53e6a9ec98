import * as Y from 'yjs';
import { WriterChangedError } from './database';

export type SaveState =
  | { readonly state: 'saved' }
  | { readonly state: 'saving' }
  /** `reason` is a sentence for people. Saving is tried again, with growing pauses, and at each edit. */
  | { readonly state: 'failed'; readonly reason: string };

export interface SaveTarget {
  /** `touched`: the hand has changed something, not only the program. */
  append(update: Uint8Array, touched: boolean): Promise<void>;
  compact(state: Uint8Array): Promise<void>;
}

const firstPauseMs = 1000;
const longestPauseMs = 30_000;
/** Beyond these a log is written anew as one state, so that opening stays quick. */
const compactAfterUpdates = 400;
const compactAfterBytes = 2 * 1024 * 1024;

/**
 * Writes every update of a document as soon as the one before it is written: what is lost when the tab dies is what the
 * database had not taken yet, some milliseconds. Updates that come while one is being written are joined.
 */
export class Autosave {
  readonly #doc: Y.Doc;
  readonly #target: SaveTarget;
  readonly #onState: (state: SaveState) => void;
  readonly #onWriterChanged: () => void;
  #pending: Uint8Array[] = [];
  #touched = false;
  #running: Promise<void> | null = null;
  #retry: ReturnType<typeof setTimeout> | null = null;
  #pauseMs = firstPauseMs;
  #updatesSinceState: number;
  #bytesSinceState = 0;
  #state: SaveState = { state: 'saved' };
  #stopped = false;

  constructor(
    doc: Y.Doc,
    target: SaveTarget,
    stored: { readonly updates: number },
    on: { state(state: SaveState): void; writerChanged(): void },
  ) {
    this.#doc = doc;
    this.#target = target;
    this.#updatesSinceState = stored.updates;
    this.#onState = on.state;
    this.#onWriterChanged = on.writerChanged;
    doc.on('update', this.#onUpdate);
  }

  get state(): SaveState {
    return this.#state;
  }

  /** What `write` does to the document is saved, but is not the hand's doing. */
  quietly(write: () => void): void {
    const touched = this.#touched;
    write();
    this.#touched = touched;
  }

  /** Tries at once what is waiting; resolves with whether everything is saved. */
  async flush(): Promise<boolean> {
    while (!this.#stopped && this.#pending.length > 0) {
      this.#start();
      await this.#running;
      if (this.#state.state === 'failed') return false;
    }
    await this.#running;
    return this.#pending.length === 0;
  }

  /** Writes no more; what waits is given up. Call flush first. */
  stop(): void {
    this.#stopped = true;
    this.#doc.off('update', this.#onUpdate);
    if (this.#retry !== null) clearTimeout(this.#retry);
  }

  readonly #onUpdate = (update: Uint8Array): void => {
    this.#pending.push(update);
    this.#touched = true;
    this.#start();
  };

  #start(): void {
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#retry = null;
    if (this.#stopped || this.#running) return;
    this.#running = this.#run().finally(() => {
      this.#running = null;
    });
  }

  async #run(): Promise<void> {
    // Everything that one task does to the document is one write.
    await Promise.resolve();
    while (!this.#stopped && this.#pending.length > 0) {
      if (this.#state.state !== 'failed') this.#setState({ state: 'saving' });
      const taken = this.#pending.length;
      const touched = this.#touched;
      const update = Y.mergeUpdates(this.#pending);
      this.#touched = false;
      try {
        await this.#target.append(update, touched);
        this.#pending = this.#pending.slice(taken);
        this.#pauseMs = firstPauseMs;
        await this.#compactWhenLong(update.length);
      } catch (error) {
        this.#touched ||= touched;
        this.#fail(error);
        return;
      }
    }
    if (!this.#stopped) this.#setState({ state: 'saved' });
  }

  async #compactWhenLong(bytes: number): Promise<void> {
    this.#updatesSinceState++;
    this.#bytesSinceState += bytes;
    if (this.#updatesSinceState < compactAfterUpdates && this.#bytesSinceState < compactAfterBytes) return;
    this.#updatesSinceState = 1;
    this.#bytesSinceState = 0;
    try {
      // What waits is in the state already; to write it once more changes nothing.
      await this.#target.compact(Y.encodeStateAsUpdate(this.#doc));
    } catch (error) {
      // The log is whole, only long. It is tried again when it has grown as much once more.
      if (error instanceof WriterChangedError) throw error;
    }
  }

  #fail(error: unknown): void {
    if (error instanceof WriterChangedError) {
      this.stop();
      this.#onWriterChanged();
      return;
    }
    this.#setState({ state: 'failed', reason: reasonOf(error) });
    this.#retry = setTimeout(() => this.#start(), this.#pauseMs);
    this.#pauseMs = Math.min(this.#pauseMs * 2, longestPauseMs);
  }

  #setState(state: SaveState): void {
    const same = state.state === this.#state.state && state.state !== 'failed';
    this.#state = state;
    if (!same) this.#onState(state);
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof DOMException && error.name === 'QuotaExceededError') {
    return 'Your changes can’t be saved: the browser’s storage is full. Delete projects you no longer need, or save this one as a file.';
  }
  const cause = error instanceof Error && error.message ? ` (${error.message})` : '';
  return `Your changes can’t be saved in this browser${cause}. Save the project as a file to keep them.`;
}
