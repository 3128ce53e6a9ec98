import type { CommandWriter } from '../engine/encodeCommands';
import { laneKinds } from '../engine/encodeCommands';
import type { SceneChannel } from './compile';
import { newbornParams, type SceneInsert, type SceneLane } from './compileChannel';
import type { SceneHandles } from './sceneHandles';

const noChannel: Omit<SceneChannel, 'params'> = { inserts: [], lanes: [] };

type Channel = Omit<SceneChannel, 'params'>;

/**
 * Writes the difference of a channel's inserts, but for their keys (see diffRouting). Lanes that go are taken away first,
 * while what they move is there.
 */
export function diffInserts(
  owner: number,
  before: Channel = noChannel,
  after: Channel,
  handles: SceneHandles,
  out: CommandWriter,
): void {
  removeLanes(owner, before.lanes, after.lanes, handles, out);
  if (before.inserts === after.inserts) return;
  const old = new Map(before.inserts.map((insert) => [insert.id, insert]));
  if (!sameChain(before.inserts, after.inserts)) {
    const staying = new Set(after.inserts.map(({ id }) => id));
    const chain = after.inserts.flatMap(({ id, device }) => [handles.inserts.of(id), device]);
    for (const id of old.keys()) if (!staying.has(id)) handles.inserts.release(id);
    out.inserts(owner, chain);
  }
  for (const insert of after.inserts) diffInsert(old.get(insert.id), insert, handles, out);
}

function diffInsert(
  before: SceneInsert | undefined,
  after: SceneInsert,
  handles: SceneHandles,
  out: CommandWriter,
): void {
  if (before === after) return;
  const handle = handles.inserts.of(after.id);
  const params = before?.params ?? newbornParams[after.device] ?? [];
  after.params.forEach((value, index) => {
    if (value !== params[index]) out.insertParam(handle, index, value);
  });
  if (after.on !== (before?.on ?? true) || after.levelMatched !== (before?.levelMatched ?? false)) {
    out.insertOn(handle, after.on, after.levelMatched);
  }
}

const sameChain = (a: readonly SceneInsert[], b: readonly SceneInsert[]): boolean =>
  a.length === b.length && a.every(({ id }, place) => id === b[place]?.id);

const laneKey = ({ kind, insertId, slot, index }: SceneLane): string =>
  `${kind} ${insertId} ${slot} ${index}`;

function removeLanes(
  owner: number,
  before: readonly SceneLane[],
  after: readonly SceneLane[],
  handles: SceneHandles,
  out: CommandWriter,
): void {
  if (before === after) return;
  const staying = new Set(after.map(laneKey));
  for (const lane of before) if (!staying.has(laneKey(lane))) writeLane(owner, lane, [], handles, out);
}

/** Writes the lanes that are new or different; what they move is there. */
export function diffLanes(
  owner: number,
  before: Channel = noChannel,
  after: Channel,
  handles: SceneHandles,
  out: CommandWriter,
): void {
  if (before.lanes === after.lanes) return;
  const old = new Map(before.lanes.map((lane) => [laneKey(lane), lane.points]));
  for (const lane of after.lanes) {
    if (!samePoints(old.get(laneKey(lane)), lane.points)) writeLane(owner, lane, lane.points, handles, out);
  }
}

function samePoints(a: readonly number[] | undefined, b: readonly number[]): boolean {
  return a === b || (a?.length === b.length && a.every((value, place) => value === b[place]));
}

function writeLane(
  owner: number,
  { kind, insertId, slot, index }: SceneLane,
  points: readonly number[],
  handles: SceneHandles,
  out: CommandWriter,
): void {
  const target = kind === laneKinds.insert && insertId !== null ? handles.inserts.of(insertId) : slot;
  out.automation(owner, kind, target, index, points);
}
