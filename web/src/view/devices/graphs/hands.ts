import { createSignal, onCleanup } from 'solid-js';
import { finishGesture } from '../../kit/gesture';
import { showMenu } from '../../kit/Menu';
import { followPointer } from '../../tracks/followPointer';
import type { DeviceGraphProps } from '../deviceGraph';
import { Edit, RunOfSteps } from './edit';
import {
  cursorOf,
  type Handle,
  HandleDrag,
  handleAt,
  nudged,
  type ParamLookup,
  resetOf,
  type StepSize,
  type Values,
} from './handles';
import type { Picture, Scene } from './picture';

const wheelPauseMs = 400;
const keyPauseMs = 1200;
/** A double click on empty ground makes a part with its first half; the second half is no reset. */
const freshMs = 600;

/** Which handle is in the hand, and which has the keyboard. */
export function createHeld() {
  const [draggedId, setDraggedId] = createSignal<string | null>(null);
  const [focusedId, setFocusedId] = createSignal<string | null>(null);
  return { draggedId, setDraggedId, focusedId, setFocusedId };
}

export interface HandsOptions {
  readonly held: ReturnType<typeof createHeld>;
  readonly props: DeviceGraphProps;
  readonly picture: Picture;
  readonly params: ParamLookup;
  readonly name: string;
  scene(): Scene | null;
  handles(): readonly Handle[];
}

