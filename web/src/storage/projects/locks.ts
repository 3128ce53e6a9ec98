/** A lock that this tab holds. */
export interface HeldLock {
  release(): void;
  /** Resolves when another tab has taken it away. */
  readonly lost: Promise<void>;
}

/** How to go about a lock that another tab holds: leave it, wait so many milliseconds for it, or take it away. */
export type LockPatience = 'ifFree' | 'steal' | number;

/** Locks between the tabs of one browser. A tab that is closed or crashes loses its locks. */
export interface TabLocks {
  /** Null where it can't be had with that patience. */
  hold(name: string, patience: LockPatience): Promise<HeldLock | null>;
}

type LockRequests = Pick<LockManager, 'request'>;

/** The browser's Web Locks. */
export function webLocks(manager: LockRequests): TabLocks {
  return {
    hold(name, patience) {
      return new Promise((resolve, reject) => {
        let release: () => void = () => undefined;
        let held = false;
        let wasLost: () => void = () => undefined;
        const lost = new Promise<void>((tell) => {
          wasLost = tell;
        });
        const granted = (lock: Lock | null): Promise<void> | undefined => {
          if (!lock) {
            resolve(null);
            return;
          }
          held = true;
          const untilReleased = new Promise<void>((done) => {
            release = done;
          });
          resolve({ release: () => release(), lost });
          return untilReleased;
        };
        manager.request(name, optionsFor(patience), granted).catch((error: unknown) => {
          if (held) wasLost();
          else if (isAbort(error)) resolve(null);
          else reject(error);
        });
      });
    },
  };
}

function optionsFor(patience: LockPatience): LockOptions {
  if (patience === 'ifFree') return { ifAvailable: true };
  if (patience === 'steal') return { steal: true };
  return { signal: AbortSignal.timeout(patience) };
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && (error.name === 'AbortError' || error.name === 'TimeoutError');
}

/** For browsers without Web Locks: each tab believes to be alone. The database still lets only one of them write. */
export const noLocks: TabLocks = {
  hold: () => Promise.resolve({ release: () => undefined, lost: new Promise<void>(() => undefined) }),
};

/** What the tabs tell each other. A BroadcastChannel is one. */
export interface TabChannel {
  postMessage(message: TabMessage): void;
  onmessage: ((event: { readonly data: TabMessage }) => void) | null;
  close(): void;
}

export type TabMessage =
  /** Whoever writes this project: save it and let go. */
  | { readonly type: 'letGo'; readonly projectId: string }
  /** The list of projects has changed. */
  | { readonly type: 'listChanged' };
