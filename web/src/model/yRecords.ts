import * as Y from 'yjs';
import { equalData } from './equal';
import {
  type Collection,
  collections,
  isPlainRecord,
  type ProjectRecords,
  plainCollections,
  type RawRecord,
} from './records';
import { type Changes, noChanges, type RecordStore } from './snapshotBuilder';

type Fields = Y.Map<unknown>;

/**
 * A project's records in a Yjs document: one map of maps per collection, so that edits of different fields of one record
 * merge. Sources never change and points come in chunks: these are written as plain values.
 */
export class YRecords implements RecordStore {
  readonly doc: Y.Doc;
  readonly roots: readonly Fields[];
  readonly #meta: Fields;
  readonly #master: Fields;
  readonly #collections: Readonly<Record<Collection, Y.Map<Fields | RawRecord>>>;

  constructor(doc: Y.Doc) {
    this.doc = doc;
    this.#meta = doc.getMap('meta');
    this.#master = doc.getMap('master');
    this.#collections = Object.fromEntries(
      collections.map((name) => [name, doc.getMap(name) as Y.Map<Fields | RawRecord>] as const),
    ) as Record<Collection, Y.Map<Fields | RawRecord>>;
    this.roots = [this.#meta, this.#master, ...collections.map((name) => this.#collections[name] as Fields)];
  }

  get(collection: Collection, id: string): RawRecord | null {
    const record: unknown = this.#collections[collection].get(id);
    if (record instanceof Y.Map) return record.toJSON();
    return isPlainRecord(record) && !(record instanceof Y.AbstractType) ? record : null;
  }

  ids(collection: Collection): Iterable<string> {
    return this.#collections[collection].keys();
  }

  meta(): RawRecord {
    return this.#meta.toJSON();
  }

  master(): RawRecord {
    return this.#master.toJSON();
  }

  toRecords(): ProjectRecords {
    const all = (collection: Collection) =>
      Object.fromEntries(
        [...this.ids(collection)].sort().flatMap((id) => {
          const record = this.get(collection, id);
          return record ? [[id, record] as const] : [];
        }),
      );
    const parts = Object.fromEntries(collections.map((name) => [name, all(name)]));
    return {
      meta: this.meta(),
      master: this.master(),
      ...(parts as Record<Collection, Record<string, RawRecord>>),
    };
  }

  writeMeta(fields: RawRecord): void {
    writeFields(this.#meta, fields);
  }

  writeMaster(fields: RawRecord): void {
    writeFields(this.#master, fields);
  }

  /** Makes the record or changes those of its fields that are given; undefined takes a field away. */
  write(collection: Collection, id: string, fields: RawRecord): void {
    const records = this.#collections[collection];
    if (plainCollections.has(collection)) {
      if (!equalData(records.get(id), fields)) records.set(id, fields);
      return;
    }
    let record = records.get(id);
    if (!(record instanceof Y.Map)) {
      record = new Y.Map<unknown>();
      records.set(id, record);
    }
    writeFields(record, fields);
  }

  remove(collection: Collection, id: string): void {
    this.#collections[collection].delete(id);
  }

  /** Writes what is different, and takes away what is not there. Returns whether there was anything to do. */
  writeAll(records: ProjectRecords): void {
    writeFields(this.#meta, withGone(this.meta(), records.meta));
    writeFields(this.#master, withGone(this.master(), records.master));
    for (const collection of collections) {
      const wanted = records[collection];
      for (const id of [...this.ids(collection)]) if (!Object.hasOwn(wanted, id)) this.remove(collection, id);
      for (const [id, fields] of Object.entries(wanted)) {
        this.write(
          collection,
          id,
          plainCollections.has(collection) ? fields : withGone(this.get(collection, id) ?? {}, fields),
        );
      }
    }
  }

  /** Calls back during each transaction's end with what it wrote. Returns the way to stop. */
  observe(collect: (changes: Changes) => void): () => void {
    const observers = this.roots.map((root) => {
      const observer = (events: Y.YEvent<Fields>[]): void => collect(this.#changesOf(root, events));
      root.observeDeep(observer as (events: Y.YEvent<Y.AbstractType<unknown>>[]) => void);
      return () => root.unobserveDeep(observer as (events: Y.YEvent<Y.AbstractType<unknown>>[]) => void);
    });
    return () => {
      for (const stop of observers) stop();
    };
  }

  #changesOf(root: Fields, events: Y.YEvent<Fields>[]): Changes {
    const changes = noChanges();
    changes.meta = root === this.#meta;
    changes.master = root === this.#master;
    const collection = collections.find((name) => (this.#collections[name] as Fields) === root);
    if (!collection) return changes;
    for (const event of events) {
      const [id] = event.path;
      if (id !== undefined) changes[collection].add(String(id));
      else for (const key of event.changes.keys.keys()) changes[collection].add(key);
    }
    return changes;
  }
}

function withGone(old: RawRecord, fields: RawRecord): RawRecord {
  const gone = Object.keys(old).filter((key) => !Object.hasOwn(fields, key));
  return { ...Object.fromEntries(gone.map((key) => [key, undefined])), ...fields };
}

/** Writes only what is different: a write that says nothing new would still win over another person's. */
function writeFields(map: Fields, fields: RawRecord): void {
  for (const [key, value] of Object.entries(fields)) {
    if (value === undefined) {
      if (map.has(key)) map.delete(key);
    } else if (!Object.is(map.get(key), value)) {
      map.set(key, value);
    }
  }
}
