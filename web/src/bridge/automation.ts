import type { Accessor } from 'solid-js';
import { untrack } from 'solid-js';
import type { ProjectSnapshot } from '../model/types';
import { laneValueAt } from './automatedValue';
import type { StudioAutomation } from './studioTypes';

interface AutomationOptions {
  readonly project: Accessor<ProjectSnapshot>;
  positionFrames(): number;
}

export function createAutomation({ project, positionFrames }: AutomationOptions): StudioAutomation {
  return {
    touch: () => null,
    valueNow: (control) => laneValueAt(untrack(project), control, positionFrames()),
    valueAt: (control, frame) => laneValueAt(untrack(project), control, frame),
    writing: () => false,
  };
}
