import { createSignal } from 'solid-js';

export type Theme = 'dark' | 'light';

const storageKey = 'mixwell.theme';
const systemIsLight = () => matchMedia('(prefers-color-scheme: light)');

function remembered(): Theme | null {
  try {
    const value = localStorage.getItem(storageKey);
    return value === 'dark' || value === 'light' ? value : null;
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

/** Call it before the first paint: what was chosen last, else what the system prefers, which is then followed. */
export function startTheme(): void {
  apply(remembered() ?? (systemIsLight().matches ? 'light' : 'dark'));
  systemIsLight().addEventListener('change', (event) => {
    if (!remembered()) apply(event.matches ? 'light' : 'dark');
  });
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
