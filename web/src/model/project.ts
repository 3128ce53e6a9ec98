import * as Y from 'yjs';
import { applyPatches } from './applyPatches';
import { newId } from './ids';
import { migrate, schemaVersionOf } from './migrations';
import { type Collection, collections, type ProjectRecords } from './records';
import { loopDefault, tempoDefault } from './schema';
import { type Changes, noChanges, SnapshotBuilder } from './snapshotBuilder';
import type { Id, Patch, ProjectSnapshot } from './types';
import { schemaVersion } from './types';
import { writeDifference } from './writeRecords';
import { YRecords } from './yRecords';

export interface NewProject {
  readonly id?: Id;
  readonly name: string;
  readonly sampleRateHz?: number;
  readonly engineVersion: string;
}

/** The records of an empty project. */
export function emptyRecords({ id, name, sampleRateHz, engineVersion }: NewProject): ProjectRecords {
  return {
    meta: {
      schemaVersion,
      id: id ?? newId(),
      name,
      engineVersion,
      sampleRateHz: sampleRateHz ?? 48000,
      ...tempoDefault,
      loopOn: loopDefault.on,
      loopStartFrame: loopDefault.startFrame,
      loopEndFrame: loopDefault.endFrame,
    },
    master: {},
    ...(Object.fromEntries(collections.map((name) => [name, {}])) as Record<
      Collection,
      Record<string, never>
    >),
  };
}

/** A new document that holds these records, brought up to the schema of today. Throws a SchemaVersionError. */
export function documentOf(records: ProjectRecords): Y.Doc {
  const current = migrate(records);
  const doc = new Y.Doc();
  const written = new YRecords(doc);
  doc.transact(() => written.writeAll(current));
  return doc;
}

/**
 * The project document: reads a Yjs document as immutable snapshots and writes it by patches. Snapshots follow whatever
 * writes the document, another person's edits included. Belongs to the thread that made it.
 */
export class Project {
  readonly doc: Y.Doc;
  readonly #records: YRecords;
  readonly #builder: SnapshotBuilder;
  readonly #undo: Y.UndoManager;
  readonly #subscribers = new Set<(snapshot: ProjectSnapshot) => void>();
  readonly #stopObserving: () => void;
  #changes: Changes | null = null;
  #overlay: readonly Patch[] | null = null;
  #shown: ProjectSnapshot;
  #announced: ProjectSnapshot;
  #label = '';
  #readOnly = false;
  #announcedSteps = '';

