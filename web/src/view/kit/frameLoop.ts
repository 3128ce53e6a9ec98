import { onCleanup } from 'solid-js';

type FrameCallback = (nowMs: number) => void;

const readers = new Set<FrameCallback>();
const painters = new Set<FrameCallback>();
let request = 0;

function run(nowMs: number): void {
  request = requestAnimationFrame(run);
  for (const read of readers) read(nowMs);
  for (const paint of painters) paint(nowMs);
}

function register(callbacks: Set<FrameCallback>, callback: FrameCallback): void {
  if (readers.size + painters.size === 0) request = requestAnimationFrame(run);
  callbacks.add(callback);
  onCleanup(() => {
    callbacks.delete(callback);
    if (readers.size + painters.size === 0) cancelAnimationFrame(request);
  });
}

/** Calls back once an animation frame while the owner lives, before anything is painted. The page has one such loop. */
export const onFrame = (callback: FrameCallback): void => register(readers, callback);

/** The same, after every onFrame callback of the frame. */
export const onPaint = (callback: FrameCallback): void => register(painters, callback);
