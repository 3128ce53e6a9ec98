import { doomedKey, lastPart, pieceKey, StoreFull, VersionConflict } from '../store/store';
import { isDoomed } from './pieces';
import { isEnded, isExpired, pieceIdSchema, type ShareRecord, tombstone } from './records';
import type { Sharing } from './sharing';

const HOUR_MS = 3600 * 1000;
export const PIECE_GRACE_MS = 24 * HOUR_MS;
export const MARK_GRACE_MS = HOUR_MS;
export const TOMBSTONE_MS = 30 * 24 * HOUR_MS;
const UNFINISHED_MS = 6 * HOUR_MS;

export interface Swept {
  expired: number;
  forgotten: number;
  marked: number;
  spared: number;
  removed: number;
  shares: number;
  pieces: number;
  bytes: number;
}

/**
 * Ends expired shares, forgets old tombstones and removes pieces that no share refers to, in two steps an hour or more
 * apart: first a mark, from which on the piece counts as missing for new shares, then, when the shares still don't refer
 * to it, the piece. Any number of processes may sweep at once. A share that can't be read stops the sweep before it removes
 * a piece: it might refer to any.
 */
export async function sweep(sharing: Sharing): Promise<Swept> {
  const { records, pieces, store, now } = sharing;
  const swept: Swept = {
    expired: 0,
    forgotten: 0,
    marked: 0,
    spared: 0,
    removed: 0,
    shares: 0,
    pieces: 0,
    bytes: 0,
  };

  const endExpired = async (id: string, record: ShareRecord, version: string) => {
    try {
      await records.write(id, tombstone(record, 'expired', now()), version);
      swept.expired++;
    } catch (error) {
      // Renewed meanwhile, or no room for a tombstone: the next sweep sees.
      if (!(error instanceof VersionConflict || error instanceof StoreFull)) throw error;
    }
  };

  await store.tidy(now() - UNFINISHED_MS);
  const needed = new Set<string>();
  for await (const { id, record, version } of records.all()) {
    swept.shares++;
    if (isEnded(record)) {
      if (now() - record.endedAt < TOMBSTONE_MS) continue;
      await records.remove(id, version);
      swept.forgotten++;
    } else if (isExpired(record, now())) await endExpired(id, record, version);
    else for (const piece of record.pieces) needed.add(piece);
  }

  const marks = await pieces.marks();
  const markless = new Set(marks.keys());
  const due: string[] = [];
  for await (const { key, bytes, modifiedMs } of store.list('pieces/')) {
    const id = lastPart(key);
    if (!pieceIdSchema.safeParse(id).success) continue;
    swept.pieces++;
    swept.bytes += bytes;
    markless.delete(id);
    const markedMs = marks.get(id);
    if (needed.has(id) || (markedMs !== undefined && !isDoomed({ modifiedMs }, markedMs))) {
      if (markedMs === undefined) continue;
      await pieces.spare(id);
      swept.spared++;
    } else if (markedMs === undefined) {
      if (now() - modifiedMs < PIECE_GRACE_MS) continue;
      await pieces.doom(id);
      swept.marked++;
    } else if (now() - markedMs >= MARK_GRACE_MS) due.push(id);
  }
  for (const id of markless) if (now() - (marks.get(id) ?? 0) >= MARK_GRACE_MS) await pieces.spare(id);
  if (due.length > 0) swept.bytes -= await removeDue(sharing, due, swept);
  sharing.usage.bytes = swept.bytes;
  return swept;
}

/** Removes pieces whose mark is old, when the shares as they are now don't refer to them. Returns the octets removed. */
async function removeDue(
  { records, pieces, store, now }: Sharing,
  due: string[],
  swept: Swept,
): Promise<number> {
  const needed = new Set<string>();
  for await (const { record } of records.all()) {
    if (!isEnded(record)) for (const piece of record.pieces) needed.add(piece);
  }
  let removedBytes = 0;
  for (const id of due) {
    if (needed.has(id)) {
      await pieces.spare(id);
      swept.spared++;
      continue;
    }
    const piece = await store.stat(pieceKey(id));
    const mark = await store.stat(doomedKey(id));
    // A mark that is gone or fresh again says that someone is uploading the piece.
    if (mark === null || now() - mark.modifiedMs < MARK_GRACE_MS) continue;
    if (piece !== null && isDoomed(piece, mark.modifiedMs)) {
      await store.remove(pieceKey(id), piece.version);
      removedBytes += piece.bytes;
      swept.removed++;
    }
    await pieces.spare(id);
  }
  return removedBytes;
}

const SWEEP_EVERY_MS = HOUR_MS;

/** Sweeps at the start and about every hour; each process at its own time. Returns what ends that. */
export function sweepRegularly(
  sharing: Sharing,
  done: (swept: Swept, ms: number) => void,
  failed: (error: unknown) => void,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const once = async () => {
    const started = performance.now();
    try {
      done(await sweep(sharing), performance.now() - started);
    } catch (error) {
      failed(error);
    }
    if (stopped) return;
    timer = setTimeout(once, SWEEP_EVERY_MS * (0.9 + 0.2 * Math.random()));
    timer.unref();
  };
  void once();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