/** What pointer, wheel and keys do in a picture. */
export function createHands({ held, props, picture, params, name, scene, handles }: HandsOptions) {
  const { setDraggedId } = held;
  const [cursor, setCursor] = createSignal('default');
  const steps = new RunOfSteps();
  let drag: { edit: Edit; handle: Handle } | null = null;
  let createdAt = Number.NEGATIVE_INFINITY;
  onCleanup(() => {
    steps.finish();
    drag?.edit.finish();
  });

  const labelOf = (handle: Handle) => `${name} ${handle.name.toLowerCase()}`;
  const choose = (handle: Handle) => {
    const part = picture.partOf?.(handle.id);
    if (part !== undefined && part !== null) props.choosePart(part);
  };
  const placeOf = (event: MouseEvent, element: HTMLElement) => {
    const rect = element.getBoundingClientRect();
    return { x: event.clientX - rect.left, y: event.clientY - rect.top };
  };
  const hit = (event: MouseEvent, element: HTMLElement): Handle | null => {
    const { x, y } = placeOf(event, element);
    return handleAt(handles(), x, y);
  };
  const write = (label: string, values: Values) => {
    finishGesture();
    props.write.commit(label, values);
  };
  const reset = (handle: Handle) => write(`Reset ${labelOf(handle)}`, resetOf(handle, params));

  function follow(
    event: PointerEvent,
    element: HTMLElement,
    handle: Handle,
    edit: Edit,
    values: Values,
  ): void {
    const motion = new HandleDrag(handle, values, params);
    let last = event;
    drag = { edit, handle };
    setDraggedId(handle.id);
    const onEscape = (key: KeyboardEvent) => {
      if (key.key !== 'Escape') return;
      key.preventDefault();
      key.stopPropagation();
      stop();
      end(false);
    };
    const end = (keep: boolean) => {
      window.removeEventListener('keydown', onEscape, true);
      if (keep) edit.finish();
      else edit.cancel();
      drag = null;
      setDraggedId(null);
      delete element.dataset.dragging;
    };
    const stop = followPointer(event, {
      move(move) {
        if (!edit.active) return;
        element.dataset.dragging = '';
        edit.set(
          motion.move(move.clientX - last.clientX, move.clientY - last.clientY, move.shiftKey, move.altKey),
        );
        last = move;
      },
      end: (up) => end(up !== null),
    });
    window.addEventListener('keydown', onEscape, true);
  }

  function onPointerDown(event: PointerEvent): void {
    const now = scene();
    const element = event.currentTarget as HTMLElement;
    if (event.button !== 0 || !now || drag) return;
    steps.finish();
    finishGesture();
    const handle = hit(event, element);
    if (handle) {
      event.preventDefault();
      choose(handle);
      focus(element, handle.id);
      if (event.altKey) reset(handle);
      else follow(event, element, handle, new Edit(props.write, labelOf(handle)), now.values);
      return;
    }
    const { x, y } = placeOf(event, element);
    const created = picture.create?.(now, x, y);
    if (!created) return;
    event.preventDefault();
    createdAt = event.timeStamp;
    const edit = new Edit(props.write, created.label);
    edit.set(created.values);
    const part = picture.partOf?.(created.handleId);
    if (part !== undefined) props.choosePart(part);
    const fresh = handles().find(({ id }) => id === created.handleId);
    if (!fresh) {
      edit.finish();
      return;
    }
    focus(element, fresh.id);
    follow(event, element, fresh, edit, { ...now.values, ...created.values });
  }

  const focus = (element: HTMLElement, id: string) =>
    element
      .querySelector<HTMLElement>(`[data-handle="${CSS.escape(id)}"]`)
      ?.focus({ preventScroll: true, focusVisible: false } as FocusOptions);

  function step(handle: Handle, param: string, size: StepSize, direction: 1 | -1, pauseMs: number): void {
    const info = params(param);
    const now = scene();
    if (!info || !now) return;
    const changed = { [param]: nudged(info, now.values[param] ?? info.default, size, direction) };
    const values = { ...changed, ...handle.follow?.(changed) };
    if (drag) drag.edit.set(values);
    else steps.set(props.write, labelOf(handle), handle.id, values, pauseMs);
  }

  function onWheel(event: WheelEvent): void {
    const element = event.currentTarget as HTMLElement;
    const handle = drag?.handle ?? hit(event, element);
    const param = handle && (handle.wheel ?? handle.y?.param ?? handle.x?.param);
    if (!handle || !param || event.deltaY === 0) return;
    event.preventDefault();
    event.stopPropagation();
    choose(handle);
    // One step of a frequency or a width is too little for a notch of the wheel.
    const coarse = params(param)?.curve === 'logarithmic' && !event.shiftKey;
    step(handle, param, coarse ? 'bigStep' : 'step', event.deltaY < 0 ? 1 : -1, wheelPauseMs);
  }

  /** The keyboard stays in the picture when what it stood on goes. */
  function remove(event: KeyboardEvent, values: Values, handle: Handle): void {
    const graph = (event.currentTarget as HTMLElement).parentElement;
    write(`Remove ${labelOf(handle)}`, values);
    if (document.activeElement !== document.body) return;
    const left = graph?.querySelectorAll<HTMLElement>('.graph-handle');
    left?.item(left.length - 1)?.focus({ preventScroll: true });
  }

  function onKeyDown(event: KeyboardEvent, handle: Handle): void {
    if (event.ctrlKey || event.metaKey) return;
    const along = handle.x ?? handle.y;
    const up = handle.y ?? handle.x;
    const turned = event.altKey ? handle.wheel : up?.param;
    const size: StepSize = event.shiftKey ? 'bigStep' : 'step';
    const moves: Readonly<Record<string, readonly [string | undefined, StepSize, 1 | -1]>> = {
      ArrowRight: [along?.param, size, 1],
      ArrowLeft: [along?.param, size, -1],
      ArrowUp: [turned, size, 1],
      ArrowDown: [turned, size, -1],
      PageUp: [up?.param, 'pageStep', 1],
      PageDown: [up?.param, 'pageStep', -1],
    };
    const move = moves[event.key];
    if (move?.[0]) step(handle, move[0], move[1], move[2], keyPauseMs);
    else if ((event.key === 'Delete' || event.key === 'Backspace') && handle.remove)
      remove(event, handle.remove, handle);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function openMenu(event: MouseEvent, handle: Handle | null): void {
    const now = scene();
    const entries = handle && now && picture.menu?.(handle.id, now, write);
    if (!entries) return;
    event.preventDefault();
    event.stopPropagation();
    choose(handle);
    const rect = (event.target as Element).getBoundingClientRect();
    const fromKeys = event.clientX === 0 && event.clientY === 0;
    const at = fromKeys ? { clientX: rect.right, clientY: rect.bottom } : event;
    showMenu(at, handle.name, entries);
  }

  return {
    cursor,
    onPointerDown,
    onKeyDown,
    finishSteps: () => steps.finish(),
    openMenu,
    onPointerMove(event: PointerEvent) {
      if (event.buttons !== 0 || drag) return;
      const element = event.currentTarget as HTMLElement;
      const handle = hit(event, element);
      const { x, y } = placeOf(event, element);
      const now = scene();
      setCursor(handle ? cursorOf(handle) : now && picture.create?.(now, x, y) ? 'crosshair' : 'default');
    },
    onContextMenu: (event: MouseEvent) => openMenu(event, hit(event, event.currentTarget as HTMLElement)),
    onDblClick(event: MouseEvent) {
      const handle = hit(event, event.currentTarget as HTMLElement);
      if (!handle || event.timeStamp - createdAt < freshMs) return;
      event.preventDefault();
      reset(handle);
    },
    /** Wheel listeners must not be passive. */
    wheel(element: HTMLElement) {
      element.addEventListener('wheel', onWheel, { passive: false });
      onCleanup(() => element.removeEventListener('wheel', onWheel));
    },
  };
}
