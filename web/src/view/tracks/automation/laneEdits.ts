import { addLane, type LanePlace, movePoints } from '../../../commands/automation';
import { applyPatches } from '../../../model/applyPatches';
import type { Id, Patch, ProjectSnapshot } from '../../../model/types';
import { type LaneParam, laneOf } from './targets';

/** An edit of a parameter's lane, which is made first where there is none. `newId` stays the same through a drag. */
export function editLane(
  project: ProjectSnapshot,
  ownerId: Id,
  param: LaneParam,
  newId: () => Id,
  edit: (project: ProjectSnapshot, place: LanePlace) => Patch[],
): Patch[] {
  const lane = laneOf(project, ownerId, param);
  if (lane) return edit(project, { ownerId, laneId: lane.id });
  const laneId = newId();
  const making = addLane(project, { ownerId, ...param }, () => laneId);
  if (making.length === 0) return [];
  return [...making, ...edit(applyPatches(project, making), { ownerId, laneId })];
}

/** Without what a sum of decimals leaves behind. */
const cleared = (value: number): number => Math.round(value * 1e9) / 1e9;

/** Points further in time and up by as much. */
export function movedBy(
  project: ProjectSnapshot,
  place: LanePlace,
  frames: readonly number[],
  deltaFrames: number,
  byValue: number,
): Patch[] {
  return movePoints(project, {
    ...place,
    frames,
    deltaFrames,
    newValue: (value) => cleared(value + byValue),
  });
}
