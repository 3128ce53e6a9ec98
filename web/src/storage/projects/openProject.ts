import type { Project } from '../../model/project';
import { usedSourceIds } from '../../model/sources';
import type { Patch, ProjectSnapshot } from '../../model/types';
import { Autosave, type SaveState } from './autosave';
import type { OverviewLane, ProjectDatabase, ProjectFacts, ProjectRow } from './database';
import type { HeldLock } from './locks';

/** What of a damaged log could be saved. */
export interface Recovery {
  /** A sentence for people. */
  readonly message: string;
}

export interface OpenProjectParts {
  readonly id: string;
  readonly project: Project;
  readonly database: ProjectDatabase;
  readonly writer: string;
  readonly lock: HeldLock;
  readonly recovery: Recovery | null;
  /** How long the stored log is. */
  readonly storedUpdates: number;
  readonly now: () => number;
  readonly onSaved: () => void;
  readonly onClosed: () => void;
}

/** A project that this tab writes: every edit is saved by itself. */
export class OpenProject {
  readonly state = 'open' as const;
  readonly id: string;
  readonly project: Project;
  readonly recovery: Recovery | null;
  readonly #parts: OpenProjectParts;
  readonly #autosave: Autosave;
  readonly #saveListeners = new Set<(state: SaveState) => void>();
  readonly #takenListeners = new Set<() => void>();
  /** Every source seen since the project was opened: undo may bring back what has gone. */
  readonly #sourceIds = new Set<string>();
  #closed = false;
  #taken = false;

  constructor(parts: OpenProjectParts) {
    this.id = parts.id;
    this.project = parts.project;
    this.recovery = parts.recovery;
    this.#parts = parts;
    const { database, id, writer } = parts;
    this.#autosave = new Autosave(
      parts.project.doc,
      {
        append: async (update, touched) => {
          await database.append(id, writer, update, this.#rowChanges(touched));
          parts.onSaved();
        },
        compact: (state) => database.compact(id, writer, state),
      },
      { updates: parts.storedUpdates },
      {
        state: (state) => {
          for (const listener of [...this.#saveListeners]) listener(state);
        },
        writerChanged: () => this.#wasTaken(),
      },
    );
    void parts.lock.lost.then(() => this.#wasTaken());
    this.#dropUnusedSources();
  }

  get saveState(): SaveState {
    return this.#autosave.state;
  }

  /** Another tab writes this project now; here it can be seen and heard, no longer edited. */
  get isTaken(): boolean {
    return this.project.readOnly;
  }

  onSaveState(listener: (state: SaveState) => void): () => void {
    this.#saveListeners.add(listener);
    return () => this.#saveListeners.delete(listener);
  }

  onTaken(listener: () => void): () => void {
    this.#takenListeners.add(listener);
    return () => this.#takenListeners.delete(listener);
  }

  /** The small picture for the list. Failing to keep it is no matter. */
  async setOverview(overview: readonly OverviewLane[]): Promise<void> {
    if (this.#closed || this.isTaken) return;
    const { database, id, writer } = this.#parts;
    await database.append(id, writer, null, { overview }).catch(() => undefined);
  }

  /** Resolves when everything is saved (true) or can't be (false). */
  flush(): Promise<boolean> {
    return this.#autosave.flush();
  }

  /** Saves and lets go. Where that fails, resolves with false and stays open, unless `force` gives the rest up. */
  async close(force = false): Promise<boolean> {
    if (this.#closed) return true;
    const saved = this.isTaken || (await this.flush());
    if (!saved && !force) return false;
    if (this.#closed) return true;
    this.#closed = true;
    this.#autosave.stop();
    const { database, id, writer, lock } = this.#parts;
    if (!this.isTaken) {
      // Nothing can be undone any more, so only what the document names is still needed.
      const sourceIds = Object.keys(this.project.committed().sources);
      await database.append(id, writer, null, { sourceIds }).catch(() => undefined);
    }
    lock.release();
    this.project.destroy();
    this.#parts.onClosed();
    return true;
  }

  /** For a tab that asked for it: saves, lets go, and tells whoever looks at it here. */
  async letGo(): Promise<void> {
    if (this.#closed || this.isTaken) return;
    this.project.setReadOnly();
    await this.#autosave.flush();
    this.#wasTaken();
    this.#parts.lock.release();
  }

  #wasTaken(): void {
    if (this.#closed || this.#taken) return;
    this.#taken = true;
    this.#autosave.stop();
    this.project.setReadOnly();
    this.#parts.onClosed();
    for (const listener of [...this.#takenListeners]) listener();
  }

  #rowChanges(touched: boolean): Partial<ProjectRow> {
    const snapshot = this.project.committed();
    for (const id of Object.keys(snapshot.sources)) this.#sourceIds.add(id);
    return {
      ...factsOf(snapshot),
      sourceIds: [...this.#sourceIds],
      ...(touched ? { modifiedAt: this.#parts.now() } : {}),
    };
  }

  /** At opening there is nothing to undo: audio that nothing plays can go. */
  #dropUnusedSources(): void {
    const snapshot = this.project.committed();
    for (const id of Object.keys(snapshot.sources)) this.#sourceIds.add(id);
    const used = usedSourceIds(snapshot);
    const unused = Object.keys(snapshot.sources).filter((id) => !used.has(id));
    if (unused.length === 0) return;
    for (const id of unused) this.#sourceIds.delete(id);
    const patches = unused.map((sourceId): Patch => ({ op: 'source.remove', sourceId }));
    this.#autosave.quietly(() => this.project.commitSilently(patches));
  }
}

export function factsOf(snapshot: ProjectSnapshot): ProjectFacts {
  let lengthFrames = 0;
  for (const { clips } of snapshot.tracks) {
    for (const clip of clips) lengthFrames = Math.max(lengthFrames, clip.startFrame + clip.lengthFrames);
  }
  return {
    name: snapshot.name,
    lengthFrames,
    sampleRateHz: snapshot.sampleRateHz,
    trackCount: snapshot.tracks.length,
    audioBytes: Object.values(snapshot.sources).reduce((sum, { bytes }) => sum + bytes, 0),
  };
}
