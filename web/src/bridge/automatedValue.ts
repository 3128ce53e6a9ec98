import { laneKey, valueAt } from '../model/automation';
import { type Lane, masterId, type ProjectSnapshot } from '../model/types';
import type { Control } from './studioTypes';

function ownerOf(project: ProjectSnapshot, ownerId: string) {
  return ownerId === masterId ? project.master : project.tracks.find(({ id }) => id === ownerId);
}

/** The lane of a control, whatever its owner's mode; null where there is none. */
export function laneOf(project: ProjectSnapshot, control: Control): Lane | null {
  const owner = ownerOf(project, control.ownerId);
  const key = laneKey(control);
  return owner?.lanes.find((lane) => laneKey(lane) === key) ?? null;
}

/** What automation makes of a control at a frame; null where nothing moves it. */
export function laneValueAt(project: ProjectSnapshot, control: Control, frame: number): number | null {
  const owner = ownerOf(project, control.ownerId);
  if (!owner || owner.automationMode === 'off') return null;
  const lane = laneOf(project, control);
  return lane && valueAt(lane, frame);
}
