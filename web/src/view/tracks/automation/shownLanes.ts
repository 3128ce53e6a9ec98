import { createSignal } from 'solid-js';
import { findOwner } from '../../../commands/owners';
import { laneKey } from '../../../model/automation';
import { type Id, masterId, masteringId, type ProjectSnapshot } from '../../../model/types';
import { room, setRoom } from '../../state/room';
import type { RowHeights } from '../rows';
import { findTarget, firstTarget, type LaneParam } from './targets';

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

/** Whose lanes lie below all tracks, from top to bottom. */
export const blockIds = [masterId, masteringId] as const;
export type BlockId = (typeof blockIds)[number];

/** What a block below the tracks takes up: a line with its name, then the lanes. */
export function blockHeight(project: ProjectSnapshot, blockId: BlockId, heights: RowHeights): number {
  const lanes = shownLanes(project, blockId).length;
  return lanes === 0 ? 0 : heights.lane + lanes * heights.automation;
}

export const blocksHeight = (project: ProjectSnapshot, heights: RowHeights): number =>
  blockIds.reduce((height, blockId) => height + blockHeight(project, blockId, heights), 0);

function set(ownerId: Id, targets: readonly LaneParam[] | null): void {
  const next = new Map(shown());
  if (targets) next.set(ownerId, targets);
  else next.delete(ownerId);
  setShown(next);
}

export function foldLanes(ownerId: Id): void {
  if (isUnfolded(ownerId)) set(ownerId, null);
}

/** Unfolds all lanes that a track or a chain has, or one to begin with; or folds them away. */
export function toggleLanes(project: ProjectSnapshot, ownerId: Id): void {
  if (shownLanes(project, ownerId).length > 0) {
    foldLanes(ownerId);
    return;
  }
  const lanes = findOwner(project, ownerId)?.lanes ?? [];
  const first = firstTarget(project, ownerId);
  if (lanes.length > 0) set(ownerId, lanes);
  else if (first) set(ownerId, [first]);
}

export const isBlockSeen = (project: ProjectSnapshot, blockId: BlockId): boolean =>
  room() === 'arrange' && shownLanes(project, blockId).length > 0;

/** Goes where a block's lanes are and unfolds them; from there, folds them away. */
export function toggleBlock(project: ProjectSnapshot, blockId: BlockId): void {
  const folds = isBlockSeen(project, blockId);
  setRoom('arrange');
  if (folds || shownLanes(project, blockId).length === 0) toggleLanes(project, blockId);
}

/** Shows one more lane, below the others. */
export function showLane(ownerId: Id, target: LaneParam): void {
  const targets = shown().get(ownerId) ?? [];
  if (!targets.some((other) => laneKey(other) === laneKey(target))) set(ownerId, [...targets, target]);
}

const [revealed, setRevealed] = createSignal<{ readonly ownerId: Id; readonly target: LaneParam } | null>(
  null,
);

/** The lane that was asked for; whoever shows it brings it into view, once. */
export { revealed, setRevealed };

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
