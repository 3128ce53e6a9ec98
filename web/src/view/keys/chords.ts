/** A chord as the tables write it: "Ctrl Shift Z", "Space", "?", "←". Ctrl is also the Mac's Cmd. */
export type Chord = string;

const named: Readonly<Record<string, string>> = {
  ' ': 'Space',
  Escape: 'Esc',
  Delete: 'Del',
  Backspace: 'Del',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  PageUp: 'Page ↑',
  PageDown: 'Page ↓',
  '=': '+',
  _: '-',
};

type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** Whether Shift is part of the key itself: "?" is one key wherever the layout has it. */
const shiftIsInTheKey = (key: string): boolean => key.length === 1 && !/[a-z0-9 ]/i.test(key);

/** The chord of a key press, by what the keyboard's own layout types. */
export function chordOf(event: KeyPress): Chord {
  const digit = /^Digit(\d)$/.exec(event.code)?.[1];
  // Some layouts have their digits behind Shift.
  const base = digit && !event.shiftKey && !/^\d$/.test(event.key) ? digit : event.key;
  const key = named[base] ?? (base.length === 1 ? base.toUpperCase() : base);
  return [
    event.ctrlKey || event.metaKey ? 'Ctrl' : '',
    event.altKey ? 'Alt' : '',
    event.shiftKey && !shiftIsInTheKey(event.key) ? 'Shift' : '',
    key,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);
const macNames: Readonly<Record<string, string>> = { Ctrl: '⌘', Alt: '⌥', Shift: '⇧', Del: '⌫' };

/** The chord as this computer's keys are labelled. */
export const shownChord = (chord: Chord, mac: boolean = isMac): string =>
  chord
    .replaceAll('-', '−')
    .split(' ')
    .map((part) => (mac ? (macNames[part] ?? part) : part))
    .join(' ');
