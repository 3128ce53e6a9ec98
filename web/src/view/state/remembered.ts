import { type Accessor, createSignal } from 'solid-js';

/** A choice of this person in this browser: a signal that outlives the page where the browser keeps anything. */
export function createRemembered<T extends string>(
  key: string,
  allowed: readonly T[],
  otherwise: T,
): [Accessor<T>, (value: T) => void] {
  const storageKey = `mixwell.${key}`;
  let first = otherwise;
  try {
    const kept = localStorage.getItem(storageKey) as T | null;
    if (kept !== null && allowed.includes(kept)) first = kept;
  } catch {
    // Nothing is kept here; the choice lasts as long as the page.
  }
  const [value, setValue] = createSignal<T>(first);
  return [
    value,
    (chosen) => {
      setValue(() => chosen);
      try {
        localStorage.setItem(storageKey, chosen);
      } catch {
        // As above.
      }
    },
  ];
}
