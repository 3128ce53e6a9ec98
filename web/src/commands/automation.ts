import { laneKey, laneRange, lastAtOrBefore, splitBend, valueAt } from '../model/automation';
import { type MakeId, newId } from '../model/ids';
import type {
  AutomationMode,
  Id,
  Lane,
  LaneKind,
  LaneTimebase,
  Patch,
  Point,
  PointShape,
  ProjectSnapshot,
} from '../model/types';
import { masterId } from '../model/types';
import { findOwner } from './owners';
import { thinned } from './thin';

/** A control that a lane can move. */
export interface LaneTarget {
  readonly ownerId: Id;
  readonly kind: LaneKind;
  readonly targetId: Id | null;
  readonly param: string;
}

export interface LanePlace {
  readonly ownerId: Id;
  readonly laneId: Id;
}

/** Solo is for the ear and belongs to no song; what a strip is by nature stays, and so does what changes the latency. */
export function canAutomate(project: ProjectSnapshot, target: LaneTarget): boolean {
  const owner = findOwner(project, target.ownerId);
  const range = owner && laneRange(target.ownerId, owner, target);
  const fixed = target.kind === 'strip' && ['solo', 'soloSafe', 'polarity', 'panLaw'].includes(target.param);
  return range !== null && !fixed && range.automatable !== false;
}

export function findLane(project: ProjectSnapshot, { ownerId, laneId }: LanePlace): Lane | null {
  return findOwner(project, ownerId)?.lanes.find(({ id }) => id === laneId) ?? null;
}

export function findLaneOf(project: ProjectSnapshot, target: LaneTarget): Lane | null {
  const key = laneKey(target);
  return findOwner(project, target.ownerId)?.lanes.find((lane) => laneKey(lane) === key) ?? null;
}

/** A lane without points, which moves nothing yet; nothing where there is one. */
export function addLane(
  project: ProjectSnapshot,
  { timebase = 'time', ...target }: LaneTarget & { readonly timebase?: LaneTimebase },
  makeId: MakeId = newId,
): Patch[] {
  if (!canAutomate(project, target) || findLaneOf(project, target)) return [];
  const { ownerId, kind, targetId, param } = target;
  const lane: Lane = { id: makeId(), kind, targetId, param, timebase, points: [] };
  return [{ op: 'lane.add', ownerId, lane }];
}

export function removeLane(project: ProjectSnapshot, { ownerId, laneId }: LanePlace): Patch[] {
  return findLane(project, { ownerId, laneId }) ? [{ op: 'lane.remove', ownerId, laneId }] : [];
}

export function setLaneTimebase(
  project: ProjectSnapshot,
  { ownerId, laneId, timebase }: LanePlace & { readonly timebase: LaneTimebase },
): Patch[] {
  return findLane(project, { ownerId, laneId })
    ? [{ op: 'lane.set', ownerId, laneId, fields: { timebase } }]
    : [];
}

export function setAutomationMode(
  project: ProjectSnapshot,
  { ownerIds, mode }: { readonly ownerIds: readonly Id[]; readonly mode: AutomationMode },
): Patch[] {
  return ownerIds.flatMap((id): Patch[] => {
    const owner = findOwner(project, id);
    if (!owner || owner.automationMode === mode) return [];
    const fields = { automationMode: mode };
    return id === masterId ? [{ op: 'master.set', fields }] : [{ op: 'track.set', trackId: id, fields }];
  });
}

/** All points of a stretch anew. */
function replace(
  { ownerId, laneId }: LanePlace,
  fromFrame: number,
  toFrame: number,
  points: readonly Point[],
): Patch {
  return { op: 'points.set', ownerId, laneId, fromFrame, toFrame, points };
}

/** A point; one that is at the frame already moves there. On a bent stretch the bend goes on before and after it. */
export function addPoint(
  project: ProjectSnapshot,
  { frame, value, ...place }: LanePlace & { readonly frame: number; readonly value: number },
): Patch[] {
  const lane = findLane(project, place);
  if (!lane) return [];
  const at = Math.max(0, Math.round(frame));
  const points = withAnchor(lane.points, at).map((point) =>
    point.frame === at ? { ...point, value } : point,
  );
  return [replace(place, 0, Number.POSITIVE_INFINITY, points)];
}

