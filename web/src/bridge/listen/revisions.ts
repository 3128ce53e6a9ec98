const storageKey = 'mixwell.heard';
const mostShares = 500;

/**
 * Remembers the highest revision that was seen of a share, and returns the one seen before: a server that hands out an old copy is found
 * out. No key is kept.
 */
export function seenBefore(shareId: string, revision: number, storage = localStorageOrNone()): number {
  const seen = readSeen(storage);
  const before = seen.get(shareId) ?? 0;
  seen.delete(shareId);
  seen.set(shareId, Math.max(before, revision));
  try {
    storage?.setItem(storageKey, JSON.stringify([...seen].slice(-mostShares)));
  } catch {
    // A browser that keeps nothing notices nothing.
  }
  return before;
}

function readSeen(storage: Storage | null): Map<string, number> {
  try {
    const entries: unknown = JSON.parse(storage?.getItem(storageKey) ?? '[]');
    if (!Array.isArray(entries)) return new Map();
    return new Map(entries.filter(isEntry));
  } catch {
    return new Map();
  }
}

const isEntry = (entry: unknown): entry is [string, number] =>
  Array.isArray(entry) && typeof entry[0] === 'string' && Number.isSafeInteger(entry[1]);

function localStorageOrNone(): Storage | null {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}
