import { createMemo, createSignal, Show } from 'solid-js';
import type { ListenChoice } from '../../bridge/masteringTypes';
import { IconButton, Switch } from '../kit/Button';
import { Segmented } from '../kit/Choice';
import { showMenu } from '../kit/Menu';
import { fixed, typographic } from '../kit/valueText';
import { useStudio } from '../state/studio';
import { chooseReferences, referenceDrop, referenceEntries } from './references';

interface Choice {
  readonly id: ListenChoice;
  readonly letter: string;
  readonly name: string;
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Master, original and references by turns, each as loud as the softest. Songs dropped here become references. */
export function ListenTo() {
  const studio = useStudio();
  const { mastering } = studio;
  const references = createMemo(() => studio.project().mastering.references);
  const choices = createMemo((): Choice[] =>
    [{ id: 'original', name: 'Original' }, { id: 'master', name: 'Master' }, ...references()].map(
      ({ id, name }, index) => ({ id, name, letter: letters[index] ?? '' }),
    ),
  );
  const loudness = (id: ListenChoice) => {
    const lufs = mastering.loudnessOf(id);
    return lufs === null ? 'not measured' : `${typographic(fixed(lufs, 1))} LUFS`;
  };
  // The buttons stay when a loudness comes to be known: only what is in them changes.
  const options = createMemo(() =>
    choices().map(({ id, letter, name }) => ({
      value: id,
      label: name,
      keys: letter <= 'C' ? letter : undefined,
      tip: name,
      content: (
        <>
          <span class="listen-name ellipsis">
            <b>{letter}</b> {name}
          </span>
          <span class="listen-loudness">{loudness(id)}</span>
        </>
      ),
    })),
  );
  const said = () => {
    const chosen = choices().find(({ id }) => id === mastering.listening());
    if (!chosen) return '';
    const gainDb = mastering.matchGainDb(chosen.id);
    if (!mastering.levelMatched()) return 'Each at its own level';
    if (mastering.loudnessOf(chosen.id) === null) return 'Matched once measured';
    return gainDb > -0.05
      ? `${chosen.letter} plays as it is`
      : `${chosen.letter} plays ${fixed(-gainDb, 1)} dB lower`;
  };
  const [over, setOver] = createSignal(false);
  const drop = referenceDrop(studio, setOver);
  const choiceAt = (event: Event) =>
    (event.target as Element).closest<HTMLElement>('[data-value]')?.dataset.value;
  return (
    <section
      class="listen"
      classList={{ over: over() }}
      onDragOver={drop.over}
      onDragLeave={drop.leave}
      onDrop={drop.drop}
      onContextMenu={(event) => {
        const reference = references().find(({ id }) => id === choiceAt(event));
        if (!reference) return;
        event.preventDefault();
        showMenu(event, reference.name, referenceEntries(studio, reference.id));
      }}
    >
      <h3>
        Listen to
        <span class="grow" />
        <IconButton
          small
          icon="plus"
          label="Add a reference"
          tip="Add a reference, or drop one here"
          onClick={() => chooseReferences(studio)}
        />
      </h3>
      <Segmented
        label="Listen to"
        class="listen-choices"
        options={options()}
        value={mastering.listening()}
        onChange={(choice) => mastering.listen(choice)}
      />
      <div class="listen-match">
        <Switch
          label="Level match"
          on={mastering.levelMatched()}
          onChange={(on) => mastering.setLevelMatched(on)}
        />
        <span class="grow" />
        <span class="text-3">{said()}</span>
      </div>
      <Show when={over()}>
        <p class="listen-drop">Drop to compare with</p>
      </Show>
    </section>
  );
}
