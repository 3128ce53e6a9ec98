import * as Y from 'yjs';
import { newId } from '../../model/ids';
import { SchemaVersionError } from '../../model/migrations';
import { cleanName } from '../../model/normalise';
import { documentOf, emptyRecords, type NewProject, Project } from '../../model/project';
import type { ProjectRecords } from '../../model/records';
import {
  type OverviewLane,
  ProjectDatabase,
  type ProjectFacts,
  type ProjectRow,
  type StoredLog,
} from './database';
import { type HeldLock, noLocks, type TabChannel, type TabLocks, type TabMessage, webLocks } from './locks';
import { factsOf, OpenProject, type Recovery } from './openProject';
import { replay } from './replay';

export interface StoredProject extends ProjectFacts {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly deletedAt: number | null;
  readonly overview: readonly OverviewLane[];
}

export type OpenResult =
  | OpenProject
  /** Another tab writes it; open it with `takeOver` to write it here. */
  | { readonly state: 'elsewhere' }
  | { readonly state: 'missing' }
  /** It is there and stays as it is; `reason` is a sentence for people. */
  | { readonly state: 'unreadable'; readonly reason: string };

/** A project can't be changed from the list because another tab writes it. */
export class ProjectElsewhereError extends Error {
  override readonly name = 'ProjectElsewhereError';
}

export interface ProjectStoreOptions {
  readonly databaseName?: string;
  readonly locks?: TabLocks;
  readonly channel?: TabChannel;
  /** Tells when the page is hidden or left; the window does. */
  readonly lifecycle?: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;
  readonly now?: () => number;
}

/** How long another tab may take to save and let go before the project is taken from it. */
const letGoMs = 2000;
/** The bin is emptied of what has lain there longer. */
export const binDays = 30;
/** A log this long is written anew when its project is opened. */
const compactAtOpening = 50;

/** The projects of this browser: a list, and each one's document as a log of updates. */
export class ProjectStore {
  readonly #database: ProjectDatabase;
  readonly #locks: TabLocks;
  readonly #channel: TabChannel | null;
  readonly #lifecycle: ProjectStoreOptions['lifecycle'];
  readonly #now: () => number;
  readonly #open = new Map<string, OpenProject>();
  readonly #opening = new Map<string, Promise<OpenResult>>();
  readonly #listListeners = new Set<() => void>();

