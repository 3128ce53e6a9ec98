import { findOwner } from '../commands/owners';
import { laneKey, valueAt } from '../model/automation';
import type { Lane, ProjectSnapshot } from '../model/types';
import type { Control } from './automationTypes';

/** The lane of a control, whatever its owner's mode; null where there is none. */
export function laneOf(project: ProjectSnapshot, control: Control): Lane | null {
  const owner = findOwner(project, control.ownerId);
  const key = laneKey(control);
  return owner?.lanes.find((lane) => laneKey(lane) === key) ?? null;
}

/** What automation makes of a control at a frame; null where nothing moves it. */
export function laneValueAt(project: ProjectSnapshot, control: Control, frame: number): number | null {
  const owner = findOwner(project, control.ownerId);
  if (!owner || owner.automationMode === 'off') return null;
  const lane = laneOf(project, control);
  return lane && valueAt(lane, frame);
}

/** What the document sets a control to, automation left out; null where there is no such control. */
export function ownValue(project: ProjectSnapshot, control: Control): number | null {
  const { ownerId, kind, targetId, param } = control;
  const owner = findOwner(project, ownerId);
  if (!owner) return null;
  const values: Readonly<Record<string, unknown>> | undefined =
    kind === 'strip'
      ? 'params' in owner
        ? owner.params
        : undefined
      : kind === 'insert'
        ? owner.inserts.find(({ id }) => id === targetId)?.params
        : { ...owner.sends.find(({ id }) => id === targetId) };
  const value = values?.[param];
  return typeof value === 'number' ? value : null;
}
