import { type Accessor, createSignal, untrack } from 'solid-js';
import type { AutomationTouch, Control } from '../../../bridge/automationTypes';
import type { Studio } from '../../../bridge/studioTypes';
import { laneKey } from '../../../model/automation';
import { masteringId, type Patch } from '../../../model/types';

/** One control that a hand sets, with the edit that it is where no automation is in the way. */
export interface HandWrite {
  readonly control: Control;
  readonly value: number;
  /** What the document has it at before the hand moves it. */
  readonly before: number;
  readonly patches: readonly Patch[];
}

/** A hand writes a lane, or is overruled by one, or edits the document. */
type Hand = AutomationTouch | 'overruled' | 'edit';

export interface Hands {
  preview(writes: readonly HandWrite[]): void;
  commit(label: string, writes: readonly HandWrite[], beside?: readonly Patch[]): void;
  cancel(): void;
  /** Reactive: where a hand holds a control that its lane will take back. */
  readonly held: Accessor<ReadonlyMap<string, number>>;
  /** Reactive: the controls that were taken to be written. */
  readonly touched: Accessor<readonly Control[]>;
}

export const controlKey = (control: Control): string => `${control.ownerId} ${laneKey(control)}`;

/** Told where a lane moves the control and the owner only reads. */
export const overruledHint = 'Its lane moves it: set automation to Touch or Latch to write, to Off to set it';
/** The lanes of the mastering chain are only read. */
const chainHint = 'Its lane moves it: change the points in the Arrange room';

const nothingHeld: ReadonlyMap<string, number> = new Map();
const [written, setWritten] = createSignal<readonly Control[]>([]);

/** Controls that hands have written since this was last called. */
export function takeWritten(): readonly Control[] {
  const controls = untrack(written);
  setWritten([]);
  return controls;
}

/**
 * The manners of hands on controls that lanes may move: while the song plays in touch, latch or write they write; where a
 * lane is heard and nothing is written the control goes back to its lane; else the move is an edit.
 */
export function createHands(studio: Studio): Hands {
  const hands = new Map<string, Hand>();
  const [held, setHeld] = createSignal(nothingHeld);
  const [touched, setTouched] = createSignal<readonly Control[]>([]);
  let previewed = false;

  function take(key: string, { control, value, before }: HandWrite): Hand | null {
    const known = hands.get(key);
    if (known) return known;
    const now = studio.automation.valueNow(control);
    if (value === (now ?? before)) return now === null ? 'edit' : null;
    const hand = studio.automation.touch(control) ?? (now === null ? 'edit' : 'overruled');
    hands.set(key, hand);
    if (typeof hand === 'object') {
      const others = untrack(touched).filter((other) => controlKey(other) !== key);
      setTouched([...others, control]);
      setWritten([...untrack(written), control]);
    }
    return hand;
  }
  function split(writes: readonly HandWrite[]): Patch[] {
    const holding = new Map<string, number>();
    const edits: Patch[] = [];
    for (const write of writes) {
      const key = controlKey(write.control);
      const hand = take(key, write);
      if (hand === 'edit') edits.push(...write.patches);
      else if (hand === 'overruled') holding.set(key, write.value);
      else hand?.set(write.value);
    }
    if (holding.size > 0 || untrack(held).size > 0) setHeld(holding);
    return edits;
  }
  function letGo(how: 'release' | 'cancel'): void {
    for (const hand of hands.values()) if (typeof hand === 'object') hand[how]();
    hands.clear();
    if (untrack(held).size > 0) setHeld(nothingHeld);
  }

  return {
    held,
    touched,
    preview(writes) {
      const edits = split(writes);
      if (edits.length === 0 && !previewed) return;
      previewed = true;
      studio.doc.preview(edits);
    },
    commit(label, writes, beside = []) {
      const edits = [...split(writes), ...beside];
      const overruled = untrack(held).size > 0;
      letGo('release');
      if (edits.length > 0) studio.doc.commit(label, edits);
      else if (previewed) studio.doc.preview(null);
      previewed = false;
      const hint = writes[0]?.control.ownerId === masteringId ? chainHint : overruledHint;
      if (overruled) studio.messages.say(`${label} follows its lane. ${hint}.`, 'status');
    },
    cancel() {
      letGo('cancel');
      if (previewed) studio.doc.preview(null);
      previewed = false;
    },
  };
}
