import { createSignal } from 'solid-js';
import { laneKey } from '../../../model/automation';
import type { Id, ProjectSnapshot } from '../../../model/types';
import { findTarget, type LaneParam, ownerOf, volumeTarget } from './targets';

// Which lanes are unfolded is the page's affair, not the document's.
const [shown, setShown] = createSignal<ReadonlyMap<Id, readonly LaneParam[]>>(new Map());
/** Owner and key of the lane that draws what the pointer draws, or null. */
const [pencil, setPencil] = createSignal(false);

export { pencil, setPencil };

export const isUnfolded = (ownerId: Id): boolean => shown().has(ownerId);

/** What is unfolded below a track, from top to bottom; without what is gone. */
export function shownLanes(project: ProjectSnapshot, ownerId: Id): readonly LaneParam[] {
  return (shown().get(ownerId) ?? []).filter((target) => findTarget(project, ownerId, target));
}

function set(ownerId: Id, targets: readonly LaneParam[] | null): void {
  const next = new Map(shown());
  if (targets) next.set(ownerId, targets);
  else next.delete(ownerId);
  setShown(next);
}

/** Unfolds all lanes that a track has, or the one of its volume; or folds them away. */
export function toggleLanes(project: ProjectSnapshot, ownerId: Id): void {
  if (isUnfolded(ownerId)) {
    set(ownerId, null);
    return;
  }
  const lanes = ownerOf(project, ownerId)?.lanes ?? [];
  set(ownerId, lanes.length > 0 ? lanes : [volumeTarget]);
}

/** Shows one more lane, below the others. */
export function showLane(ownerId: Id, target: LaneParam): void {
  const targets = shown().get(ownerId) ?? [];
  if (!targets.some((other) => laneKey(other) === laneKey(target))) set(ownerId, [...targets, target]);
}

/** Another parameter in the place of one that is shown. */
export function exchangeLane(ownerId: Id, target: LaneParam, by: LaneParam): void {
  const targets = shown().get(ownerId) ?? [];
  if (targets.some((other) => laneKey(other) === laneKey(by))) return;
  set(
    ownerId,
    targets.map((other) => (laneKey(other) === laneKey(target) ? by : other)),
  );
}

export function hideLane(ownerId: Id, target: LaneParam): void {
  const rest = (shown().get(ownerId) ?? []).filter((other) => laneKey(other) !== laneKey(target));
  set(ownerId, rest.length > 0 ? rest : null);
}
