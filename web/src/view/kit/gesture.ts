/**
 * One change of one value by one hand: shown while it lasts, written once at its end. There is at most one at a time in the
 * page, because the document shows at most one preview; a new one finishes the one before.
 */
export interface Gesture {
  preview(value: number): void;
  /** Writes the last preview; nothing where nothing was previewed. */
  finish(): void;
  /** Takes the preview back. */
  cancel(): void;
  readonly active: boolean;
}

export interface GestureHandlers {
  onPreview(value: number): void;
  onCommit(value: number): void;
  onCancel?(): void;
}

let open: Gesture | null = null;

/** Ends what a key or the wheel has left open; call it before undo, save and export. */
export function finishGesture(): void {
  open?.finish();
}

/** Gives the page's one gesture to something that is not a value, such as a clip under the hand. */
export function claimGesture(gesture: Gesture): void {
  if (open !== gesture) open?.finish();
  open = gesture;
}

export function releaseGesture(gesture: Gesture): void {
  if (open === gesture) open = null;
}

export function beginGesture(handlers: GestureHandlers): Gesture {
  let last: number | null = null;
  let active = true;
  const end = () => {
    active = false;
    releaseGesture(gesture);
  };
  const gesture: Gesture = {
    preview(value) {
      if (!active || value === last) return;
      last = value;
      handlers.onPreview(value);
    },
    finish() {
      if (!active) return;
      end();
      if (last !== null) handlers.onCommit(last);
    },
    cancel() {
      if (!active) return;
      end();
      if (last !== null) handlers.onCancel?.();
    },
    get active() {
      return active;
    },
  };
  claimGesture(gesture);
  return gesture;
}
