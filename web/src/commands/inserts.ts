import { maxInserts } from '../model/channelPatches';
import { type MakeId, newId } from '../model/ids';
import { Wiring } from '../model/routing';
import { freshInsert } from '../model/strip';
import type { DeviceId, Id, Insert, Lane, Patch, ProjectSnapshot } from '../model/types';
import { masterId } from '../model/types';
import { findInsert, findOwner } from './owners';

interface InsertPlace {
  /** A track, or 'master'. */
  readonly ownerId: Id;
  readonly insertId: Id;
}

/** Nothing where the strip is full. Without an index, at the end. */
export function addInsert(
  project: ProjectSnapshot,
  {
    ownerId,
    device,
    index,
    params = {},
    preset = '',
  }: {
    readonly ownerId: Id;
    readonly device: DeviceId;
    readonly index?: number;
    readonly params?: Readonly<Record<string, number>>;
    readonly preset?: string;
  },
  makeId: MakeId = newId,
): Patch[] {
  const owner = findOwner(project, ownerId);
  if (!owner || owner.inserts.length >= maxInserts) return [];
  const fresh = freshInsert(makeId(), device, { preset });
  const insert: Insert = { ...fresh, params: { ...fresh.params, ...params } };
  return [{ op: 'insert.add', ownerId, insert, index: index ?? owner.inserts.length }];
}

/** Takes the lanes that move it along. */
export function removeInsert(project: ProjectSnapshot, { ownerId, insertId }: InsertPlace): Patch[] {
  return findInsert(project, ownerId, insertId) ? [{ op: 'insert.remove', ownerId, insertId }] : [];
}

/**
 * To a place in its own strip or in another, where it stands before what is at `index` now; its automation comes along.
 * Nothing where the other strip is full.
 */
export function moveInsert(
  project: ProjectSnapshot,
  {
    ownerId,
    insertId,
    toOwnerId = ownerId,
    index,
  }: InsertPlace & { readonly toOwnerId?: Id; readonly index: number },
  makeId: MakeId = newId,
): Patch[] {
  const inserts = findOwner(project, ownerId)?.inserts ?? [];
  const from = inserts.findIndex(({ id }) => id === insertId);
  if (from < 0) return [];
  if (toOwnerId === ownerId) {
    const to = Math.min(index > from ? index - 1 : index, inserts.length - 1);
    return to === from ? [] : [{ op: 'insert.move', ownerId, insertId, index: to }];
  }
  const copy = copyInsert(project, { ownerId, insertId, toOwnerId, index }, makeId);
  return copy.length > 0 ? [{ op: 'insert.remove', ownerId, insertId }, ...copy] : [];
}

/** A copy with its settings and automation. Nothing where the other strip is full. */
export function copyInsert(
  project: ProjectSnapshot,
  { ownerId, insertId, toOwnerId, index }: InsertPlace & { readonly toOwnerId: Id; readonly index: number },
  makeId: MakeId = newId,
): Patch[] {
  const owner = findOwner(project, ownerId);
  const insert = owner?.inserts.find(({ id }) => id === insertId);
  const target = findOwner(project, toOwnerId);
  if (!owner || !insert || !target || target.inserts.length >= maxInserts) return [];
  const id = makeId();
  const keyed = insert.keyId !== null && canKey(project, toOwnerId, insert.keyId);
  const lanes = owner.lanes.filter((lane) => lane.kind === 'insert' && lane.targetId === insertId);
  return [
    {
      op: 'insert.add',
      ownerId: toOwnerId,
      insert: { ...insert, id, keyId: keyed ? insert.keyId : null },
      index,
    },
    ...lanes.map((lane): Patch => {
      const copy: Lane = { ...lane, id: makeId(), targetId: id };
      return { op: 'lane.add', ownerId: toOwnerId, lane: copy };
    }),
  ];
}

/** Beside the original. */
export function duplicateInsert(
  project: ProjectSnapshot,
  { ownerId, insertId }: InsertPlace,
  makeId: MakeId = newId,
): Patch[] {
  const place = findOwner(project, ownerId)?.inserts.findIndex(({ id }) => id === insertId) ?? -1;
  return place < 0
    ? []
    : copyInsert(project, { ownerId, insertId, toOwnerId: ownerId, index: place + 1 }, makeId);
}

/** Bypasses it, or takes it in again. */
export function toggleInsert(project: ProjectSnapshot, { ownerId, insertId }: InsertPlace): Patch[] {
  const insert = findInsert(project, ownerId, insertId);
  return insert ? [{ op: 'insert.set', ownerId, insertId, fields: { on: !insert.on } }] : [];
}

export function setLevelMatched(
  project: ProjectSnapshot,
  { ownerId, insertId, on }: InsertPlace & { readonly on: boolean },
): Patch[] {
  return findInsert(project, ownerId, insertId)
    ? [{ op: 'insert.set', ownerId, insertId, fields: { levelMatched: on } }]
    : [];
}

export function setInsertParam(
  project: ProjectSnapshot,
  { ownerId, insertId, param, value }: InsertPlace & { readonly param: string; readonly value: number },
): Patch[] {
  const insert = findInsert(project, ownerId, insertId);
  return insert && Object.hasOwn(insert.params, param)
    ? [{ op: 'insert.param', ownerId, insertId, param, value }]
    : [];
}

/** Several at once, as one hand on a graph moves them. */
export function setInsertParams(
  project: ProjectSnapshot,
  { ownerId, insertId, values }: InsertPlace & { readonly values: Readonly<Record<string, number>> },
): Patch[] {
  return Object.entries(values).flatMap(([param, value]) =>
    setInsertParam(project, { ownerId, insertId, param, value }),
  );
}

/** The track that steers the device; null: its own sound does. Nothing where that would make a loop. */
export function setInsertKey(
  project: ProjectSnapshot,
  { ownerId, insertId, keyId }: InsertPlace & { readonly keyId: Id | null },
): Patch[] {
  const insert = findInsert(project, ownerId, insertId);
  if (!insert || insert.keyId === keyId) return [];
  if (keyId !== null && !canKey(project, ownerId, keyId)) return [];
  return [{ op: 'insert.set', ownerId, insertId, fields: { keyId } }];
}

export function setImpulse(
  project: ProjectSnapshot,
  { ownerId, insertId, impulseId }: InsertPlace & { readonly impulseId: string | null },
): Patch[] {
  return findInsert(project, ownerId, insertId)
    ? [{ op: 'insert.set', ownerId, insertId, fields: { impulseId } }]
    : [];
}

/** Whether one track may steer something in another without making a loop. The master can be steered by any. */
export function canKey(project: ProjectSnapshot, ownerId: Id, keyId: Id): boolean {
  if (!project.tracks.some(({ id }) => id === keyId)) return false;
  return ownerId === masterId || !new Wiring(project.tracks).wouldLoop(keyId, ownerId);
}
