import type { MenuEntries } from '../../kit/Menu';
import type { ProbeFrame } from '../deviceGraph';
import type { Handle, Values } from './handles';
import type { Pen } from './pen';

export type Part = number | 'low' | 'high' | null;

/** What a picture is drawn from, beside what it has heard. */
export interface Scene {
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Complete: what the device's table has, by id. */
  readonly values: Values;
  readonly part: Part;
  readonly sampleRateHz: number;
  readonly framesPerBeat: number;
  readonly beatsPerBar: number;
  /** The handle in the hand, or with the keyboard's focus. */
  readonly heldId: string | null;
  /** While a hand drags, axes stay as they are. */
  readonly dragging: boolean;
}

/** Live sound at a device. */
export interface Sound extends ProbeFrame {
  /** Since the reading before; at most a quarter of a second. */
  readonly elapsedMs: number;
  /** How many of the last frames of the arrays have not been there at the reading before. */
  readonly newFrames: number;
}

/** A part that a press on empty ground brings into being. */
export interface Created {
  readonly label: string;
  readonly values: Values;
  readonly handleId: string;
}

/** The picture of one device in one panel: keeps what it has heard, says what can be dragged, and paints. */
export interface Picture {
  /** Takes what sounds now; true where the picture looks different after it. */
  hear?(sound: Sound, scene: Scene): boolean;
  paint(pen: Pen, scene: Scene): void;
  handles(scene: Scene): readonly Handle[];
  /** The handle that stands for the chosen part, and the part of a handle. */
  partOf?(handleId: string): Part;
  create?(scene: Scene, x: number, y: number): Created | null;
  menu?(handleId: string, scene: Scene, set: (label: string, values: Values) => void): MenuEntries;
}

/** Some handles of a part of the picture that does not begin at the left or upper edge. */
export function shifted(handles: readonly Handle[], byX: number, byY: number): Handle[] {
  return handles.map((handle): Handle => {
    const { target } = handle;
    switch (target.kind) {
      case 'point':
        return { ...handle, target: { ...target, x: target.x + byX, y: target.y + byY } };
      case 'line': {
        const [across, along] = target.along === 'x' ? [byY, byX] : [byX, byY];
        return {
          ...handle,
          target: { ...target, at: target.at + across, from: target.from + along, to: target.to + along },
        };
      }
      default:
        return {
          ...handle,
          target: {
            kind: 'area',
            left: target.left + byX,
            right: target.right + byX,
            top: target.top + byY,
            bottom: target.bottom + byY,
          },
        };
    }
  });
}

export const gutterPx = 32;
export const footPx = 16;
/** Below this height the lane at the foot of a picture goes. */
export const laneFromPx = 112;

/** Paints a part of the picture as if it began at 0, 0. */
export function within(
  pen: Pen,
  left: number,
  top: number,
  width: number,
  height: number,
  paint: () => void,
): void {
  const { context } = pen;
  context.save();
  context.translate(left, top);
  context.beginPath();
  context.rect(0, 0, width, height);
  context.clip();
  paint();
  context.restore();
}
