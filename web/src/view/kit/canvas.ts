import { createEffect, onCleanup } from 'solid-js';
import { onPaint } from './frameLoop';
import { palette } from './palette';

export interface Surface {
  readonly context: CanvasRenderingContext2D;
  /** CSS pixels; the context is scaled so that one unit is one of them. */
  readonly width: number;
  readonly height: number;
  readonly pixelRatio: number;
}

const resized = new WeakMap<Element, () => void>();
let observer: ResizeObserver | undefined;

/** Calls back when an element has got its size or changed it, while the owner lives. One observer for the page. */
export function observeSize(element: Element, callback: () => void): void {
  observer ??= new ResizeObserver((entries) => {
    for (const entry of entries) resized.get(entry.target)?.();
  });
  resized.set(element, callback);
  observer.observe(element);
  onCleanup(() => {
    observer?.unobserve(element);
    resized.delete(element);
  });
}

/**
 * Paints a canvas at the screen's own resolution, at most once a frame: when its size or the theme changes, when a signal that
 * `track` reads changes, and when `invalidate` is called.
 */
export function createSurface(paint: (surface: Surface) => void, track?: () => void) {
  let canvas: HTMLCanvasElement | undefined;
  let surface: Surface | null = null;
  let stale = true;
  const invalidate = () => {
    stale = true;
  };

  const measure = (element: HTMLCanvasElement) => {
    const width = element.clientWidth;
    const height = element.clientHeight;
    const pixelRatio = window.devicePixelRatio || 1;
    const context = element.getContext('2d');
    if (!context || width === 0 || height === 0) {
      surface = null;
      return;
    }
    element.width = Math.round(width * pixelRatio);
    element.height = Math.round(height * pixelRatio);
    context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
    surface = { context, width, height, pixelRatio };
    stale = true;
  };

  createEffect(() => {
    palette();
    track?.();
    stale = true;
  });
  onPaint(() => {
    if (!canvas) return;
    if (surface && surface.pixelRatio !== (window.devicePixelRatio || 1)) measure(canvas);
    if (!stale || !surface) return;
    stale = false;
    paint(surface);
  });

  return {
    ref: (element: HTMLCanvasElement) => {
      canvas = element;
      observeSize(element, () => measure(element));
    },
    invalidate,
    /** Null before the first layout. */
    size: () => surface,
  };
}
