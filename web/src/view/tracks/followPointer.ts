const thresholdPx = 3;
const edgePx = 28;
const edgeStepPx = 14;

export interface PointerFollower {
  /** Every movement beyond the first three pixels, and every frame in which an edge scrolls. */
  move(event: PointerEvent): void;
  /** Once; null where the browser took the pointer away. `moved` is false for a plain click. */
  end(event: PointerEvent | null, moved: boolean): void;
  /** Called every frame with the pixels to scroll while the pointer is held at an edge of the room. */
  scroll?: (byX: number, byY: number) => void;
  /** What scrolls, in coordinates of the window. */
  room?: () => DOMRect;
}

/** Only a hand that has gone towards an edge scrolls: one that began near it may mean to go the other way. */
function towards(from: number, at: number, low: number, high: number): number {
  if (at < from && at < low + edgePx) return -edgeStepPx;
  return at > from && at > high - edgePx ? edgeStepPx : 0;
}

/** Follows the pointer from a press until it is let go. The result stops it without calling `end`. */
export function followPointer(first: PointerEvent, follower: PointerFollower): () => void {
  let last = first;
  let moved = false;
  let request = 0;

  const scrollAtEdge = () => {
    request = requestAnimationFrame(scrollAtEdge);
    const room = follower.room?.();
    if (!room || !follower.scroll) return;
    const byX = towards(first.clientX, last.clientX, room.left, room.right);
    const byY = towards(first.clientY, last.clientY, room.top, room.bottom);
    if (byX === 0 && byY === 0) return;
    follower.scroll(byX, byY);
    follower.move(last);
  };
  const onMove = (event: PointerEvent) => {
    if (event.pointerId !== first.pointerId) return;
    last = event;
    if (!moved) {
      if (Math.hypot(event.clientX - first.clientX, event.clientY - first.clientY) < thresholdPx) return;
      moved = true;
      if (follower.scroll) request = requestAnimationFrame(scrollAtEdge);
    }
    follower.move(event);
  };
  const onUp = (event: PointerEvent) => {
    if (event.pointerId !== first.pointerId) return;
    stop();
    follower.end(event, moved);
  };
  const onCancel = (event: PointerEvent) => {
    if (event.pointerId !== first.pointerId) return;
    stop();
    follower.end(null, moved);
  };
  function stop(): void {
    cancelAnimationFrame(request);
    window.removeEventListener('pointermove', onMove);
    window.removeEventListener('pointerup', onUp);
    window.removeEventListener('pointercancel', onCancel);
  }
  window.addEventListener('pointermove', onMove);
  window.addEventListener('pointerup', onUp);
  window.addEventListener('pointercancel', onCancel);
  return stop;
}
