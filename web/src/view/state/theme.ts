import { createSignal } from 'solid-js';

export type Theme = 'dark' | 'light';

const storageKey = 'mixwell.theme';
const named = (value: string | null): Theme | null => (value === 'dark' || value === 'light' ? value : null);

function remembered(): Theme | null {
  try {
    return named(localStorage.getItem(storageKey));
  } catch {
    return null;
  }
}

const [current, setCurrent] = createSignal<Theme>('dark');

function apply(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  setCurrent(theme);
}

export const theme = current;

/** Call it before the first paint: what the address asks for (`?theme=light`), else what was chosen last, else dark. */
export function startTheme(): void {
  apply(named(new URLSearchParams(location.search).get('theme')) ?? remembered() ?? 'dark');
}

/** Chosen by hand: remembered, and the system is no longer followed. */
export function setTheme(chosen: Theme): void {
  apply(chosen);
  try {
    localStorage.setItem(storageKey, chosen);
  } catch {
    // A browser that keeps nothing still shows it.
  }
}

export const toggleTheme = (): void => setTheme(current() === 'dark' ? 'light' : 'dark');
