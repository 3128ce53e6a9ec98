import { type Chunk, parseChunk } from './channelSchema';
import { OwnedRecords } from './ownedRecords';
import type { RawRecord } from './records';
import type { Id, Point } from './types';

/** The points of all lanes out of their chunks. */
export class LanePoints {
  readonly #chunks = new OwnedRecords<Chunk>(parseChunk, ({ laneId }) => laneId);
  readonly #points = new Map<Id, readonly Point[]>();

  /** Reads chunks anew; returns the lanes whose points are different now. */
  read(chunkIds: Iterable<Id>, get: (id: Id) => RawRecord | null): Iterable<Id> {
    const stale = new Set<Id>();
    this.#chunks.read(chunkIds, get, stale);
    for (const laneId of stale) this.#points.delete(laneId);
    return stale;
  }

  /** As they were written, chunk by chunk: where chunks overlap, which only edits that met can have made, not in order. */
  of(laneId: Id): readonly Point[] {
    let points = this.#points.get(laneId);
    if (!points) {
      points = this.chunkIdsOf(laneId).flatMap((id) => this.#chunks.get(id)?.points ?? []);
      this.#points.set(laneId, points);
    }
    return points;
  }

  /** In the order of their first points, then of their ids. */
  chunkIdsOf(laneId: Id): readonly Id[] {
    const first = (id: Id): number => this.#chunks.get(id)?.points[0]?.frame ?? 0;
    return [...this.#chunks.idsOf(laneId)].sort((a, b) => first(a) - first(b) || (a < b ? -1 : 1));
  }
}
