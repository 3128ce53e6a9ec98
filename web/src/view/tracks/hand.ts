import { createSignal } from 'solid-js';
import type { Id } from '../../model/types';
import type { Area, ClipBox, ClipPart } from './hitTest';

/** What a drag shows beside the clips themselves. Pixels of the lanes' content: unscrolled vertically, as seen horizontally. */
export interface DragShow {
  readonly part: ClipPart;
  readonly readout: { readonly x: number; readonly y: number; readonly text: string };
  /** A line where an edge caught on something, and on what. */
  readonly caught: { readonly x: number; readonly y: number; readonly name: string } | null;
  /** Where moved clips came from. */
  readonly ghosts: readonly ClipBox[];
}

export interface Hover {
  readonly clipId: Id;
  readonly part: ClipPart;
}

/** Where dropped files would land. */
export interface DropShow {
  readonly frame: number;
  /** Null: new tracks. */
  readonly trackId: Id | null;
  readonly count: number;
}

const [dragShow, setDragShow] = createSignal<DragShow | null>(null);
const [rubberBand, setRubberBand] = createSignal<Area | null>(null);
const [hover, setHover] = createSignal<Hover | null>(null, {
  equals: (a, b) => a?.clipId === b?.clipId && a?.part === b?.part,
});
const [dropShow, setDropShow] = createSignal<DropShow | null>(null);
/** The clip that the keyboard is on, while the list of clips has the focus. */
const [focusedClipId, setFocusedClipId] = createSignal<Id | null>(null);

export {
  dragShow,
  dropShow,
  focusedClipId,
  hover,
  rubberBand,
  setDragShow,
  setDropShow,
  setFocusedClipId,
  setHover,
  setRubberBand,
};
