import { createEffect, createMemo, createSignal, For, on, Show } from 'solid-js';
import { Dialog } from '../kit/Dialog';
import { Icon } from '../kit/Icon';
import { Keys } from '../kit/Menu';
import { showDialog } from '../state/dialogs';
import { useStudio } from '../state/studio';
import { type Action, actions, isEnabled, shownKeys } from './actions';
import { shownChord } from './chords';
import { type Match, matchText, textParts } from './search';
import { trackPlaces } from './trackKeys';
import { sectionActions } from './transportActions';
import { typedActions } from './typedValues';
import './keys.css';

interface Found {
  readonly action: Action;
  readonly match: Match;
}

interface Section {
  readonly name: string;
  readonly found: readonly Found[];
}

const mostPlaces = 12;

function search(list: readonly Action[], query: string): Found[] {
  const found = list.flatMap((action): Found[] => {
    if (action.keysOnly || !isEnabled(action)) return [];
    const match = matchText(query, action.label, `${action.words ?? ''} ${action.group}`);
    return match ? [{ action, match }] : [];
  });
  return query.trim() === '' ? found : found.sort((a, b) => b.match.score - a.match.score);
}

/** Everything that can be done, found by typing; values and places can be typed outright. */
function PaletteContent(props: { onInputRef: (input: HTMLInputElement) => void }) {
  const studio = useStudio();
  const [query, setQuery] = createSignal('');
  const [chosen, setChosen] = createSignal(0);
  let list!: HTMLDivElement;

  const sections = createMemo<readonly Section[]>(() => {
    const typed = typedActions(studio, query()).map((action) => ({
      action,
      match: { score: 0, ranges: [] },
    }));
    const places = search([...trackPlaces(studio), ...sectionActions(studio)], query());
    return [
      { name: 'Set', found: typed },
      { name: 'Commands', found: search(actions(), query()) },
      { name: 'Places and tracks', found: places.slice(0, mostPlaces) },
    ].filter((section) => section.found.length > 0);
  });
  const flat = createMemo(() => sections().flatMap((section) => section.found));
  createEffect(on(query, () => setChosen(0), { defer: true }));
  createEffect(() => {
    chosen();
    list.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });

  const close = () => showDialog(null);
  const run = (action: Action | undefined) => {
    if (!action) return;
    close();
    // The focus is back where it was before anything happens to it.
    setTimeout(() => action.run());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const last = Math.max(0, flat().length - 1);
    const to = {
      ArrowDown: Math.min(last, chosen() + 1),
      ArrowUp: Math.max(0, chosen() - 1),
      PageDown: Math.min(last, chosen() + 8),
      PageUp: Math.max(0, chosen() - 8),
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      setChosen(to);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(flat()[chosen()]?.action);
    }
  };

  return (
    <>
      <div class="palette-field">
        <Icon name="search" />
        <input
          ref={props.onInputRef}
          type="text"
          role="combobox"
          aria-label="Find a command"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-activedescendant={flat().length > 0 ? `palette-${chosen()}` : undefined}
          aria-autocomplete="list"
          autocomplete="off"
          spellcheck={false}
          placeholder="Find a command, a track, a place"
          value={query()}
          onInput={(event) => setQuery(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <Keys keys="Esc" />
      </div>
      <div class="palette-list scrolls" id="palette-list" role="listbox" aria-label="Commands" ref={list}>
        <For each={sections()}>
          {(section) => (
            <div role="group" aria-label={section.name}>
              <div class="palette-group" aria-hidden="true">
                {section.name}
              </div>
              <For each={section.found}>
                {({ action, match }) => {
                  const index = () => flat().findIndex((found) => found.action === action);
                  return (
                    <button
                      type="button"
                      class="palette-item"
                      role="option"
                      tabIndex={-1}
                      id={`palette-${index()}`}
                      aria-selected={index() === chosen()}
                      onPointerMove={() => setChosen(index())}
                      onClick={() => run(action)}
                    >
                      <Show when={action.icon} fallback={<i class="palette-gap" />}>
                        {(name) => <Icon name={name()} />}
                      </Show>
                      <span>
                        <For each={textParts(action.label, match.ranges)}>
                          {(part) => (part.typed ? <mark>{part.text}</mark> : part.text)}
                        </For>
                      </span>
                      <em>{action.hint?.() ?? ''}</em>
                      <Show when={shownKeys(action)[0]}>
                        {(chord) => <Keys keys={shownChord(chord())} />}
                      </Show>
                    </button>
                  );
                }}
              </For>
            </div>
          )}
        </For>
        <Show when={flat().length === 0}>
          <p class="palette-none">Nothing is called that. Values go like “lead vocal −3 dB” or “go to 17”.</p>
        </Show>
      </div>
      <footer class="palette-foot" aria-hidden="true">
        <span>
          <b>↑↓</b> choose
        </span>
        <span>
          <b>Enter</b> run
        </span>
        <span class="grow" />
        <span>Also takes values: “lead vocal −3 dB”, “go to 17”</span>
      </footer>
    </>
  );
}

/** Everything that can be done, by its name. */
export default function Palette() {
  let input: HTMLInputElement | undefined;
  return (
    <Dialog
      bare
      open
      title="Command palette"
      class="palette"
      onClose={() => showDialog(null)}
      initialFocus={() => input}
    >
      <PaletteContent
        onInputRef={(element) => {
          input = element;
        }}
      />
    </Dialog>
  );
}
