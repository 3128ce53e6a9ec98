import { keepEqual } from './equal';
import type { RawRecord } from './records';
import type { Id } from './types';

/** Records of one collection that each name an owner, and whose they are. */
export class OwnedRecords<T> {
  readonly #parse: (id: string, raw: RawRecord) => T | null;
  readonly #ownerOf: (record: T) => Id;
  readonly #byId = new Map<Id, T>();
  readonly #idsByOwner = new Map<Id, Set<Id>>();

  constructor(parse: (id: string, raw: RawRecord) => T | null, ownerOf: (record: T) => Id) {
    this.#parse = parse;
    this.#ownerOf = ownerOf;
  }

  get(id: Id): T | undefined {
    return this.#byId.get(id);
  }

  values(): IterableIterator<T> {
    return this.#byId.values();
  }

  idsOf(ownerId: Id): Iterable<Id> {
    return this.#idsByOwner.get(ownerId) ?? [];
  }

  /** Reads records anew; the owners of those that are different, before and now, become stale. */
  read(ids: Iterable<Id>, get: (id: Id) => RawRecord | null, stale: Set<Id>): void {
    for (const id of ids) {
      const raw = get(id);
      const old = this.#byId.get(id) ?? null;
      const fresh = keepEqual(old, raw === null ? null : this.#parse(id, raw));
      if (fresh === old) continue;
      const before = old && this.#ownerOf(old);
      const after = fresh && this.#ownerOf(fresh);
      if (fresh === null) this.#byId.delete(id);
      else this.#byId.set(id, fresh);
      if (before !== null) {
        stale.add(before);
        if (before !== after) this.#idsByOwner.get(before)?.delete(id);
      }
      if (after !== null) {
        stale.add(after);
        const siblings = this.#idsByOwner.get(after);
        if (siblings) siblings.add(id);
        else this.#idsByOwner.set(after, new Set([id]));
      }
    }
  }
}