/** The same curve with a point at the frame; a lane without points gets one without a value of its own. */
function withAnchor(points: readonly Point[], frame: number): Point[] {
  const left = lastAtOrBefore(points, frame);
  const from = points[left];
  const to = points[left + 1];
  if (from?.frame === frame) return [...points];
  const value = valueAt({ points }, frame) ?? 0;
  if (!from || !to || from.shape !== 'bend') {
    const shape: PointShape = from?.shape === 'hold' ? 'hold' : 'linear';
    return points.toSpliced(left + 1, 0, { frame, value, shape, bend: 0 });
  }
  const [before, after] = splitBend(from.bend, (frame - from.frame) / (to.frame - from.frame));
  return points.toSpliced(left, 1, { ...from, bend: before }, { frame, value, shape: 'bend', bend: after });
}

/**
 * Moves points by so many frames, not past those that stay, and changes their values. Compute each step of a drag from
 * the snapshot of its beginning.
 */
export function movePoints(
  project: ProjectSnapshot,
  {
    frames,
    deltaFrames,
    newValue = (value) => value,
    ...place
  }: LanePlace & {
    /** Of the points that move. */
    readonly frames: readonly number[];
    readonly deltaFrames: number;
    readonly newValue?: (value: number) => number;
  },
): Patch[] {
  const lane = findLane(project, place);
  if (!lane) return [];
  const moving = new Set(frames);
  let least = Number.NEGATIVE_INFINITY;
  let most = Number.POSITIVE_INFINITY;
  lane.points.forEach((point, index) => {
    if (!moving.has(point.frame)) return;
    const before = lane.points.slice(0, index).findLast(({ frame }) => !moving.has(frame));
    const after = lane.points.slice(index + 1).find(({ frame }) => !moving.has(frame));
    least = Math.max(least, (before ? before.frame + 1 : 0) - point.frame);
    if (after) most = Math.min(most, after.frame - 1 - point.frame);
  });
  if (least > most) return [];
  const delta = Math.min(Math.max(Math.round(deltaFrames), least), most);
  const points = lane.points.map((point) =>
    moving.has(point.frame) ? { ...point, frame: point.frame + delta, value: newValue(point.value) } : point,
  );
  return [replace(place, 0, Number.POSITIVE_INFINITY, points)];
}

export function erasePoints(
  project: ProjectSnapshot,
  { frames, ...place }: LanePlace & { readonly frames: readonly number[] },
): Patch[] {
  const lane = findLane(project, place);
  if (!lane) return [];
  const gone = new Set(frames);
  const kept = lane.points.filter(({ frame }) => !gone.has(frame));
  return kept.length === lane.points.length ? [] : [replace(place, 0, Number.POSITIVE_INFINITY, kept)];
}

/** All points from a frame up to, without, another. */
export function eraseStretch(
  project: ProjectSnapshot,
  { fromFrame, toFrame, ...place }: LanePlace & { readonly fromFrame: number; readonly toFrame: number },
): Patch[] {
  return findLane(project, place) ? [replace(place, fromFrame, toFrame, [])] : [];
}

/** The stretch that begins with the point at the frame; 0 makes it straight. */
export function bendSegment(
  project: ProjectSnapshot,
  { frame, bend, ...place }: LanePlace & { readonly frame: number; readonly bend: number },
): Patch[] {
  return setShape(project, { ...place, frames: [frame], shape: bend === 0 ? 'linear' : 'bend', bend });
}

export function setShape(
  project: ProjectSnapshot,
  {
    frames,
    shape,
    bend = 0,
    ...place
  }: LanePlace & { readonly frames: readonly number[]; readonly shape: PointShape; readonly bend?: number },
): Patch[] {
  const points = findLane(project, place)?.points.filter(({ frame }) => frames.includes(frame)) ?? [];
  return points.map((point) => replace(place, point.frame, point.frame + 1, [{ ...point, shape, bend }]));
}

export interface Sample {
  readonly frame: number;
  readonly value: number;
}

/**
 * What a pencil has drawn takes the place of what was there between its ends; outside them the curve stays. It is thinned
 * to the points that matter.
 */
export function drawPoints(
  project: ProjectSnapshot,
  { samples, ...place }: LanePlace & { readonly samples: readonly Sample[] },
): Patch[] {
  const owner = findOwner(project, place.ownerId);
  const lane = findLane(project, place);
  const range = owner && lane && laneRange(place.ownerId, owner, lane);
  if (!lane || !range) return [];
  return overwritten(lane, place, thinned(samples, range));
}

