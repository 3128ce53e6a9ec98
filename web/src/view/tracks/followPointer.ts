const thresholdPx = 3;
const edgePx = 28;
const edgeStepPx = 14;

export interface PointerFollower {
  /** Every movement beyond the first three pixels, and every frame in which an edge scrolls. */
  move(event: PointerEvent): void;
  /** Once; null where the browser took the pointer away. `moved` is false for a plain click. */
  end(event: PointerEvent | null, moved: boolean): void;
  /** Called with -1 or 1 times the pixels to scroll while the pointer is held at an edge. */
  scroll?: (byPx: number) => void;
  /** Distance of the pointer from the left edge and the width, for scrolling. */
  room?: (event: PointerEvent) => { x: number; width: number };
}

/** Follows the pointer from a press until it is let go. The result stops it without calling `end`. */
export function followPointer(first: PointerEvent, follower: PointerFollower): () => void {
  let last = first;
  let moved = false;
  let request = 0;

  const scrollAtEdge = () => {
    request = requestAnimationFrame(scrollAtEdge);
    const room = follower.room?.(last);
    if (!room || !follower.scroll) return;
    const by = room.x < edgePx ? -edgeStepPx : room.x > room.width - edgePx ? edgeStepPx : 0;
    if (by === 0) return;
    follower.scroll(by);
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
