const gestures = ['pointerdown', 'keydown'] as const;

/** Browsers let sound out only after a gesture; the engine is made ready then, before it is asked for. `open` says whether it did. */
export function openAtFirstGesture(open: () => boolean): void {
  const listen = () => {
    if (!open()) return;
    for (const gesture of gestures) removeEventListener(gesture, listen, true);
  };
  for (const gesture of gestures) addEventListener(gesture, listen, true);
}

/** The browser asks before the page goes while there is something to lose. */
export function askBeforeLeaving(busy: () => boolean): void {
  addEventListener('beforeunload', (event) => {
    if (busy()) event.preventDefault();
  });
}

/** Asks the browser not to clear the audio away when the disk grows full. */
export function keepStorage(): void {
  void navigator.storage?.persist?.().catch(() => false);
}
