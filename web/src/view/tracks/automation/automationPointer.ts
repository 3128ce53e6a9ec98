import { createSignal } from 'solid-js';
import type { Studio } from '../../../bridge/studioTypes';
import {
  addPoint,
  bendSegment,
  type CopiedPoints,
  copyPoints,
  drawPoints,
  erasePoints,
  eraseStretch,
  type LanePlace,
  pastePoints,
  type Sample,
  setShape,
} from '../../../commands/automation';
import { snapFrame } from '../../../commands/snap';
import { bendThrough } from '../../../model/automation';
import { newId } from '../../../model/ids';
import {
  type Id,
  masterId,
  masteringId,
  type Patch,
  type Point,
  type ProjectSnapshot,
} from '../../../model/types';
import { claimGesture, finishGesture, type Gesture, releaseGesture } from '../../kit/gesture';
import { showMenu } from '../../kit/Menu';
import { settle, type ValueSpec } from '../../kit/valueSpec';
import { selectMaster, selectTrack } from '../../state/selection';
import { frameAtPx, snapMode } from '../../state/timeline';
import { followPointer } from '../followPointer';
import { editLane, movedBy } from './laneEdits';
import { hitLane, type LaneGeometry, type LaneHit, pointsInArea, valueAtY, xOf, yOf } from './laneShape';
import { pencil } from './shownLanes';
import { type LaneParam, laneOf, type TargetInfo } from './targets';

export interface LanePointerOptions {
  readonly studio: Studio;
  readonly ownerId: Id;
  readonly info: () => TargetInfo;
  readonly geometry: () => LaneGeometry;
  /** Screen coordinates of the lane. */
  readonly rect: () => DOMRect;
}

