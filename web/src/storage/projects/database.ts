import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { TrackColour } from '../../model/types';

/** One lane of a project's small picture: loudness from 0 to 255 over the length of the song. */
export interface OverviewLane {
  readonly colour: TrackColour;
  readonly levels: Uint8Array;
}

/** What the list shows of a project, kept beside it so that the list opens no document. */
export interface ProjectFacts {
  readonly name: string;
  readonly lengthFrames: number;
  readonly sampleRateHz: number;
  readonly trackCount: number;
  /** Of the original audio files. */
  readonly audioBytes: number;
}

export interface ProjectRow extends ProjectFacts {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly modifiedAt: number;
  /** Null for a project that is not in the bin. */
  readonly deletedAt: number | null;
  /** Audio that must be kept: what the document names and what undo may bring back. */
  readonly sourceIds: readonly string[];
  readonly overview: readonly OverviewLane[];
  /** Of the session that may write; see claim. */
  readonly writer: string;
}

interface Schema extends DBSchema {
  projects: { key: string; value: ProjectRow };
  /** The log: Yjs updates in the order of their keys. */
  updates: {
    key: number;
    value: { readonly projectId: string; readonly bytes: Uint8Array };
    indexes: { projectId: string };
  };
  /** Parts of logs that could not be read, kept for whoever can. */
  damaged: {
    key: number;
    value: { readonly projectId: string; readonly foundAt: number; readonly bytes: Uint8Array };
  };
}

/** Another session has claimed the project: this one's writes are over. */
export class WriterChangedError extends Error {
  override readonly name = 'WriterChangedError';
}

export interface StoredLog {
  readonly row: ProjectRow;
  readonly updates: readonly Uint8Array[];
}

/**
 * Projects in IndexedDB. Every method is one transaction: it is done as a whole or not at all. The browser may report a write
 * before it is on the disk (relaxed durability): that survives the end of the tab and of the browser, and only
 * the power cut of the machine may cost what was written last.
 */
export class ProjectDatabase {
  readonly #name: string;
  #db: Promise<IDBPDatabase<Schema>> | null = null;

  private constructor(name: string) {
    this.#name = name;
  }

  static async open(name: string): Promise<ProjectDatabase> {
    const database = new ProjectDatabase(name);
    await database.#connection();
    return database;
  }

  close(): void {
    this.#db?.then(
      (db) => db.close(),
      () => undefined,
    );
    this.#db = null;
  }

  async rows(): Promise<ProjectRow[]> {
    return (await this.#connection()).getAll('projects');
  }

  async row(id: string): Promise<ProjectRow | undefined> {
    return (await this.#connection()).get('projects', id);
  }

  async create(row: ProjectRow, state: Uint8Array): Promise<void> {
    const tx = (await this.#connection()).transaction(['projects', 'updates'], 'readwrite');
    await Promise.all([
      tx.objectStore('projects').add(row),
      tx.objectStore('updates').add({ projectId: row.id, bytes: state }),
      tx.done,
    ]);
  }

  /** Reads a project without the wish to write it. */
  async read(id: string): Promise<StoredLog | null> {
    const tx = (await this.#connection()).transaction(['projects', 'updates']);
    const row = await tx.objectStore('projects').get(id);
    const updates = await tx.objectStore('updates').index('projectId').getAll(id);
    return row ? { row, updates: updates.map(({ bytes }) => bytes) } : null;
  }

  /** Reads a project and makes `writer` the only one who may write it from this moment on. */
  async claim(id: string, writer: string): Promise<StoredLog | null> {
    const tx = (await this.#connection()).transaction(['projects', 'updates'], 'readwrite');
    const row = await tx.objectStore('projects').get(id);
    if (row) await tx.objectStore('projects').put({ ...row, writer });
    const updates = await tx.objectStore('updates').index('projectId').getAll(id);
    await tx.done;
    return row ? { row: { ...row, writer }, updates: updates.map(({ bytes }) => bytes) } : null;
  }

  /** Adds to the log and changes the row; throws a WriterChangedError where someone else has claimed the project. */
  async append(
    id: string,
    writer: string,
    update: Uint8Array | null,
    changes: Partial<ProjectRow>,
  ): Promise<void> {
    const tx = (await this.#connection()).transaction(['projects', 'updates'], 'readwrite', {
      durability: 'relaxed',
    });
    const row = await tx.objectStore('projects').get(id);
    requireWriter(row, writer);
    await Promise.all([
      tx.objectStore('projects').put({ ...row, ...changes }),
      update ? tx.objectStore('updates').add({ projectId: id, bytes: update }) : null,
      tx.done,
    ]);
  }

  /** Puts one state in the place of the log, and what could not be read of it aside. */
  async compact(
    id: string,
    writer: string,
    state: Uint8Array,
    damaged: readonly Uint8Array[] = [],
    foundAt = 0,
  ): Promise<void> {
    const tx = (await this.#connection()).transaction(['projects', 'updates', 'damaged'], 'readwrite');
    requireWriter(await tx.objectStore('projects').get(id), writer);
    const updates = tx.objectStore('updates');
    for (const key of await updates.index('projectId').getAllKeys(id)) void updates.delete(key);
    void updates.add({ projectId: id, bytes: state });
    for (const bytes of damaged) void tx.objectStore('damaged').add({ projectId: id, foundAt, bytes });
    await tx.done;
  }

  /** Changes a row that nobody writes at the moment: the caller holds the project's lock. */
  async change(id: string, changes: Partial<ProjectRow>): Promise<void> {
    const tx = (await this.#connection()).transaction('projects', 'readwrite');
    const row = await tx.store.get(id);
    if (row) await tx.store.put({ ...row, ...changes });
    await tx.done;
  }

  async remove(id: string): Promise<void> {
    const tx = (await this.#connection()).transaction(['projects', 'updates'], 'readwrite');
    const updates = tx.objectStore('updates');
    for (const key of await updates.index('projectId').getAllKeys(id)) void updates.delete(key);
    void tx.objectStore('projects').delete(id);
    await tx.done;
  }

  /** A connection that the browser has closed (for want of memory, say) is opened anew at the next call. */
  #connection(): Promise<IDBPDatabase<Schema>> {
    this.#db ??= openDB<Schema>(this.#name, 1, {
      upgrade(db) {
        db.createObjectStore('projects', { keyPath: 'id' });
        db.createObjectStore('updates', { autoIncrement: true }).createIndex('projectId', 'projectId');
        db.createObjectStore('damaged', { autoIncrement: true });
      },
      blocking: () => this.close(),
      terminated: () => {
        this.#db = null;
      },
    }).catch((error: unknown) => {
      this.#db = null;
      throw error;
    });
    return this.#db;
  }
}

function requireWriter(row: ProjectRow | undefined, writer: string): asserts row is ProjectRow {
  if (row?.writer !== writer) throw new WriterChangedError('The project is written elsewhere.');
}
