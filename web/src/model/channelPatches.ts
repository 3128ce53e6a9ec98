import { laneKey, laneRange } from './automation';
import { keepEqual } from './equal';
import { normaliseInsert, normaliseLane, normalisePoints, normaliseSend } from './normaliseChannel';
import { clampParam, deviceRanges } from './params';
import { FullError, PatchError } from './patchError';
import type { ChannelPatch, Id, Insert, Lane, Send } from './types';

/** What the patches of a channel change: a track, or the master, whose sends are none. */
export interface Channel {
  readonly sends: readonly Send[];
  readonly inserts: readonly Insert[];
  readonly lanes: readonly Lane[];
}

export const maxSends = 16;
export const maxInserts = 16;

/** The channel after the patch; the same object where nothing changes. Lanes whose target goes are left to the caller. */
export function applyChannelPatch(ownerId: Id, channel: Channel, patch: ChannelPatch): Channel {
  switch (patch.op) {
    case 'send.add':
      if (channel.sends.length >= maxSends) throw new FullError(`A strip has room for ${maxSends} sends.`);
      return withSends(channel, inserted(channel.sends, normaliseSend(patch.send), patch.index));
    case 'send.remove':
      return withSends(channel, without(channel.sends, patch.sendId));
    case 'send.set':
      return withSends(
        channel,
        changed(channel.sends, patch.sendId, (send) =>
          normaliseSend({ ...send, ...given(patch.fields), id: send.id }),
        ),
      );
    case 'send.move':
      return withSends(channel, moved(channel.sends, patch.sendId, patch.index));
    case 'insert.add':
      if (channel.inserts.length >= maxInserts) {
        throw new FullError(`A strip has room for ${maxInserts} inserts.`);
      }
      return withInserts(channel, inserted(channel.inserts, normaliseInsert(patch.insert), patch.index));
    case 'insert.remove':
      return withInserts(channel, without(channel.inserts, patch.insertId));
    case 'insert.set':
      return withInserts(
        channel,
        changed(channel.inserts, patch.insertId, (insert) =>
          normaliseInsert({ ...insert, ...given(patch.fields), id: insert.id }),
        ),
      );
    case 'insert.move':
      return withInserts(channel, moved(channel.inserts, patch.insertId, patch.index));
    case 'insert.param':
      return withInserts(
        channel,
        changed(channel.inserts, patch.insertId, (insert) => withParam(insert, patch.param, patch.value)),
      );
    case 'lane.add': {
      const lane = checkedLane(ownerId, channel, patch.lane);
      if (channel.lanes.some((other) => laneKey(other) === laneKey(lane))) {
        throw new PatchError(`“${lane.param}” has a lane already.`);
      }
      return { ...channel, lanes: [...channel.lanes, lane] };
    }
    case 'lane.remove':
      return withLanes(channel, without(channel.lanes, patch.laneId));
    case 'lane.set':
      return withLanes(
        channel,
        changed(channel.lanes, patch.laneId, (lane) =>
          normaliseLane({ ...lane, ...given(patch.fields) }, laneRange(ownerId, channel, lane)),
        ),
      );
    case 'points.set':
      return withLanes(
        channel,
        changed(channel.lanes, patch.laneId, (lane) => {
          const { fromFrame, toFrame, points } = patch;
          const kept = lane.points.filter(({ frame }) => frame < fromFrame || frame >= toFrame);
          const range = laneRange(ownerId, channel, lane);
          return range ? { ...lane, points: normalisePoints([...kept, ...points], range) } : lane;
        }),
      );
  }
}

function checkedLane(ownerId: Id, channel: Channel, lane: Lane): Lane {
  const range = laneRange(ownerId, channel, lane);
  if (!range) throw new PatchError(`There is no parameter “${lane.param}” to automate.`);
  return normaliseLane(lane, range);
}

function withParam(insert: Insert, param: string, value: number): Insert {
  const range = deviceRanges(insert.device).get(param);
  if (!range) throw new PatchError(`There is no parameter “${param}” of “${insert.device}”.`);
  return { ...insert, params: { ...insert.params, [param]: clampParam(range, value) } };
}

const withSends = (channel: Channel, sends: readonly Send[]): Channel =>
  sends === channel.sends ? channel : { ...channel, sends };
const withInserts = (channel: Channel, inserts: readonly Insert[]): Channel =>
  inserts === channel.inserts ? channel : { ...channel, inserts };
const withLanes = (channel: Channel, lanes: readonly Lane[]): Channel =>
  lanes === channel.lanes ? channel : { ...channel, lanes };

function inserted<T>(items: readonly T[], item: T, index: number): readonly T[] {
  return items.toSpliced(Math.max(0, index), 0, item);
}

function without<T extends { id: Id }>(items: readonly T[], id: Id): readonly T[] {
  return items.some((item) => item.id === id) ? items.filter((item) => item.id !== id) : items;
}

function moved<T extends { id: Id }>(items: readonly T[], id: Id, index: number): readonly T[] {
  const place = items.findIndex((item) => item.id === id);
  const item = items[place];
  const target = Math.min(Math.max(0, index), items.length - 1);
  return !item || place === target ? items : items.toSpliced(place, 1).toSpliced(target, 0, item);
}

function changed<T extends { id: Id }>(items: readonly T[], id: Id, change: (item: T) => T): readonly T[] {
  const place = items.findIndex((item) => item.id === id);
  const item = items[place];
  if (!item) return items;
  const fresh = keepEqual(item, change(item));
  return fresh === item ? items : items.with(place, fresh);
}

/** A field that is there but undefined changes nothing. */
export function given<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
