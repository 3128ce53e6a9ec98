import { createHash } from 'node:crypto';
import { chunksOf, doomedKey, lastPart, type ObjectFacts, pieceKey, type Store } from '../store/store';

const AT_ONCE = 32;

/** Since when the pieces that nothing refers to are marked, by id. */
export type Marks = ReadonlyMap<string, number>;

/** A mark counts for the piece that lay there when it was made: one that was uploaded again since is safe. */
export const isDoomed = (piece: { modifiedMs: number }, markedMs: number | undefined) =>
  markedMs !== undefined && markedMs >= piece.modifiedMs;

export interface Inventory {
  /** What has to be uploaded, in the order asked. */
  missing: string[];
  /** How much of what was asked is there. */
  storedBytes: number;
  /** Those of the missing that are there still, but marked to be removed. */
  doomed: ReadonlySet<string>;
}

/** The pieces in a store, and the marks of the sweep on them. */
export class Pieces {
  constructor(private readonly store: Store) {}

  async marks(): Promise<Marks> {
    const marks = new Map<string, number>();
    for await (const { key, modifiedMs } of this.store.list('doomed/')) marks.set(lastPart(key), modifiedMs);
    return marks;
  }

  /**
   * Which of these are not to be relied on: not there, of another length than announced, or marked by the sweep. A mark
   * that an upload has overtaken is taken off.
   */
  async inventory(asked: readonly { id: string; bytes?: number }[]): Promise<Inventory> {
    const marks = await this.marks();
    const doomed = new Set<string>();
    const facts = await mapAtOnce(asked, async ({ id, bytes }): Promise<ObjectFacts | null> => {
      const found = await this.store.stat(pieceKey(id));
      if (found === null || (bytes !== undefined && found.bytes !== bytes)) return null;
      const markedMs = marks.get(id);
      if (markedMs === undefined) return found;
      if (isDoomed(found, markedMs)) {
        doomed.add(id);
        return null;
      }
      await this.spare(id);
      return found;
    });
    return {
      missing: asked.filter((_, at) => facts[at] === null).map(({ id }) => id),
      storedBytes: facts.reduce((sum, found) => sum + (found?.bytes ?? 0), 0),
      doomed,
    };
  }

  /** Which of these are not there at all. */
  async absent(ids: readonly string[]): Promise<string[]> {
    const facts = await mapAtOnce(ids, (id) => this.store.stat(pieceKey(id)));
    return ids.filter((_, at) => facts[at] === null);
  }

  async doom(id: string): Promise<void> {
    await this.store.write(doomedKey(id), new Uint8Array());
  }

  async spare(id: string): Promise<void> {
    await this.store.remove(doomedKey(id));
  }

  /**
   * Reads a piece and removes it when its octets are not those of its name, so that it counts as missing and is uploaded
   * again. Null when there is none.
   */
  async discardIfDamaged(id: string): Promise<boolean | null> {
    const piece = await this.store.open(pieceKey(id));
    if (piece === null) return null;
    const hash = createHash('sha256');
    for await (const chunk of chunksOf(piece.octets)) hash.update(chunk);
    if (hash.digest('hex') === id) return false;
    await this.store.remove(pieceKey(id), piece.version);
    return true;
  }
}

/** Maps in order, a bounded number at once. */
async function mapAtOnce<In, Out>(items: readonly In[], work: (item: In) => Promise<Out>): Promise<Out[]> {
  const results: Out[] = new Array(items.length);
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const at = next++;
      results[at] = await work(items[at] as In);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
  return results;
}
