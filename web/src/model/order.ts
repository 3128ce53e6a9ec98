import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing';

/** Keys longer than this would come of a broken document only: two thousand inserts at one place make about 400. */
const maxKeyLength = 1024;

function isOrderKey(key: string): boolean {
  if (key === '' || key.length > maxKeyLength) return false;
  try {
    generateKeyBetween(key, null);
    return true;
  } catch {
    return false;
  }
}

/** The places of a longest strictly increasing subsequence; null entries are passed over. */
function longestIncreasing(keys: readonly (string | null)[]): Set<number> {
  const tails: number[] = [];
  const before: number[] = [];
  keys.forEach((key, place) => {
    if (key === null) return;
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const tailKey = keys[tails[middle] as number] as string;
      if (tailKey < key) low = middle + 1;
      else high = middle;
    }
    before[place] = low > 0 ? (tails[low - 1] as number) : -1;
    tails[low] = place;
  });
  const kept = new Set<number>();
  for (let place = tails.at(-1) ?? -1; place >= 0; place = before[place] as number) kept.add(place);
  return kept;
}

/**
 * New keys so that the items sort in the order given, for as few items as can be: those that were there keep theirs,
 * whatever another person moves meanwhile. `keys` holds what each item has, null for a new one. Returns place and key of
 * each item to be written. Doubled and broken keys are mended on the way.
 */
export function keysInOrder(keys: readonly (string | null)[]): Map<number, string> {
  const usable = keys.map((key) => (key !== null && isOrderKey(key) ? key : null));
  const kept = longestIncreasing(usable);
  const written = new Map<number, string>();
  let low: string | null = null;
  for (let start = 0; start < usable.length; ) {
    if (kept.has(start)) {
      low = usable[start] as string;
      start++;
      continue;
    }
    let end = start;
    while (end < usable.length && !kept.has(end)) end++;
    const high: string | null = end < usable.length ? (usable[end] as string) : null;
    generateNKeysBetween(low, high, end - start).forEach((key, step) => {
      written.set(start + step, key);
    });
    start = end;
  }
  return written;
}
