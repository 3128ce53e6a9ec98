import { deviceRanges, masterRanges, type ParamRange, sendRanges, stripRanges } from './params';
import type { Id, Insert, Lane, Point, Send } from './types';
import { masterId, masteringId } from './types';

/** At the ends of a fully bent stretch the slope is 31, or one 31st. */
const bendDepth = 0.9375;

/**
 * The value of a lane at a frame; null without points. Before the first point and after the last their values hold. From
 * point a to point b, with t = (frame - a.frame) / (b.frame - a.frame), the way is a.value + (b.value - a.value) * y:
 * linear y = t; bent y = (t * (1 + k)) / ((1 - k) + (2 * k) * t) with k = 0.9375 * bend, which passes (1 + k) / 2 in
 * the middle; hold y = 0. The engine does the same operations in the same order, so both get the same bits.
 */
export function valueAt({ points }: Pick<Lane, 'points'>, frame: number): number | null {
  const place = lastAtOrBefore(points, frame);
  const from = points[place];
  const to = points[place + 1];
  if (!from) return points[0]?.value ?? null;
  if (!to || from.shape === 'hold') return from.value;
  const t = (frame - from.frame) / (to.frame - from.frame);
  return from.value + (to.value - from.value) * (from.shape === 'bend' ? bent(t, from.bend) : t);
}

/** The way from 0 to 1 of a bent stretch. */
export function bent(t: number, bend: number): number {
  const k = bendDepth * bend;
  return (t * (1 + k)) / (1 - k + 2 * k * t);
}

/** The bend whose way passes `y` in the middle. */
export function bendThrough(y: number): number {
  return Math.min(Math.max((2 * y - 1) / bendDepth, -1), 1);
}

/** The bends of both parts of a stretch that is parted at `t`, so that the way stays the same. */
export function splitBend(bend: number, t: number): [number, number] {
  const k = bendDepth * bend;
  const middle = 1 - k + 2 * k * t;
  const bendOf = (ratio: number): number => (ratio - 1) / (ratio + 1) / bendDepth;
  return [bendOf(middle / (1 - k)), bendOf((1 + k) / middle)];
}

/** The place of the last point at or before the frame; -1 where there is none. */
export function lastAtOrBefore(points: readonly Point[], frame: number): number {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle] as Point).frame <= frame) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** What may own a lane: a track, the master or the mastering chain, which have no sends. */
export interface LaneOwner {
  readonly id?: Id;
  readonly inserts: readonly Insert[];
  readonly sends?: readonly Send[];
}

/** The mastering chain has nothing but its inserts. */
function ownRanges(ownerId: Id): ReadonlyMap<string, ParamRange> | undefined {
  if (ownerId === masteringId) return undefined;
  return ownerId === masterId ? masterRanges : stripRanges;
}

/** The range of the parameter that a lane moves; null where what it moves is not there. */
export function laneRange(
  ownerId: Id,
  owner: LaneOwner,
  { kind, targetId, param }: Pick<Lane, 'kind' | 'targetId' | 'param'>,
): ParamRange | null {
  const ranges: ReadonlyMap<string, ParamRange> | undefined =
    kind === 'strip'
      ? ownRanges(ownerId)
      : kind === 'send'
        ? owner.sends?.some(({ id }) => id === targetId)
          ? sendRanges
          : undefined
        : deviceRanges(owner.inserts.find(({ id }) => id === targetId)?.device ?? '');
  return ranges?.get(param) ?? null;
}

/** What a lane moves, as a key: there is at most one lane of each. */
export const laneKey = ({ kind, targetId, param }: Pick<Lane, 'kind' | 'targetId' | 'param'>): string =>
  `${kind} ${targetId ?? ''} ${param}`;

/** The lanes without those that move nothing, or what another one moves already. The same list where all stay. */
export function soundLanes(ownerId: Id, owner: LaneOwner, lanes: readonly Lane[]): readonly Lane[] {
  const seen = new Set<string>();
  const sound = lanes.filter((lane) => {
    const key = laneKey(lane);
    if (seen.has(key) || !laneRange(ownerId, owner, lane)) return false;
    seen.add(key);
    return true;
  });
  return sound.length === lanes.length ? lanes : sound;
}