  private constructor(database: ProjectDatabase, options: ProjectStoreOptions) {
    this.#database = database;
    this.#locks = options.locks ?? defaultLocks();
    this.#channel = options.channel ?? defaultChannel();
    this.#lifecycle = options.lifecycle ?? (typeof document === 'undefined' ? undefined : globalThis);
    this.#now = options.now ?? Date.now;
    if (this.#channel) this.#channel.onmessage = ({ data }) => this.#hear(data);
    for (const event of lifecycleEvents) this.#lifecycle?.addEventListener(event, this.#flushAll);
  }

  /** Throws where the browser keeps nothing, as in some private windows. */
  static async open(options: ProjectStoreOptions = {}): Promise<ProjectStore> {
    const database = await ProjectDatabase.open(options.databaseName ?? 'mixwell-projects').catch(
      (cause: unknown) => {
        throw new Error(
          'This browser window keeps no data, so projects can’t be saved here. A private window may be the reason.',
          { cause },
        );
      },
    );
    return new ProjectStore(database, options);
  }

  /** Newest first, without those in the bin. */
  async list(): Promise<StoredProject[]> {
    return (await this.#database.rows())
      .filter(({ deletedAt }) => deletedAt === null)
      .sort((a, b) => b.modifiedAt - a.modifiedAt || (a.id < b.id ? -1 : 1))
      .map(withoutInternals);
  }

  /** Those in the bin, last deleted first. */
  async listDeleted(): Promise<StoredProject[]> {
    return (await this.#database.rows())
      .filter(({ deletedAt }) => deletedAt !== null)
      .sort((a, b) => (b.deletedAt ?? 0) - (a.deletedAt ?? 0))
      .map(withoutInternals);
  }

  /** Called when the list may have changed, here or in another tab. */
  onListChange(listener: () => void): () => void {
    this.#listListeners.add(listener);
    return () => this.#listListeners.delete(listener);
  }

  async create(project: Omit<NewProject, 'id'>): Promise<string> {
    return this.createFrom(emptyRecords(project));
  }

  /** A new project of its own with this content, such as that of a project file. Throws a SchemaVersionError. */
  async createFrom(records: ProjectRecords, name?: string): Promise<string> {
    return this.#add(documentOf(records), name);
  }

  /** Opens a project to be written by this tab. Opening what is open here already gives the same object. */
  async open(id: string, { takeOver = false } = {}): Promise<OpenResult> {
    const here = this.#open.get(id);
    if (here) return here;
    const opening = this.#opening.get(id) ?? this.#openNew(id, takeOver);
    this.#opening.set(id, opening);
    return opening.finally(() => this.#opening.delete(id));
  }

  /** The copy's id. Works for a project that is open, here or elsewhere, too: as far as it is saved. */
  async duplicate(id: string, name?: string): Promise<string> {
    await this.#open.get(id)?.flush();
    const log = await this.#database.read(id);
    if (!log) throw new Error('The project to duplicate is not there any more.');
    const names = new Set((await this.list()).map((row) => row.name));
    const { doc } = replay(log.updates);
    return this.#add(doc, name ?? copyName(log.row.name, names), log.row);
  }

  /** Throws a ProjectElsewhereError. */
  async rename(id: string, name: string): Promise<void> {
    const clean = cleanName(name, '');
    if (clean === '') return;
    const here = this.#open.get(id);
    const opened = here ?? (await this.#openForChange(id));
    opened.project.commitSilently([{ op: 'project.set', fields: { name: clean } }]);
    if (here) await here.flush();
    else await opened.close(true);
  }

  /** Into the bin; closes it where it is open here. Throws a ProjectElsewhereError. */
  async remove(id: string): Promise<void> {
    await this.#open.get(id)?.close(true);
    await this.#whileHeld(id, () => this.#database.change(id, { deletedAt: this.#now() }));
  }

  /** Out of the bin. */
  async restore(id: string): Promise<void> {
    await this.#whileHeld(id, () => this.#database.change(id, { deletedAt: null }));
  }

  /** For ever. */
  async purge(id: string): Promise<void> {
    await this.#open.get(id)?.close(true);
    await this.#whileHeld(id, () => this.#database.remove(id));
  }

  /** Empties the bin of what has lain there for 30 days. Call it at the start. */
  async purgeOld(): Promise<void> {
    const before = this.#now() - binDays * 24 * 60 * 60 * 1000;
    for (const { id, deletedAt } of await this.listDeleted()) {
      if (deletedAt !== null && deletedAt < before) await this.purge(id).catch(() => undefined);
    }
  }

  /** All audio that any project may need, in the bin or not, undo included. What is being imported is not in it yet. */
  async referencedSources(): Promise<Set<string>> {
    const rows = await this.#database.rows();
    return new Set(rows.flatMap(({ sourceIds }) => sourceIds));
  }

  /** Closes everything. Resolves with false, and leaves open, what can't be saved. */
  async close(): Promise<boolean> {
    const closed = await Promise.all([...this.#open.values()].map((project) => project.close()));
    if (closed.includes(false)) return false;
    for (const event of lifecycleEvents) this.#lifecycle?.removeEventListener(event, this.#flushAll);
    this.#channel?.close();
    this.#database.close();
    return true;
  }

  readonly #flushAll = (): void => {
    for (const project of this.#open.values()) void project.flush();
  };

  #hear(message: TabMessage): void {
    if (message.type === 'listChanged') this.#tellListeners();
    else void this.#open.get(message.projectId)?.letGo();
  }

  #tellListeners(): void {
    for (const listener of [...this.#listListeners]) listener();
  }

  #listChanged(): void {
    this.#tellListeners();
    this.#channel?.postMessage({ type: 'listChanged' });
  }

  async #hold(id: string, takeOver: boolean): Promise<HeldLock | null> {
    const name = lockName(id);
    const free = await this.#locks.hold(name, 'ifFree');
    if (free || !takeOver) return free;
    this.#channel?.postMessage({ type: 'letGo', projectId: id });
    return (await this.#locks.hold(name, letGoMs)) ?? (await this.#locks.hold(name, 'steal'));
  }

  async #whileHeld(id: string, change: () => Promise<void>): Promise<void> {
    const lock = await this.#hold(id, false);
    if (!lock) throw await this.#elsewhere(id);
    try {
      await change();
    } finally {
      lock.release();
    }
    this.#listChanged();
  }

  async #elsewhere(id: string): Promise<ProjectElsewhereError> {
    const name = (await this.#database.row(id))?.name ?? 'The project';
    return new ProjectElsewhereError(`“${name}” is open in another tab. Close it there first.`);
  }

  async #openForChange(id: string): Promise<OpenProject> {
    const result = await this.open(id);
    if (result.state === 'open') return result;
    if (result.state === 'elsewhere') throw await this.#elsewhere(id);
    throw new Error(result.state === 'unreadable' ? result.reason : 'The project is not there any more.');
  }

  async #openNew(id: string, takeOver: boolean): Promise<OpenResult> {
    const lock = await this.#hold(id, takeOver);
    if (!lock) return { state: 'elsewhere' };
    try {
      const result = await this.#openHeld(id, lock);
      if (result.state !== 'open') lock.release();
      return result;
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  async #openHeld(id: string, lock: HeldLock): Promise<OpenResult> {
    const writer = newId();
    const log = await this.#database.claim(id, writer);
    if (!log) return { state: 'missing' };
    const { doc, damaged } = replay(log.updates);
    let migrated = false;
    const noteMigration = (): void => {
      migrated = true;
    };
    doc.on('update', noteMigration);
    const project = projectOf(doc);
    doc.off('update', noteMigration);
    if (!(project instanceof Project)) return project;
    const rewritten = await this.#rewrite(log, writer, doc, damaged, migrated);
    const opened = new OpenProject({
      id,
      project,
      database: this.#database,
      writer,
      lock,
      recovery: recoveryOf(log.row, damaged),
      storedUpdates: rewritten ? 1 : log.updates.length,
      now: this.#now,
      onSaved: () => this.#listChanged(),
      onClosed: () => {
        if (this.#open.get(id) === opened) this.#open.delete(id);
      },
    });
    this.#open.set(id, opened);
    return opened;
  }

  /** Puts a state in the place of a long, damaged or migrated log. Only a migrated one can't do without. */
  async #rewrite(
    log: StoredLog,
    writer: string,
    doc: Y.Doc,
    damaged: readonly Uint8Array[],
    migrated: boolean,
  ): Promise<boolean> {
    if (!migrated && damaged.length === 0 && log.updates.length < compactAtOpening) return false;
    const state = Y.encodeStateAsUpdate(doc);
    const done = this.#database.compact(log.row.id, writer, state, damaged, this.#now()).then(() => true);
    return migrated ? done : done.catch(() => false);
  }

  async #add(doc: Y.Doc, name?: string, like?: ProjectRow): Promise<string> {
    const id = newId();
    const clean = name === undefined ? '' : cleanName(name, '');
    doc.transact(() => {
      const meta = doc.getMap('meta');
      meta.set('id', id);
      if (clean !== '') meta.set('name', clean);
    });
    const project = new Project(doc);
    const snapshot = project.snapshot();
    const now = this.#now();
    const row: ProjectRow = {
      id,
      ...factsOf(snapshot),
      createdAt: now,
      modifiedAt: now,
      deletedAt: null,
      sourceIds: Object.keys(snapshot.sources),
      overview: like?.overview ?? [],
      writer: '',
    };
    await this.#database.create(row, Y.encodeStateAsUpdate(doc));
    project.destroy();
    this.#listChanged();
    return id;
  }
}

const lifecycleEvents = ['pagehide', 'visibilitychange'] as const;
const lockName = (id: string): string => `mixwell-project-${id}`;

function defaultLocks(): TabLocks {
  const manager = globalThis.navigator?.locks;
  return manager ? webLocks(manager) : noLocks;
}

function defaultChannel(): TabChannel | null {
  if (typeof BroadcastChannel === 'undefined') return null;
  return new BroadcastChannel('mixwell-projects') as TabChannel;
}

function withoutInternals({ sourceIds: _sources, writer: _writer, ...project }: ProjectRow): StoredProject {
  return project;
}

function projectOf(doc: Y.Doc): Project | Extract<OpenResult, { state: 'unreadable' }> {
  try {
    return new Project(doc);
  } catch (error) {
    const newer = error instanceof SchemaVersionError && doc.getMap('meta').has('schemaVersion');
    const damaged =
      'This project’s data is damaged and could not be read. Nothing was changed; a saved project file can be opened instead.';
    return { state: 'unreadable', reason: newer ? error.message : damaged };
  }
}

function recoveryOf({ name }: ProjectRow, damaged: readonly Uint8Array[]): Recovery | null {
  if (damaged.length === 0) return null;
  return {
    message: `A part of “${name}” could not be read: some of the last changes may be missing. Everything else is here.`,
  };
}

function copyName(name: string, taken: ReadonlySet<string>): string {
  const stem = name.replace(/ copy(?: \d+)?$/, '');
  let candidate = `${stem} copy`;
  for (let number = 2; taken.has(candidate); number++) candidate = `${stem} copy ${number}`;
  return candidate;
}
