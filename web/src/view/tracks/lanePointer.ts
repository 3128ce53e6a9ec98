import type { Accessor } from 'solid-js';
import type { Studio } from '../../bridge/studioTypes';
import type { ProjectSnapshot } from '../../model/types';
import { claimGesture, finishGesture, type Gesture, releaseGesture } from '../kit/gesture';
import { setDockOpen } from '../state/layout';
import {
  clearClips,
  isClipSelected,
  selectClips,
  selectedClipIds,
  selectTrack,
  toggleClip,
} from '../state/selection';
import { frameAtPx, framesPerPx, laneWidthPx, scrollByPx, scrollFrame, snapMode } from '../state/timeline';
import { type ClipDrag, type DragStep, type HandPlace, startClipDrag } from './clipDrag';
import { followPointer } from './followPointer';
import { setDragShow, setHover, setRubberBand } from './hand';
import { type ClipHit, clipBox, clipsInArea, hitClip, type LaneView } from './hitTest';
import { openClipMenu, openLaneMenu } from './laneMenus';
import { createLaneTouch } from './laneTouch';
import { type Rows, rowAt } from './rows';

const reachPx = 8;

export interface LanePointerOptions {
  readonly studio: Studio;
  readonly rows: Accessor<Rows>;
  /** Screen coordinates of the lanes' content: its top is above the screen when the rows are scrolled. */
  contentRect(): DOMRect;
  /** What scrolls the rows. */
  scroller(): HTMLElement | null;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

type Modifiers = Pick<PointerEvent, 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

const laneView = (): LaneView => ({ scrollFrame: scrollFrame(), framesPerPx: framesPerPx() });
const adds = (event: Modifiers): boolean => event.shiftKey || event.ctrlKey || event.metaKey;

function onEscape(run: () => void): () => void {
  const listener = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    run();
  };
  window.addEventListener('keydown', listener, true);
  return () => window.removeEventListener('keydown', listener, true);
}

