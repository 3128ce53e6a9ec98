import { lastAtOrBefore, valueAt } from '../../../model/automation';
import type { Point } from '../../../model/types';
import type { ValueSpec } from '../../kit/valueSpec';
import type { LaneView } from '../hitTest';

/** Room above and below the range of values. */
const insetPx = 6;
const reachPx = 8;
const lineReachPx = 5;

/** Where values and frames are in a lane of a height. */
export interface LaneGeometry {
  readonly view: LaneView;
  readonly height: number;
  readonly spec: ValueSpec;
}

export const xOf = ({ view }: LaneGeometry, frame: number): number =>
  (frame - view.scrollFrame) / view.framesPerPx;

export const yOf = ({ height, spec }: LaneGeometry, value: number): number =>
  insetPx + (1 - spec.toPosition(value)) * (height - 2 * insetPx);

export function valueAtY({ height, spec }: LaneGeometry, y: number): number {
  const position = 1 - (y - insetPx) / (height - 2 * insetPx);
  return spec.fromPosition(Math.min(1, Math.max(0, position)));
}

/** What a press in a lane takes hold of. */
export type LaneHit =
  | { readonly kind: 'point'; readonly index: number }
  /** The line that leaves the point `index`. */
  | { readonly kind: 'line'; readonly index: number }
  | { readonly kind: 'empty' };

/** The nearest point within reach, else the line under the pointer. */
export function hitLane(geometry: LaneGeometry, points: readonly Point[], x: number, y: number): LaneHit {
  let nearest = -1;
  let reach = reachPx;
  points.forEach((point, index) => {
    const distance = Math.hypot(xOf(geometry, point.frame) - x, yOf(geometry, point.value) - y);
    if (distance > reach) return;
    nearest = index;
    reach = distance;
  });
  if (nearest >= 0) return { kind: 'point', index: nearest };
  const frame = geometry.view.scrollFrame + x * geometry.view.framesPerPx;
  const value = valueAt({ points }, frame);
  if (value === null || Math.abs(yOf(geometry, value) - y) > lineReachPx) return { kind: 'empty' };
  return { kind: 'line', index: lastAtOrBefore(points, frame) };
}

/** The points that lie in an area. */
export function pointsInArea(
  geometry: LaneGeometry,
  points: readonly Point[],
  area: { left: number; right: number; top: number; bottom: number },
): number[] {
  return points.flatMap((point, index) => {
    const x = xOf(geometry, point.frame);
    const y = yOf(geometry, point.value);
    return x >= area.left && x <= area.right && y >= area.top && y <= area.bottom ? [index] : [];
  });
}
