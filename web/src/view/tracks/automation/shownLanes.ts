import { createSignal } from 'solid-js';
import { laneKey } from '../../../model/automation';
import { type Id, masterId, type ProjectSnapshot } from '../../../model/types';
import { setRoom } from '../../state/room';
import type { RowHeights } from '../rows';
import { findTarget, type LaneParam, ownerOf, volumeTarget } from './targets';

// Which lanes are unfolded is the page's affair, not the document's.
const [shown, setShown] = createSignal<ReadonlyMap<Id, readonly LaneParam[]>>(new Map());
/** Whether the pointer draws in lanes, in place of adding and moving points. */
const [pencil, setPencil] = createSignal(false);

export { pencil, setPencil };

export const anyUnfolded = (): boolean => shown().size > 0;

export const isUnfolded = (ownerId: Id): boolean => shown().has(ownerId);

/** What is unfolded below a track, from top to bottom; without what is gone. */
export function shownLanes(project: ProjectSnapshot, ownerId: Id): readonly LaneParam[] {
  return (shown().get(ownerId) ?? []).filter((target) => findTarget(project, ownerId, target));
}

/** What the master's lanes take up below the tracks: a line with its name, then the lanes. */
export function masterLanesHeight(project: ProjectSnapshot, heights: RowHeights): number {
  const lanes = shownLanes(project, masterId).length;
  return lanes === 0 ? 0 : heights.lane + lanes * heights.automation;
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

const [revealed, setRevealed] = createSignal<{ readonly ownerId: Id; readonly target: LaneParam } | null>(
  null,
);

/** The lane that was asked for last; whoever shows it brings it into view. */
export { revealed };

/** Shows the lane of a parameter in the room that has lanes, and brings it into view. */
export function revealLane(ownerId: Id, target: LaneParam): void {
  setRoom('arrange');
  showLane(ownerId, target);
  setRevealed({ ownerId, target });
}

/** Another parameter in the place of one that is shown. */
export function exchangeLane(ownerId: Id, target: LaneParam, by: LaneParam): void {
  const targets = shown().get(ownerId) ?? [];
  if (targets.some((other) => laneKey(other) === laneKey(by))) return;
  set(
    ownerId,
    targets.map((other) => (laneKey(other) === laneKey(target) ? by : other)),
  );
  setRevealed({ ownerId, target: by });
}

export function hideLane(ownerId: Id, target: LaneParam): void {
  const rest = (shown().get(ownerId) ?? []).filter((other) => laneKey(other) !== laneKey(target));
  set(ownerId, rest.length > 0 ? rest : null);
}
