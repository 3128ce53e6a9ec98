import { createMemo, onCleanup } from 'solid-js';
import type { Studio } from '../../bridge/studioTypes';
import { chooseAudioFiles } from '../files/AudioFilesInput';
import { compareActions } from '../mixer/compareReference';
import { openDialog } from '../state/dialogs';
import { canPaste, pasteClips, takeClipboardText } from '../tracks/clipActions';
import { type Action, actionOfChord, registerActions } from './actions';
import { chordOf } from './chords';
import { clipActions, editActions } from './editActions';
import { trackActions } from './trackKeys';
import { transportActions } from './transportActions';
import { projectActions, viewActions } from './viewActions';

const typing =
  'input:not([type="checkbox"], [type="radio"], [type="range"]), textarea, select, [contenteditable]';
/** Controls that Space and Enter press themselves, once the keyboard has brought the focus there. */
const pressable = 'button, a, summary, [role="option"], [role="menuitem"], [role="switch"], [role="tab"]';

/** Whether the focus was brought where it is by a key; a click leaves Space to the transport. */
function createFocusOrigin() {
  let lastInput: 'key' | 'pointer' = 'key';
  let focusedBy: 'key' | 'pointer' = 'key';
  const onPointer = () => {
    lastInput = 'pointer';
    focusedBy = 'pointer';
  };
  const onKey = (event: KeyboardEvent) => {
    if (!['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) lastInput = 'key';
  };
  const onFocus = () => {
    focusedBy = lastInput;
  };
  window.addEventListener('pointerdown', onPointer, true);
  window.addEventListener('keydown', onKey, true);
  window.addEventListener('focusin', onFocus, true);
  onCleanup(() => {
    window.removeEventListener('pointerdown', onPointer, true);
    window.removeEventListener('keydown', onKey, true);
    window.removeEventListener('focusin', onFocus, true);
  });
  return { byKey: () => focusedBy === 'key' };
}

const addAudio: Action = {
  id: 'files.add',
  group: 'Project',
  label: 'Add audio…',
  keys: ['Ctrl I'],
  icon: 'file-music',
  words: 'import files wav stems',
  run: () => chooseAudioFiles(),
};

/** Listens to the page's keys while the owner lives, and fills the table of actions. */
export function installKeys(studio: Studio): void {
  onCleanup(
    registerActions([
      ...transportActions(studio),
      ...viewActions(studio),
      ...trackActions(studio),
      ...editActions(studio),
      ...clipActions(studio),
      addAudio,
      ...projectActions(studio),
      ...compareActions(studio),
    ]),
  );
  const focus = createFocusOrigin();
  let swallowed: string | null = null;

  const busy = createMemo(() => openDialog() !== null);
  const belongsElsewhere = (event: KeyboardEvent, chord: string): boolean => {
    const target = event.target instanceof Element ? event.target : document.body;
    if (target.closest(typing) || target.closest('[role="dialog"], [role="menu"]')) return true;
    const pressed = chord === 'Space' || chord === 'Enter';
    if (pressed && focus.byKey() && target.closest(pressable)) return true;
    // Tab moves the focus as everywhere; it is the dock's only for a hand on the mouse that has nothing focused.
    return chord === 'Tab' && (focus.byKey() || document.activeElement !== document.body);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || busy()) return;
    const chord = chordOf(event);
    if (belongsElsewhere(event, chord)) return;
    const action = actionOfChord(chord);
    if (!action) return;
    event.preventDefault();
    swallowed = event.key;
    if (!event.repeat || action.repeats) action.run();
  };
  // A button that was clicked would be pressed again when Space is let go.
  const onKeyUp = (event: KeyboardEvent) => {
    if (event.key !== swallowed) return;
    swallowed = null;
    event.preventDefault();
  };
  const onPaste = (event: ClipboardEvent) => {
    const target = event.target instanceof Element ? event.target : document.body;
    if (event.defaultPrevented || busy() || target.closest(typing)) return;
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length > 0) {
      event.preventDefault();
      void studio.files.importFiles(files);
      return;
    }
    takeClipboardText(event.clipboardData?.getData('text/plain') ?? '');
    if (canPaste()) pasteClips(studio);
  };

  window.addEventListener('keydown', onKeyDown);
  window.addEventListener('keyup', onKeyUp);
  document.addEventListener('paste', onPaste);
  onCleanup(() => {
    window.removeEventListener('keydown', onKeyDown);
    window.removeEventListener('keyup', onKeyUp);
    document.removeEventListener('paste', onPaste);
  });
}
