import { createMemo, createRoot, createSignal } from 'solid-js';
import type { IconName } from '../kit/icons';
import type { Chord } from './chords';

export const actionGroups = [
  'Playing',
  'Rooms',
  'Tracks',
  'Listening',
  'Editing',
  'Clips',
  'Looking',
  'Project',
] as const;
export type ActionGroup = (typeof actionGroups)[number];

/** One thing that a key, the palette or a button can do. */
export interface Action {
  /** "transport.play" */
  readonly id: string;
  readonly group: ActionGroup;
  readonly label: string;
  /** The first is shown. */
  readonly keys?: readonly Chord[];
  /** A chord that the browser itself turns into an event of its own, such as paste: shown, not listened to. */
  readonly browserKey?: Chord;
  readonly icon?: IconName;
  /** Quiet words beside the label, read when the palette opens: "12 tracks". */
  hint?(): string;
  enabled?(): boolean;
  /** Goes on while the key is held. */
  readonly repeats?: boolean;
  /** Other words that find it. */
  readonly words?: string;
  /** Not in the palette: it opens it, or makes no sense there. */
  readonly keysOnly?: boolean;
  run(): void;
}

const [lists, setLists] = createSignal<readonly (readonly Action[])[]>([]);

/** Everything that can be done now, in order of registration. */
export const actions = createRoot(() => createMemo(() => lists().flat()));

const byChord = createRoot(() =>
  createMemo(() => {
    const table = new Map<Chord, Action[]>();
    for (const action of actions())
      for (const chord of action.keys ?? []) table.set(chord, [...(table.get(chord) ?? []), action]);
    return table;
  }),
);

/** Adds actions; the result takes them out again. */
export function registerActions(list: readonly Action[]): () => void {
  setLists((before) => [...before, list]);
  return () => setLists((before) => before.filter((other) => other !== list));
}

export const shownKeys = (action: Action): readonly Chord[] =>
  action.keys ?? (action.browserKey ? [action.browserKey] : []);

export const isEnabled = (action: Action): boolean => action.enabled?.() ?? true;

/** The action that a chord stands for now. */
export const actionOfChord = (chord: Chord): Action | undefined => byChord().get(chord)?.find(isEnabled);

export function runAction(id: string): void {
  const action = actions().find((candidate) => candidate.id === id);
  if (action && isEnabled(action)) action.run();
}