/** Points over a stretch of a lane. A frame before and after, the old curve is tied down. */
function overwritten(lane: Lane, place: LanePlace, drawn: readonly Point[]): Patch[] {
  const first = drawn[0]?.frame;
  const last = drawn.at(-1)?.frame;
  if (first === undefined || last === undefined) return [];
  let old: readonly Point[] = lane.points;
  if (old.length > 0) {
    if (first > 0 && (old[0] as Point).frame < first) old = withAnchor(old, first - 1);
    if ((old.at(-1) as Point).frame > last) old = withAnchor(old, last + 1);
  }
  const before = old.filter(({ frame }) => frame < first);
  const after = old.filter(({ frame }) => frame > last);
  return [replace(place, 0, Number.POSITIVE_INFINITY, [...before, ...drawn, ...after])];
}

/** What a hand has done to a control while the song played, until it let go; its lane is made where there is none. */
export function writeTouch(
  project: ProjectSnapshot,
  {
    samples,
    toFrame,
    restValue,
    ...target
  }: LaneTarget & {
    /** In order of time. Between two of them the value stands still. */
    readonly samples: readonly Sample[];
    readonly toFrame: number;
    /** What the control stands at outside, where its lane has no points yet. */
    readonly restValue?: number;
  },
  makeId: MakeId = newId,
): Patch[] {
  const owner = findOwner(project, target.ownerId);
  const range = owner && laneRange(target.ownerId, owner, target);
  if (!range || samples.length === 0 || !canAutomate(project, target)) return [];
  const { ownerId, kind, targetId, param } = target;
  const lane = findLaneOf(project, target) ?? {
    id: makeId(),
    kind,
    targetId,
    param,
    timebase: 'time' as const,
    points: [],
  };
  const known = findLaneOf(project, target) !== null;
  const drawn = thinned(stepped(samples, toFrame), range);
  const first = drawn[0] as Point;
  const last = drawn.at(-1) as Point;
  if (lane.points.length === 0 && restValue !== undefined) {
    const rest = { value: restValue, shape: first.shape, bend: 0 };
    if (first.frame > 0) drawn.unshift({ frame: first.frame - 1, ...rest });
    drawn.push({ frame: last.frame + 1, ...rest });
  }
  // What the ends of the lane held beyond the touch, they hold on.
  let { points } = lane;
  if (points.length > 0) {
    if (first.frame > 0) points = withAnchor(points, first.frame - 1);
    points = withAnchor(points, last.frame + 1);
  }
  return [
    ...(known ? [] : [{ op: 'lane.add' as const, ownerId, lane }]),
    ...overwritten({ ...lane, points }, { ownerId, laneId: lane.id }, drawn),
  ];
}

/** A hand that rests for longer than this leaves the value where it is until it moves again. */
const restFrames = 4096;

/** With a sample before each move that follows a rest, and one at the end. */
function stepped(samples: readonly Sample[], toFrame: number): Sample[] {
  const all: Sample[] = [];
  for (const sample of samples) {
    const last = all.at(-1);
    if (last && sample.frame <= last.frame) all.pop();
    else if (last && sample.frame - last.frame > restFrames) {
      all.push({ frame: sample.frame - 1, value: last.value });
    }
    all.push(sample);
  }
  const last = all.at(-1);
  if (last && toFrame > last.frame) all.push({ frame: toFrame, value: last.value });
  return all;
}

/** Points out of a lane, counted from the first. */
export type CopiedPoints = readonly Point[];

export function copyPoints(
  project: ProjectSnapshot,
  { frames, ...place }: LanePlace & { readonly frames: readonly number[] },
): CopiedPoints {
  const points = findLane(project, place)?.points.filter(({ frame }) => frames.includes(frame)) ?? [];
  const start = points[0]?.frame ?? 0;
  return points.map((point) => ({ ...point, frame: point.frame - start }));
}

/** In the place of what is in their stretch. */
export function pastePoints(
  project: ProjectSnapshot,
  { points, frame, ...place }: LanePlace & { readonly points: CopiedPoints; readonly frame: number },
): Patch[] {
  const last = points.at(-1);
  if (!findLane(project, place) || !last) return [];
  const at = Math.max(0, Math.round(frame));
  const pasted = points.map((point) => ({ ...point, frame: point.frame + at }));
  return [replace(place, at, at + last.frame + 1, pasted)];
}