  /** Takes over a document, and migrates it where it is of an earlier schema. Throws a SchemaVersionError. */
  constructor(doc: Y.Doc) {
    this.doc = doc;
    this.#records = new YRecords(doc);
    if (schemaVersionOf({ meta: this.#records.meta() }) !== schemaVersion) {
      const migrated = migrate(this.#records.toRecords());
      doc.transact(() => this.#records.writeAll(migrated));
    }
    this.#builder = new SnapshotBuilder(this.#records);
    this.#shown = this.#builder.snapshot;
    this.#announced = this.#shown;
    this.#undo = new Y.UndoManager([...this.#records.roots], {
      captureTimeout: 0,
      trackedOrigins: new Set([this]),
    });
    this.#undo.on('stack-item-added', ({ stackItem }: { stackItem: { meta: Map<unknown, unknown> } }) => {
      const undone = this.#undo.currStackItem?.meta.get('label');
      stackItem.meta.set('label', undone ?? this.#label);
    });
    this.#stopObserving = this.#records.observe((changes) => this.#collect(changes));
    doc.on('afterTransaction', this.#afterTransaction);
  }

  static create(project: NewProject): Project {
    return new Project(documentOf(emptyRecords(project)));
  }

  /** With the preview, where there is one. */
  snapshot(): ProjectSnapshot {
    return this.#shown;
  }

  /** Without the preview: what commit starts from. */
  committed(): ProjectSnapshot {
    return this.#builder.snapshot;
  }

  records(): ProjectRecords {
    return this.#records.toRecords();
  }

  /** Called after every change of the snapshot or of what can be undone. Returns the way to stop. */
  subscribe(listener: (snapshot: ProjectSnapshot) => void): () => void {
    const own = (snapshot: ProjectSnapshot): void => listener(snapshot);
    this.#subscribers.add(own);
    return () => this.#subscribers.delete(own);
  }

  /** One transaction and one undo step; ends the preview. Patches that change nothing leave no step. Throws a PatchError. */
  commit(label: string, patches: readonly Patch[]): void {
    this.#write(label, patches, this);
  }

  /** Writes what is not the hand's doing, such as the engine's version. Can't be undone. */
  commitSilently(patches: readonly Patch[]): void {
    this.#write('', patches, null);
  }

  /**
   * Shows the document as if the patches were committed; null ends it. They are computed from the snapshot of before the
   * gesture, each time anew. Throws a PatchError, and leaves the preview as it was.
   */
  preview(patches: readonly Patch[] | null): void {
    if (this.#readOnly) return;
    const shown = patches ? applyPatches(this.#builder.snapshot, patches) : this.#builder.snapshot;
    this.#overlay = patches;
    this.#show(shown);
  }

  undo(): void {
    if (this.#readOnly) return;
    this.#overlay = null;
    this.#undo.undo();
    this.#show(this.#builder.snapshot);
  }

  redo(): void {
    if (this.#readOnly) return;
    this.#overlay = null;
    this.#undo.redo();
    this.#show(this.#builder.snapshot);
  }

  get undoLabel(): string | null {
    return labelOf(this.#undo.undoStack);
  }

  get redoLabel(): string | null {
    return labelOf(this.#undo.redoStack);
  }

  /** A document that another tab writes can be looked at and heard; edits and previews do nothing. */
  get readOnly(): boolean {
    return this.#readOnly;
  }

  setReadOnly(): void {
    this.#readOnly = true;
    this.#overlay = null;
    this.#show(this.#builder.snapshot);
  }

  destroy(): void {
    this.#stopObserving();
    this.doc.off('afterTransaction', this.#afterTransaction);
    this.#undo.destroy();
    this.#subscribers.clear();
  }

  #write(label: string, patches: readonly Patch[], origin: unknown): void {
    if (this.#readOnly) return;
    const before = this.#builder.snapshot;
    const after = applyPatches(before, patches);
    this.#overlay = null;
    if (after !== before) {
      this.#label = label;
      this.doc.transact(() => {
        writeDifference(this.#records, before, after, this.#builder);
      }, origin);
    }
    this.#show(this.#builder.snapshot);
  }

  #collect(changes: Changes): void {
    this.#changes ??= noChanges();
    const sum = this.#changes;
    sum.meta ||= changes.meta;
    sum.master ||= changes.master;
    for (const collection of collections) {
      for (const id of changes[collection]) sum[collection].add(id);
    }
  }

  readonly #afterTransaction = (): void => {
    const changes = this.#changes;
    if (!changes) return;
    this.#changes = null;
    const base = this.#builder.update(changes);
    this.#show(this.#overlay ? this.#overlaid(base, this.#overlay) : base);
  };

  /** A preview that another person's edit has made impossible ends. */
  #overlaid(base: ProjectSnapshot, overlay: readonly Patch[]): ProjectSnapshot {
    try {
      return applyPatches(base, overlay);
    } catch {
      this.#overlay = null;
      return base;
    }
  }

  #show(snapshot: ProjectSnapshot): void {
    this.#shown = snapshot;
    const steps = `${this.#undo.undoStack.length} ${this.undoLabel} ${this.redoLabel} ${this.#readOnly}`;
    if (this.#announced === snapshot && this.#announcedSteps === steps) return;
    this.#announced = snapshot;
    this.#announcedSteps = steps;
    for (const subscriber of [...this.#subscribers]) {
      try {
        subscriber(snapshot);
      } catch (error) {
        // A listener that fails must not leave a Yjs transaction half ended, nor the other listeners behind.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}

function labelOf(stack: readonly { meta: Map<unknown, unknown> }[]): string | null {
  const label = stack.at(-1)?.meta.get('label');
  return typeof label === 'string' ? label : null;
}
