import { revealLane } from '../tracks/automation/shownLanes';
import type { PlacedDevice } from './chain';
import { laneParamOf } from './deviceHands';

/** Unfolds the lane of a value of a device, below its track. */
export function automateParam(device: PlacedDevice, param: string): void {
  revealLane(device.ownerId, laneParamOf(device, param));
}
