import { onCleanup } from 'solid-js';
import { beginGesture, type Gesture } from './gesture';
import { settle, stepped, type ValueSpec } from './valueSpec';

/** What every control of a value is told: Knob, Fader and ValueField take these props. */
export interface ValueProps {
  /** The accessible name: "Volume". */
  label: string;
  value: number;
  spec: ValueSpec;
  /** While the hand moves. */
  onPreview?: (value: number) => void;
  /** Once, at the end of a drag, of a run of keys or wheel clicks, and for a typed value. */
  onCommit: (value: number) => void;
  /** Esc in a drag. */
  onCancel?: () => void;
  disabled?: boolean;
  /** Says why it is disabled, or anything a tooltip should add. */
  hint?: string;
  /** Right click on the control, in place of the menu of what it stands on. */
  onMenu?: (event: MouseEvent) => void;
}

export interface DragOptions {
  /** Pixels of the hand for the whole travel, vertically; horizontally too where given. */
  travelPx: () => number;
  horizontalTravelPx?: () => number;
  /** A press and release without movement. */
  onClick?: (event: PointerEvent) => void;
}

/** A run of wheel clicks or keys is one step of undo; this long a pause ends it, should no key-up do so. */
const wheelPauseMs = 400;
const keyPauseMs = 1200;
const dragThresholdPx = 3;

/**
 * The manners of a value: drag vertically (Shift a tenth), wheel one step, double-click or Alt-click the default, arrow
 * keys one step, with Shift a big one, Page keys a page, Home and End the ends. Spread `handlers` on the element.
 */
export function createValueControl(props: ValueProps, options: DragOptions) {
  let held: Gesture | null = null;
  let pauseTimer: ReturnType<typeof setTimeout> | undefined;

  const begin = (): Gesture =>
    beginGesture({
      onPreview: (value) => (props.onPreview ?? props.onCommit)(value),
      onCommit: (value) => props.onCommit(value),
      onCancel: () => props.onCancel?.(),
    });
  const set = (value: number) => {
    const gesture = begin();
    gesture.preview(settle(props.spec, value));
    gesture.finish();
  };
  const reset = () => set(props.spec.defaultValue);
  const finishHeld = () => {
    clearTimeout(pauseTimer);
    held?.finish();
    held = null;
  };
  const hold = (value: number, pauseMs: number) => {
    if (!held?.active) held = begin();
    held.preview(value);
    clearTimeout(pauseTimer);
    pauseTimer = setTimeout(finishHeld, pauseMs);
  };

  function onPointerDown(event: PointerEvent): void {
    if (event.button !== 0 || props.disabled) return;
    const target = event.currentTarget as HTMLElement;
    if ((event.target as Element).closest('input')) return;
    event.preventDefault();
    event.stopPropagation();
    target.focus({ preventScroll: true });
    finishHeld();
    if (event.altKey) {
      reset();
      return;
    }

    let lastX = event.clientX;
    let lastY = event.clientY;
    let position = props.spec.toPosition(props.value);
    let gesture: Gesture | null = null;
    target.setPointerCapture(event.pointerId);

    const onMove = (move: PointerEvent) => {
      const dx = move.clientX - lastX;
      const dy = move.clientY - lastY;
      if (!gesture) {
        if (Math.hypot(dx, dy) < dragThresholdPx) return;
        gesture = begin();
        target.dataset.dragging = '';
      } else if (!gesture.active) return;
      lastX = move.clientX;
      lastY = move.clientY;
      const horizontal = options.horizontalTravelPx ? dx / options.horizontalTravelPx() : 0;
      const amount = (horizontal - dy / options.travelPx()) * (move.shiftKey ? 0.1 : 1);
      position = Math.min(1, Math.max(0, position + amount));
      gesture.preview(settle(props.spec, props.spec.fromPosition(position)));
    };
    const end = () => {
      target.removeEventListener('pointermove', onMove);
      target.removeEventListener('pointerup', onUp);
      target.removeEventListener('pointercancel', onAbort);
      window.removeEventListener('keydown', onEscape, true);
      delete target.dataset.dragging;
    };
    const onUp = (up: PointerEvent) => {
      end();
      if (gesture) gesture.finish();
      else options.onClick?.(up);
    };
    const onAbort = () => {
      end();
      gesture?.cancel();
    };
    const onEscape = (key: KeyboardEvent) => {
      if (key.key !== 'Escape' || !gesture) return;
      key.stopPropagation();
      onAbort();
    };
    target.addEventListener('pointermove', onMove);
    target.addEventListener('pointerup', onUp);
    target.addEventListener('pointercancel', onAbort);
    window.addEventListener('keydown', onEscape, true);
  }

  function onWheel(event: WheelEvent): void {
    if (props.disabled || event.ctrlKey || event.deltaY === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const { spec, value } = props;
    const amount = event.shiftKey ? Math.max(spec.quantum, spec.step / 10) : spec.step;
    hold(stepped(spec, value, event.deltaY < 0 ? amount : -amount), wheelPauseMs);
  }

  function keyTarget(event: KeyboardEvent): number | null {
    const { spec, value } = props;
    const step = event.shiftKey ? spec.bigStep : spec.step;
    switch (event.key) {
      case 'ArrowUp':
      case 'ArrowRight':
        return stepped(spec, value, step);
      case 'ArrowDown':
      case 'ArrowLeft':
        return stepped(spec, value, -step);
      case 'PageUp':
        return stepped(spec, value, spec.pageStep);
      case 'PageDown':
        return stepped(spec, value, -spec.pageStep);
      case 'Home':
        return spec.min;
      case 'End':
        return spec.max;
      default:
        return null;
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (props.disabled || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target !== event.currentTarget) return;
    const value = keyTarget(event);
    if (value === null) return;
    event.preventDefault();
    event.stopPropagation();
    hold(value, keyPauseMs);
  }

  onCleanup(finishHeld);
  return {
    set,
    reset,
    handlers: {
      onPointerDown,
      onKeyDown,
      onKeyUp: finishHeld,
      onBlur: finishHeld,
      onContextMenu: (event: MouseEvent) => props.onMenu?.(event),
      onDblClick: (event: MouseEvent) => {
        if (props.disabled || (event.target as Element).closest('input')) return;
        event.preventDefault();
        event.stopPropagation();
        reset();
      },
    },
    /** Wheel listeners must not be passive, which Solid's delegation can't promise: use it as ref. */
    wheel: (element: HTMLElement) => {
      element.addEventListener('wheel', onWheel, { passive: false });
      onCleanup(() => element.removeEventListener('wheel', onWheel));
    },
  };
}