/** The mouse in the lanes: clips are moved, trimmed, faded and turned up; empty lanes draw a rubber band. */
export function createLanePointer({ studio, rows, contentRect, scroller }: LanePointerOptions) {
  const pointOf = (event: { clientX: number; clientY: number }): Point => {
    const rect = contentRect();
    return { x: event.clientX - rect.left, y: event.clientY - rect.top };
  };
  const hitAt = ({ x, y }: Point): ClipHit | null =>
    hitClip({ project: studio.project(), rows: rows(), view: laneView(), isSelected: isClipSelected }, x, y);
  /** What is seen of the lanes: the room to scroll in while a drag is held at its edges. */
  const seen = (): DOMRect => {
    const content = contentRect();
    const list = scroller()?.getBoundingClientRect() ?? content;
    return new DOMRect(content.left, list.top, laneWidthPx(), list.height);
  };
  const edges = {
    room: seen,
    scroll(byX: number, byY: number) {
      if (byX !== 0 && (byX > 0 || scrollFrame() > 0)) scrollByPx(byX);
      const list = scroller();
      if (list) list.scrollTop += byY;
    },
  };

  function show(drag: ClipDrag, step: DragStep, base: ProjectSnapshot): void {
    const { hit } = drag;
    const inHand = step.copies?.[drag.clipIds.indexOf(hit.clip.id)] ?? hit.clip.id;
    const track =
      studio.project().tracks.find(({ clips }) => clips.some(({ id }) => id === inHand)) ?? hit.track;
    const clip = track.clips.find(({ id }) => id === inHand) ?? hit.clip;
    const row = rows().byId.get(track.id);
    if (!row) return;
    const box = clipBox(clip, row, laneView());
    const homes = hit.part === 'body' ? base.tracks : [];
    setDragShow({
      part: hit.part,
      readout: {
        x: (hit.part === 'trimEnd' || hit.part === 'body' ? box.right : box.left) + 10,
        y: row.top + row.height / 2 - 10,
        text: step.readout,
      },
      caught: step.caught && {
        x: hit.part === 'trimEnd' ? box.right : box.left,
        y: row.top,
        name: step.caught.name,
      },
      ghosts: homes.flatMap((home) => {
        const homeRow = rows().byId.get(home.id);
        return homeRow
          ? home.clips
              .filter(({ id }) => drag.clipIds.includes(id))
              .map((origin) => clipBox(origin, homeRow, laneView()))
          : [];
      }),
    });
  }

  function dragClip(
    event: PointerEvent,
    hit: ClipHit,
    down: Point,
    onClick: (up: PointerEvent) => void,
  ): void {
    finishGesture();
    const base = studio.project();
    const drag = startClipDrag({
      base,
      hit,
      clipIds: isClipSelected(hit.clip.id) ? [...selectedClipIds()] : [hit.clip.id],
      startFrame: frameAtPx(down.x),
      snap: snapMode(),
      reachFrames: reachPx * framesPerPx(),
    });
    const handOf = (move: Modifiers, point: Point): HandPlace => ({
      frame: frameAtPx(point.x),
      upPx: down.y - point.y,
      trackIndex: rowAt(rows(), point.y)?.index ?? (point.y < 0 ? 0 : rows().rows.length - 1),
      fine: move.shiftKey,
      free: move.altKey,
      copy: move.ctrlKey || move.metaKey,
    });
    let last: DragStep | null = null;
    let active = true;
    const close = (): boolean => {
      const was = active;
      active = false;
      stop();
      unlisten();
      setDragShow(null);
      releaseGesture(gesture);
      return was;
    };
    const gesture: Gesture = {
      preview: () => {},
      finish() {
        if (!close() || !last) return;
        studio.doc.commit(last.label, last.patches);
        if (last.copies) selectClips(last.copies);
      },
      cancel() {
        if (close()) studio.doc.preview(null);
      },
      get active() {
        return active;
      },
    };
    const unlisten = onEscape(() => gesture.cancel());
    const stop = followPointer(event, {
      ...edges,
      move(move) {
        last = drag.step(handOf(move, pointOf(move)));
        studio.doc.preview(last.patches);
        show(drag, last, base);
      },
      end(up, moved) {
        if (!up) gesture.cancel();
        else gesture.finish();
        if (up && !moved) onClick(up);
      },
    });
    claimGesture(gesture);
  }

  function dragBand(event: PointerEvent, down: Point): void {
    const keep = adds(event) ? [...selectedClipIds()] : [];
    const downFrame = frameAtPx(down.x);
    const close = () => {
      setRubberBand(null);
      unlisten();
    };
    const stop = followPointer(event, {
      ...edges,
      move(move) {
        const point = pointOf(move);
        const from = (downFrame - scrollFrame()) / framesPerPx();
        const area = {
          left: Math.min(from, point.x),
          right: Math.max(from, point.x),
          top: Math.min(down.y, point.y),
          bottom: Math.max(down.y, point.y),
        };
        setRubberBand(area);
        selectClips([...keep, ...clipsInArea(studio.project(), rows(), laneView(), area)]);
      },
      end(_, moved) {
        close();
        if (!moved && keep.length === 0) clearClips();
      },
    });
    const unlisten = onEscape(() => {
      stop();
      close();
      selectClips(keep);
    });
  }

  /** Ctrl also begins a copy: what it presses joins or leaves the selection only when the press was a click. */
  function selectAtPress(event: PointerEvent, { clip, track }: ClipHit): void {
    if (event.ctrlKey || event.metaKey) return;
    if (event.shiftKey) selectClips([...selectedClipIds(), clip.id], track.id);
    else if (isClipSelected(clip.id)) selectClips(selectedClipIds(), track.id);
    else selectClips([clip.id], track.id);
  }

  /** A click without movement on one of several selected clips leaves only that one. */
  function selectAtClick(event: PointerEvent, { clip, track }: ClipHit, wasSelected: boolean): void {
    if (event.ctrlKey || event.metaKey || (event.shiftKey && wasSelected)) toggleClip(clip.id, track.id);
    else if (!event.shiftKey) selectClips([clip.id], track.id);
  }

  const onTouch = createLaneTouch({
    scroller,
    left: () => contentRect().left,
    onTap(event) {
      const point = pointOf(event);
      const hit = hitAt(point);
      const row = rowAt(rows(), point.y);
      if (hit) selectClips([hit.clip.id], hit.track.id);
      else if (row) selectTrack(row.trackId);
    },
  });

  return {
    onPointerDown(event: PointerEvent): void {
      if (event.button !== 0) return;
      const down = pointOf(event);
      const hit = hitAt(down);
      // A finger moves the view; a clip that a tap has selected is taken hold of as by the mouse.
      if (event.pointerType === 'touch' && !(hit && event.isPrimary && isClipSelected(hit.clip.id))) {
        onTouch(event);
        return;
      }
      if (!hit) {
        const row = rowAt(rows(), down.y);
        if (row && !adds(event)) selectTrack(row.trackId);
        dragBand(event, down);
        return;
      }
      const wasSelected = isClipSelected(hit.clip.id);
      selectAtPress(event, hit);
      dragClip(event, hit, down, (up) => selectAtClick(up, hit, wasSelected));
    },
    onPointerMove(event: PointerEvent): void {
      if (event.buttons !== 0) return;
      const hit = hitAt(pointOf(event));
      setHover(hit && { clipId: hit.clip.id, part: hit.part });
    },
    onPointerLeave: () => setHover(null),
    onDblClick(event: MouseEvent): void {
      if (hitAt(pointOf(event))) setDockOpen(true);
      else clearClips();
    },
    onContextMenu(event: MouseEvent): void {
      event.preventDefault();
      const point = pointOf(event);
      const hit = hitAt(point);
      if (hit) {
        if (!isClipSelected(hit.clip.id)) selectClips([hit.clip.id], hit.track.id);
        openClipMenu(event, studio);
      } else openLaneMenu(event, studio, rowAt(rows(), point.y)?.trackId ?? null, frameAtPx(point.x));
    },
  };
}
