import { ownScriptUrl } from '../trusted';

/** Lets the built page be opened without a network. Where it can't be kept, the studio works all the same. */
export function keepOffline(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const idle = globalThis.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 1000));
  idle(() => void navigator.serviceWorker.register(ownScriptUrl('/sw.js')).catch(() => {}));
}