/** What is shown beside the hand. */
export interface PointReadout {
  readonly x: number;
  readonly y: number;
  readonly frame: number;
  readonly value: number;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

type Edit = (base: ProjectSnapshot, at: Place, event: PointerEvent) => Patch[];

/** What was copied last, with the travel that its values lie on. */
const [copied, setCopied] = createSignal<{ readonly points: CopiedPoints; readonly spec: ValueSpec } | null>(
  null,
);

/** The hand in one lane: a click adds, a drag of a point moves, of the line bends, beside it selects; the pencil draws. */
export function createLaneHand(options: LanePointerOptions) {
  const { studio, ownerId, info, geometry, rect } = options;
  const [selected, setSelected] = createSignal<ReadonlySet<number>>(new Set());
  const [hovered, setHovered] = createSignal<number | null>(null);
  const [readout, setReadout] = createSignal<PointReadout | null>(null);
  const [band, setBand] = createSignal<{ left: number; right: number; top: number; bottom: number } | null>(
    null,
  );

  const target = (): LaneParam => info().target;
  const pointsOf = (project: ProjectSnapshot): readonly Point[] =>
    laneOf(project, ownerId, target())?.points ?? [];
  const points = () => pointsOf(studio.project());
  const laneId = newId();
  const edited = (
    project: ProjectSnapshot,
    edit: (project: ProjectSnapshot, place: LanePlace) => Patch[],
  ): Patch[] => editLane(project, ownerId, target(), () => laneId, edit);
  const at = (event: { clientX: number; clientY: number }): Place => {
    const { left, top } = rect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const valueAtPx = (y: number): number => {
    const value = settle(info().spec, valueAtY(geometry(), y));
    return info().stepped ? Math.round(value) : value;
  };
  const frameOf = (x: number, free: boolean): number =>
    free ? Math.max(0, Math.round(frameAtPx(x))) : snapFrame(studio.project(), frameAtPx(x), snapMode());
  const tell = (point: Point | undefined): void => {
    setReadout(
      point
        ? {
            x: xOf(geometry(), point.frame),
            y: yOf(geometry(), point.value),
            frame: point.frame,
            value: point.value,
          }
        : null,
    );
  };

  /** Follows a press; every step is reckoned from the project at its beginning. */
  function drag(event: PointerEvent, label: string, edit: Edit, onClick?: () => void): void {
    finishGesture();
    const base = studio.project();
    let last: Patch[] | null = null;
    let active = true;
    const close = (): boolean => {
      const was = active;
      active = false;
      stop();
      window.removeEventListener('keydown', onKey, true);
      releaseGesture(gesture);
      setReadout(null);
      return was;
    };
    const onKey = (key: KeyboardEvent) => {
      if (key.key !== 'Escape') return;
      key.preventDefault();
      key.stopPropagation();
      gesture.cancel();
    };
    const gesture: Gesture = {
      preview: () => {},
      finish() {
        if (close() && last && last.length > 0) studio.doc.commit(label, last);
      },
      cancel() {
        if (close()) studio.doc.preview(null);
      },
      get active() {
        return active;
      },
    };
    window.addEventListener('keydown', onKey, true);
    const stop = followPointer(event, {
      move(move) {
        last = edit(base, at(move), move);
        studio.doc.preview(last);
      },
      end(up, moved) {
        if (!up) gesture.cancel();
        else gesture.finish();
        if (up && !moved) onClick?.();
      },
    });
    claimGesture(gesture);
  }

  function dragPoint(event: PointerEvent, index: number): void {
    const before = points();
    const held = before[index];
    if (!held) return;
    const indexes = selected().has(index) ? [...selected()].sort((a, b) => a - b) : [index];
    if (!selected().has(index)) setSelected(new Set([index]));
    const frames = indexes.map((place) => (before[place] as Point).frame);
    drag(event, indexes.length === 1 ? 'Move point' : 'Move points', (base, place, move) => {
      const frame = move.shiftKey ? held.frame : frameOf(place.x, move.altKey);
      const value = valueAtPx(place.y);
      const [deltaFrames, byValue] = [frame - held.frame, value - held.value];
      tell({ ...held, frame, value });
      if (!move.ctrlKey && !move.metaKey) {
        return edited(base, (project, lane) => movedBy(project, lane, frames, deltaFrames, byValue));
      }
      return edited(base, (project, lane) => {
        const copies = copyPoints(project, { ...lane, frames });
        const raised = copies.map((point) => ({ ...point, value: point.value + byValue }));
        return pastePoints(project, { ...lane, points: raised, frame: (frames[0] ?? 0) + deltaFrames });
      });
    });
  }

  function bendLine(event: PointerEvent, index: number, onClick: () => void): void {
    const before = points();
    const from = before[index];
    const to = before[index + 1];
    if (!from || !to || info().stepped || from.value === to.value) {
      moveLevel(event, index, onClick);
      return;
    }
    drag(
      event,
      'Bend',
      (base, place) => {
        const part = (valueAtY(geometry(), place.y) - from.value) / (to.value - from.value);
        return edited(base, (project, lane) =>
          bendSegment(project, { ...lane, frame: from.frame, bend: bendThrough(part) }),
        );
      },
      onClick,
    );
  }

  /** A level line has no bend: its ends go up and down together. */
  function moveLevel(event: PointerEvent, index: number, onClick: () => void): void {
    const before = points();
    const ends = index < 0 ? [before[0]] : [before[index], before[index + 1]];
    const frames = ends.flatMap((point) => (point ? [point.frame] : []));
    const held = ends[0] as Point;
    drag(
      event,
      'Move points',
      (base, place) => {
        const byValue = valueAtPx(place.y) - held.value;
        tell({ ...held, value: held.value + byValue });
        return edited(base, (project, lane) => movedBy(project, lane, frames, 0, byValue));
      },
      onClick,
    );
  }

  function draw(event: PointerEvent): void {
    const samples: Sample[] = [];
    const erases = event.altKey;
    let [low, high] = [Number.POSITIVE_INFINITY, 0];
    drag(event, erases ? 'Erase automation' : 'Draw automation', (base, place) => {
      const frame = Math.max(0, Math.round(frameAtPx(place.x)));
      [low, high] = [Math.min(low, frame), Math.max(high, frame)];
      if (!erases) samples.push({ frame, value: valueAtPx(place.y) });
      return edited(base, (project, lane) =>
        erases
          ? eraseStretch(project, { ...lane, fromFrame: low, toFrame: high + 1 })
          : drawPoints(project, { ...lane, samples }),
      );
    });
  }

  function select(event: PointerEvent, down: Place): void {
    const keep = event.shiftKey || event.ctrlKey || event.metaKey ? selected() : new Set<number>();
    followPointer(event, {
      move(move) {
        const place = at(move);
        const area = {
          left: Math.min(down.x, place.x),
          right: Math.max(down.x, place.x),
          top: Math.min(down.y, place.y),
          bottom: Math.max(down.y, place.y),
        };
        setBand(area);
        setSelected(new Set([...keep, ...pointsInArea(geometry(), points(), area)]));
      },
      end(up, moved) {
        setBand(null);
        if (up && !moved) add(down, up.altKey);
      },
    });
  }

  function add({ x, y }: Place, free: boolean): void {
    const frame = frameOf(x, free);
    studio.doc.commit(
      'Add point',
      edited(studio.project(), (project, lane) => addPoint(project, { ...lane, frame, value: valueAtPx(y) })),
    );
    setSelected(new Set([points().findIndex((point) => point.frame === frame)]));
  }

  const framesOf = (places: Iterable<number>): number[] =>
    [...places].flatMap((place) => points()[place]?.frame ?? []);

  function remove(places: Iterable<number>): void {
    const frames = framesOf(places);
    const patches = edited(studio.project(), (project, lane) => erasePoints(project, { ...lane, frames }));
    if (patches.length > 0) studio.doc.commit('Delete points', patches);
    setSelected(new Set<number>());
  }

  function copy(): void {
    const lane = laneOf(studio.project(), ownerId, target());
    if (!lane || selected().size === 0) return;
    const place = { ownerId, laneId: lane.id, frames: framesOf(selected()) };
    setCopied({ points: copyPoints(studio.project(), place), spec: info().spec });
  }

  /** At the playhead; between parameters of unlike ranges by the place on the travel. */
  function paste(): void {
    const from = copied();
    if (!from) return;
    const { spec } = info();
    const frame = Math.round(studio.transport.positionFrames());
    const pasted = from.points.map((point) =>
      from.spec === spec ? point : { ...point, value: spec.fromPosition(from.spec.toPosition(point.value)) },
    );
    studio.doc.commit(
      'Paste points',
      edited(studio.project(), (project, lane) => pastePoints(project, { ...lane, points: pasted, frame })),
    );
    const last = frame + (pasted.at(-1)?.frame ?? 0);
    const places = points().flatMap((point, place) =>
      point.frame >= frame && point.frame <= last ? [place] : [],
    );
    setSelected(new Set(places));
  }

  function cut(): void {
    copy();
    remove(selected());
  }

  function openMenu(event: MouseEvent, hit: LaneHit): void {
    if (hit.kind === 'point' && !selected().has(hit.index)) setSelected(new Set([hit.index]));
    const place = hit.kind === 'empty' ? undefined : points()[hit.index];
    const shape = (label: string, to: Point['shape']) => ({
      label,
      checked: place?.shape === to || (to === 'linear' && place?.shape === 'bend' && place.bend === 0),
      disabled: !place || info().stepped,
      run: () =>
        place &&
        studio.doc.commit(
          'Shape of line',
          edited(studio.project(), (project, lane) =>
            setShape(project, { ...lane, frames: [place.frame], shape: to }),
          ),
        ),
    });
    showMenu(event, info().name, [
      shape('Straight', 'linear'),
      shape('Hold until the next', 'hold'),
      { kind: 'line' },
      { label: 'Copy', icon: 'copy', keys: 'Ctrl C', disabled: selected().size === 0, run: copy },
      { label: 'Paste at the playhead', keys: 'Ctrl V', disabled: copied() === null, run: paste },
      {
        label: 'Select all',
        keys: 'Ctrl A',
        disabled: points().length === 0,
        run: () => setSelected(new Set(points().keys())),
      },
      { kind: 'line' },
      {
        label: selected().size > 1 ? `Delete ${selected().size} points` : 'Delete point',
        icon: 'trash',
        keys: 'Del',
        danger: true,
        disabled: selected().size === 0,
        run: () => remove(selected()),
      },
    ]);
  }

  return {
    selected,
    setSelected,
    hovered,
    readout,
    band,
    points,
    remove,
    copy,
    cut,
    paste,
    edited,
    onPointerDown(event: PointerEvent): void {
      if (event.button !== 0) return;
      event.stopPropagation();
      (event.currentTarget as HTMLElement).focus({ preventScroll: true });
      if (ownerId === masterId) selectMaster();
      else if (ownerId !== masteringId) selectTrack(ownerId);
      const down = at(event);
      if (pencil()) {
        draw(event);
        return;
      }
      const hit = hitLane(geometry(), points(), down.x, down.y);
      if (hit.kind === 'point') dragPoint(event, hit.index);
      else if (hit.kind === 'line' && points().length > 0 && !event.ctrlKey && !event.metaKey) {
        bendLine(event, hit.index, () => add(down, event.altKey));
      } else select(event, down);
    },
    onPointerMove(event: PointerEvent): void {
      if (event.buttons !== 0) return;
      const { x, y } = at(event);
      const hit = hitLane(geometry(), points(), x, y);
      setHovered(hit.kind === 'point' ? hit.index : null);
      tell(hit.kind === 'point' ? points()[hit.index] : undefined);
    },
    onPointerLeave(event: PointerEvent): void {
      setHovered(null);
      if (event.buttons === 0) setReadout(null);
    },
    onDblClick(event: MouseEvent): void {
      event.stopPropagation();
      const { x, y } = at(event);
      const hit = hitLane(geometry(), points(), x, y);
      if (hit.kind === 'point') remove([hit.index]);
    },
    onContextMenu(event: MouseEvent): void {
      event.preventDefault();
      event.stopPropagation();
      const { x, y } = at(event);
      openMenu(event, hitLane(geometry(), points(), x, y));
    },
  };
}
