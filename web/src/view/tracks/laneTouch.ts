import { scrollByPx, zoomBy } from '../state/timeline';

const tapPx = 8;

interface Touch {
  x: number;
  y: number;
}

export interface LaneTouchOptions {
  /** The list of tracks, scrolled vertically. */
  scroller: () => HTMLElement | null;
  /** Left edge of the lanes on the screen. */
  left: () => number;
  onTap: (event: PointerEvent) => void;
}

/** Fingers on the lanes: one moves along the song and the tracks, two zoom, a tap selects. */
export function createLaneTouch({ scroller, left, onTap }: LaneTouchOptions) {
  const touches = new Map<number, Touch>();
  let travelled = 0;

  const spread = (): { distance: number; centre: number } => {
    const [a, b] = [...touches.values()] as [Touch, Touch];
    return { distance: Math.max(24, Math.hypot(a.x - b.x, a.y - b.y)), centre: (a.x + b.x) / 2 };
  };
  const onMove = (event: PointerEvent) => {
    const touch = touches.get(event.pointerId);
    if (!touch) return;
    const before = touches.size === 2 ? spread() : null;
    const dx = event.clientX - touch.x;
    const dy = event.clientY - touch.y;
    travelled += Math.hypot(dx, dy);
    touch.x = event.clientX;
    touch.y = event.clientY;
    if (before) {
      const after = spread();
      zoomBy(before.distance / after.distance, after.centre - left());
      scrollByPx(before.centre - after.centre);
    } else if (touches.size === 1 && travelled > tapPx) {
      scrollByPx(-dx);
      const list = scroller();
      if (list) list.scrollTop -= dy;
    }
  };
  const onEnd = (event: PointerEvent) => {
    if (!touches.delete(event.pointerId) || touches.size > 0) return;
    window.removeEventListener('pointermove', onMove);
    window.removeEventListener('pointerup', onEnd);
    window.removeEventListener('pointercancel', onEnd);
    if (event.type === 'pointerup' && travelled <= tapPx) onTap(event);
  };

  return (event: PointerEvent): void => {
    if (touches.size === 0) {
      travelled = 0;
      window.addEventListener('pointermove', onMove);
      window.addEventListener('pointerup', onEnd);
      window.addEventListener('pointercancel', onEnd);
    }
    touches.set(event.pointerId, { x: event.clientX, y: event.clientY });
  };
}
