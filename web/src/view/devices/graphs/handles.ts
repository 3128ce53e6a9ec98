import type { ParamInfo } from '../../../generated/devices';
import { settle, stepped } from '../../kit/valueSpec';
import { specOf } from '../paramSpec';
import type { Scale } from './scale';

/** Values by parameter id, in the units of the device's table. */
export type Values = Readonly<Record<string, number>>;

/** One parameter along one direction of the picture. */
export interface HandleAxis {
  readonly param: string;
  readonly scale: Scale;
  /** Grid of the hand, which Alt leaves: notes of a delay. */
  readonly snap?: (value: number) => number;
  /** Where a drag begins, when that is not where the value lies. */
  readonly startPx?: number;
}

/** Where a handle can be taken hold of. */
export type Target =
  | { readonly kind: 'point'; readonly x: number; readonly y: number }
  | {
      readonly kind: 'line';
      readonly at: number;
      readonly along: 'x' | 'y';
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly kind: 'area';
      readonly left: number;
      readonly top: number;
      readonly right: number;
      readonly bottom: number;
    };

/** Something in a picture that can be dragged, stepped by keys and reset. */
export interface Handle {
  readonly id: string;
  /** The accessible name: "Band 3", "Threshold". */
  readonly name: string;
  readonly target: Target;
  readonly x?: HandleAxis;
  readonly y?: HandleAxis;
  /** What the wheel turns; else the only axis, or y. */
  readonly wheel?: string;
  /** Values that move along, given what the hand changed. */
  readonly follow?: (changed: Values) => Values;
  /** What Delete sets. */
  readonly remove?: Values;
  /** What a double click sets; else the defaults of its parameters. */
  readonly reset?: Values;
  readonly cursor?: string;
  /** The keyboard has the same values elsewhere in the picture. */
  readonly pointerOnly?: boolean;
  /** The pointer has the same values elsewhere in the picture. */
  readonly keyboardOnly?: boolean;
}

/** Half of the 24 px target. */
const reachPx = 12;

/** How far a point is from what can be taken hold of; null where it is out of reach. Points win over lines, lines over areas. */
export function distanceTo(target: Target, x: number, y: number): number | null {
  if (target.kind === 'point') {
    const distance = Math.hypot(x - target.x, y - target.y);
    return distance <= reachPx ? distance / reachPx : null;
  }
  if (target.kind === 'line') {
    const [across, along] = target.along === 'x' ? [y, x] : [x, y];
    if (along < target.from || along > target.to) return null;
    const distance = Math.abs(across - target.at);
    return distance <= reachPx / 2 ? 1 + distance / reachPx : null;
  }
  const inside = x >= target.left && x <= target.right && y >= target.top && y <= target.bottom;
  return inside ? 3 : null;
}

/** The handle nearest to a point; among equals the one drawn last. */
export function handleAt(handles: readonly Handle[], x: number, y: number): Handle | null {
  let best: Handle | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const handle of handles) {
    if (handle.keyboardOnly) continue;
    const distance = distanceTo(handle.target, x, y);
    if (distance === null || distance > bestDistance) continue;
    best = handle;
    bestDistance = distance;
  }
  return best;
}

/** The middle of what can be taken hold of: where its focus ring stands. */
export function centreOf(target: Target): { x: number; y: number } {
  if (target.kind === 'point') return target;
  if (target.kind === 'area') {
    return { x: (target.left + target.right) / 2, y: (target.top + target.bottom) / 2 };
  }
  const along = (target.from + target.to) / 2;
  return target.along === 'x' ? { x: along, y: target.at } : { x: target.at, y: along };
}

export const cursorOf = (handle: Handle): string =>
  handle.cursor ?? (handle.x && handle.y ? 'grab' : handle.x ? 'ew-resize' : 'ns-resize');

export type ParamLookup = (id: string) => ParamInfo | undefined;

/** A drag of one handle: adds up what the hand moves, in pixels of the picture. */
export class HandleDrag {
  readonly handle: Handle;
  readonly #params: ParamLookup;
  #x: number | null;
  #y: number | null;

  constructor(handle: Handle, values: Values, params: ParamLookup) {
    this.handle = handle;
    this.#params = params;
    const start = (axis: HandleAxis | undefined) =>
      axis ? (axis.startPx ?? axis.scale.toPx(values[axis.param] ?? params(axis.param)?.default ?? 0)) : null;
    this.#x = start(handle.x);
    this.#y = start(handle.y);
  }

  /** Moves on by so many pixels (Shift: a tenth); what the values are now. */
  move(byX: number, byY: number, fine: boolean, free: boolean): Values {
    const share = fine ? 0.1 : 1;
    const changed: Record<string, number> = {};
    if (this.#x !== null && this.handle.x)
      this.#x = this.#step(this.handle.x, this.#x + byX * share, free, changed);
    if (this.#y !== null && this.handle.y)
      this.#y = this.#step(this.handle.y, this.#y + byY * share, free, changed);
    return this.handle.follow ? { ...changed, ...this.handle.follow(changed) } : changed;
  }

  #step(axis: HandleAxis, px: number, free: boolean, changed: Record<string, number>): number {
    const info = this.#params(axis.param);
    if (!info) return px;
    const wanted = axis.scale.toValue(px);
    const value = settle(specOf(info), axis.snap && !free ? axis.snap(wanted) : wanted);
    changed[axis.param] = value;
    // A hand that went past an end turns round there at once.
    const limited = wanted < info.min || wanted > info.max || Number.isNaN(wanted);
    return limited ? axis.scale.toPx(value) : px;
  }
}

export type StepSize = 'step' | 'bigStep' | 'pageStep';

/** What an arrow key or the wheel makes of one value. */
export function nudged(info: ParamInfo, value: number, size: StepSize, direction: 1 | -1): number {
  const spec = specOf(info);
  return stepped(spec, value, direction * spec[size]);
}

/** What a double click sets. */
export function resetOf(handle: Handle, params: ParamLookup): Values {
  if (handle.reset) return handle.reset;
  const values: Record<string, number> = {};
  for (const axis of [handle.x, handle.y]) {
    const info = axis && params(axis.param);
    if (info) values[info.id] = info.default;
  }
  return values;
}
