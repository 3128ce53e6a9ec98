import { lastAtOrBefore } from './automation';
import { chunkFields, parseChunk } from './channelSchema';
import { equalData } from './equal';
import { newId } from './ids';
import { keysInOrder } from './order';
import { defaultDeviceParams } from './params';
import { maxChunkPoints, paramField, type RawRecord } from './records';
import type { Id, Insert, Lane, Point, Send } from './types';
import type { YRecords } from './yRecords';

/** What of an owner's parts the document holds, seen or not. */
export interface WrittenParts {
  idsOf(collection: 'clips' | 'sends' | 'inserts' | 'lanes', ownerId: Id): Iterable<Id>;
  chunkIdsOf(laneId: Id): readonly Id[];
}

export interface Parts {
  readonly sends: readonly Send[];
  readonly inserts: readonly Insert[];
  readonly lanes: readonly Lane[];
}

export const noParts: Parts = { sends: [], inserts: [], lanes: [] };

/** A value that is the default, where none was written, needs no writing. */
export function sparse(fields: RawRecord, defaults: RawRecord, written: RawRecord | null): RawRecord {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([key, value]) => (written && Object.hasOwn(written, key)) || !Object.is(value, defaults[key]),
    ),
  );
}

export const paramFields = (params: Readonly<Record<string, number>>): RawRecord =>
  Object.fromEntries(Object.entries(params).map(([id, value]) => [paramField(id), value]));

const sendDefaults: RawRecord = { gainDb: 0, pan: 0, pre: false, on: true };

function sendFields({ id: _id, ...fields }: Send, written: RawRecord | null): RawRecord {
  return sparse(fields, sendDefaults, written);
}

const insertDefaults: RawRecord = {
  on: true,
  levelMatched: false,
  keyId: null,
  preset: '',
  impulseId: null,
};

function insertFields({ id: _id, params, ...fields }: Insert, written: RawRecord | null): RawRecord {
  const defaults = { ...insertDefaults, ...paramFields(defaultDeviceParams(fields.device)) };
  return sparse({ ...fields, ...paramFields(params) }, defaults, written);
}

const laneDefaults: RawRecord = { targetId: null, timebase: 'time' };

function laneFields({ id: _id, points: _points, ...fields }: Lane, written: RawRecord | null): RawRecord {
  return sparse(fields, laneDefaults, written);
}

/** Writes the way from one state of an owner's parts to another. */
export function writeParts(
  records: YRecords,
  ownerId: Id,
  before: Parts,
  after: Parts,
  written: WrittenParts,
): void {
  writeList(records, 'sends', ownerId, before.sends, after.sends, sendFields);
  writeList(records, 'inserts', ownerId, before.inserts, after.inserts, insertFields);
  if (before.lanes === after.lanes) return;
  const staying = new Set(after.lanes.map(({ id }) => id));
  for (const { id } of before.lanes) if (!staying.has(id)) removeLane(records, id, written);
  writeList(records, 'lanes', ownerId, before.lanes, after.lanes, laneFields);
  const old = new Map(before.lanes.map((lane) => [lane.id, lane]));
  for (const { id, points } of after.lanes) {
    if (old.get(id)?.points !== points) writePoints(records, id, points, written.chunkIdsOf(id));
  }
}

/** Takes everything of an owner that goes out of the document. */
export function removeParts(records: YRecords, ownerId: Id, written: WrittenParts): void {
  for (const id of [...written.idsOf('sends', ownerId)]) records.remove('sends', id);
  for (const id of [...written.idsOf('inserts', ownerId)]) records.remove('inserts', id);
  for (const id of [...written.idsOf('lanes', ownerId)]) removeLane(records, id, written);
}

function removeLane(records: YRecords, laneId: Id, written: WrittenParts): void {
  records.remove('lanes', laneId);
  for (const id of written.chunkIdsOf(laneId)) records.remove('points', id);
}

function writeList<T extends { readonly id: Id }>(
  records: YRecords,
  collection: 'sends' | 'inserts' | 'lanes',
  ownerId: Id,
  before: readonly T[],
  after: readonly T[],
  fieldsOf: (item: T, written: RawRecord | null) => RawRecord,
): void {
  if (before === after) return;
  const old = new Map(before.map((item) => [item.id, item]));
  for (const item of after) {
    if (old.get(item.id) !== item) {
      const written = records.get(collection, item.id);
      records.write(collection, item.id, { ownerId, ...fieldsOf(item, written) });
    }
    old.delete(item.id);
  }
  for (const id of old.keys()) records.remove(collection, id);
  if (before.length === after.length && before.every(({ id }, place) => id === after[place]?.id)) return;
  writeOrder(records, collection, after);
}

/** Gives the items of a list their places, writing as few as can be. */
export function writeOrder(
  records: YRecords,
  collection: 'tracks' | 'sends' | 'inserts' | 'lanes' | 'references',
  items: readonly { readonly id: Id }[],
): void {
  const keys = items.map(({ id }) => {
    const order = records.get(collection, id)?.order;
    return typeof order === 'string' ? order : null;
  });
  for (const [place, order] of keysInOrder(keys)) {
    records.write(collection, (items[place] as { id: Id }).id, { order });
  }
}

/** How full a chunk is made, so that points that are added later find room. */
const freshChunkPoints = 48;

/** Writes only the chunks that hold other points now; a chunk that is too full is parted. */
function writePoints(records: YRecords, laneId: Id, points: readonly Point[], chunkIds: readonly Id[]): void {
  const sparsely = chunkIds.length > 2 && points.length < chunkIds.length * (maxChunkPoints / 8);
  const kept = sparsely ? chunkIds.slice(0, 1) : chunkIds;
  for (const id of chunkIds.slice(kept.length)) records.remove('points', id);
  const old = kept.map((id) => parseChunk(id, records.get('points', id) ?? {})?.points ?? []);
  let start = 0;
  kept.forEach((id, place) => {
    const next = old.slice(place + 1).find((chunk) => chunk.length > 0)?.[0]?.frame;
    const end = next === undefined ? points.length : Math.max(start, lastAtOrBefore(points, next - 1) + 1);
    const mine = points.slice(start, end);
    start = end;
    writeChunk(records, laneId, id, mine, old[place] ?? []);
  });
  if (kept.length === 0) writeChunk(records, laneId, newId(), points, []);
}

function writeChunk(
  records: YRecords,
  laneId: Id,
  chunkId: Id,
  points: readonly Point[],
  old: readonly Point[],
): void {
  if (equalData(points, old)) return;
  if (points.length === 0) {
    records.remove('points', chunkId);
    return;
  }
  const size = points.length > maxChunkPoints ? freshChunkPoints : points.length;
  for (let from = 0; from < points.length; from += size) {
    const part = points.slice(from, from + size);
    records.write('points', from === 0 ? chunkId : newId(), chunkFields(laneId, part));
  }
}
