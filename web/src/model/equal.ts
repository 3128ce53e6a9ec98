type Plain = Readonly<Record<string, unknown>>;

/** Equality of plain data: numbers, strings, booleans, arrays and objects of them. */
export function equalData(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && equalData((a as Plain)[key], (b as Plain)[key]));
}

/** The old object where the new one says the same, so that identity tells what has changed. */
export function keepEqual<T>(old: T, fresh: T): T {
  return equalData(old, fresh) ? old : fresh;
}

export function sameItems<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
