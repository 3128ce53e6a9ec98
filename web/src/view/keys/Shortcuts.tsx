import { createMemo, createSignal, For, Show } from 'solid-js';
import { Dialog } from '../kit/Dialog';
import { Icon } from '../kit/Icon';
import { Keys } from '../kit/Menu';
import { showDialog } from '../state/dialogs';
import { actionGroups, actions, shownKeys } from './actions';
import { shownChord } from './chords';
import { matchText } from './search';
import './keys.css';

interface Line {
  readonly label: string;
  readonly chords: readonly string[];
}

interface Group {
  readonly name: string;
  readonly lines: readonly Line[];
}

/** What a hand does to any value and to clips: not actions, but worth knowing. */
const manners: readonly Group[] = [
  {
    name: 'Values',
    lines: [
      { label: 'Finely', chords: ['Shift drag'] },
      { label: 'Back to default', chords: ['Double-click'] },
      { label: 'Type it', chords: ['Enter'] },
      { label: 'One step', chords: ['↑ ↓'] },
      { label: 'A big step', chords: ['Shift ↑ ↓'] },
      { label: 'A large step', chords: ['Page ↑ ↓'] },
    ],
  },
  {
    name: 'Mouse',
    lines: [
      { label: 'Without the grid', chords: ['Alt drag'] },
      { label: 'Copy a clip', chords: ['Ctrl drag'] },
      { label: 'Loop', chords: ['Ruler drag'] },
      { label: 'Zoom', chords: ['Ctrl wheel'] },
      { label: 'Along the song', chords: ['Shift wheel'] },
    ],
  },
];

function ShortcutsContent(props: { query: string }) {
  const groups = createMemo<readonly Group[]>(() => {
    const table = actionGroups.map((name) => ({
      name,
      lines: actions()
        .filter((action) => action.group === name && shownKeys(action).length > 0)
        .map((action) => ({
          label: action.label,
          chords: shownKeys(action).map((chord) => shownChord(chord)),
        })),
    }));
    return [...table, ...manners]
      .map((group) => ({
        ...group,
        lines: group.lines.filter((line) =>
          matchText(props.query, line.label, `${group.name} ${line.chords.join(' ')}`),
        ),
      }))
      .filter((group) => group.lines.length > 0);
  });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by key
    <div class="shortcut-sheet scrolls" tabIndex={0} role="region" aria-label="All shortcuts">
      <div class="shortcut-columns">
        <For each={groups()}>
          {(group) => (
            <section>
              <h3>{group.name}</h3>
              <dl>
                <For each={group.lines}>
                  {(line) => (
                    <div>
                      <dt>{line.label}</dt>
                      <dd>
                        <span class="hidden">{line.chords.join(' or ')}</span>
                        <For each={line.chords.slice(0, 2)}>{(chord) => <Keys keys={chord} />}</For>
                      </dd>
                    </div>
                  )}
                </For>
              </dl>
            </section>
          )}
        </For>
        <Show when={groups().length === 0}>
          <p class="text-2">No shortcut is called that.</p>
        </Show>
      </div>
    </div>
  );
}

/** The table of all shortcuts. */
export default function Shortcuts() {
  const [query, setQuery] = createSignal('');
  let input: HTMLInputElement | undefined;
  return (
    <Dialog
      open
      title="Shortcuts"
      class="shortcuts"
      onClose={() => showDialog(null)}
      initialFocus={() => input}
      tools={
        <label class="shortcut-find">
          <Icon name="search" small />
          <input
            ref={input}
            type="text"
            aria-label="Find a shortcut"
            placeholder="Find a shortcut"
            autocomplete="off"
            spellcheck={false}
            onInput={(event) => setQuery(event.currentTarget.value)}
          />
        </label>
      }
    >
      <ShortcutsContent query={query()} />
    </Dialog>
  );
}
