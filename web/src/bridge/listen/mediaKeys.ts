import { createEffect } from 'solid-js';
import type { Listening } from './listening';

const stepS = 10;

/** Play, pause and the position on the keys of a keyboard, the lock screen and the car. Call it under an owner. */
export function offerMediaKeys(listening: Listening): void {
  const { mediaSession } = navigator;
  if (!mediaSession) return;
  const { manifest, lengthS, playing, toggle, seek, positionS } = listening;
  mediaSession.metadata = new MediaMetadata({ title: manifest.title });
  const handlers: Partial<Record<MediaSessionAction, MediaSessionActionHandler>> = {
    play: () => !playing() && toggle(),
    pause: () => playing() && toggle(),
    previoustrack: () => seek(0),
    seekbackward: ({ seekOffset }) => seek(positionS() - (seekOffset ?? stepS)),
    seekforward: ({ seekOffset }) => seek(positionS() + (seekOffset ?? stepS)),
    seekto: ({ seekTime }) => seekTime !== undefined && seek(seekTime),
  };
  for (const [action, handler] of Object.entries(handlers)) {
    try {
      mediaSession.setActionHandler(action as MediaSessionAction, handler as MediaSessionActionHandler);
    } catch {
      // A browser that does not know this one.
    }
  }
  createEffect(() => {
    mediaSession.playbackState = playing() ? 'playing' : 'paused';
    const position = Math.min(positionS(), lengthS);
    mediaSession.setPositionState?.({ duration: lengthS, position, playbackRate: 1 });
  });
}
