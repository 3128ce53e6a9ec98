import { createMemo, createSignal, For, Index, Show } from 'solid-js';
import { endRepairs, repairWords } from '../../mastering/ends';
import type { Note } from '../../mastering/proposal';
import { Button, Switch } from '../kit/Button';
import { Select } from '../kit/Choice';
import { Icon } from '../kit/Icon';
import { useStudio } from '../state/studio';
import { repairTips } from './Checks';

/** A chain by what the mix seems to need, with its reasons; each move can be taken back by itself. */
export function Proposal() {
  const { project, mastering, transport } = useStudio();
  const { song } = mastering;
  const [chosen, setChosen] = createSignal<number | null>(null);
  const amount = () => chosen() ?? project().mastering.amount;
  const moved = () => song.moves().length > 0;
  const [towards, setTowards] = createSignal('');
  const measured = createMemo(() =>
    project().mastering.references.filter(({ id }) => song.references().has(id)),
  );
  const reference = () => measured().find(({ id }) => id === towards())?.id;
  const isDue = ({ repair }: Note): boolean => {
    const after = song.analysis()?.after;
    return repair !== null && (!after || endRepairs(after).includes(repair));
  };
  /** Notes on the ends go when these are mended. */
  const notes = createMemo(() => song.notes().filter((note) => note.repair === null || isDue(note)));
  const propose = () => void song.propose(amount() / 100, reference());
  return (
    <section class="proposal">
      <h3>
        First proposal
        <span class="grow" />
        <Button
          class="slim"
          icon="wand-sparkles"
          disabled={song.work() !== null || !transport.canPlay()}
          onClick={propose}
        >
          {moved() ? 'Propose again' : 'Propose'}
        </Button>
      </h3>
      <label class="proposal-amount">
        <span>Amount</span>
        <input
          type="range"
          min={0}
          max={100}
          step={5}
          value={amount()}
          aria-valuetext={`${amount()} %`}
          onInput={(event) => setChosen(event.currentTarget.valueAsNumber)}
        />
        <output>{amount()} %</output>
      </label>
      <Show when={measured().length > 0}>
        <div class="proposal-towards">
          <span aria-hidden="true">Towards</span>
          <Select
            label="Towards"
            options={[
              { value: '', label: 'The average of released music' },
              ...measured().map(({ id, name }) => ({ value: id, label: name })),
            ]}
            value={reference() ?? ''}
            onChange={setTowards}
          />
        </div>
      </Show>
      <Show
        when={moved()}
        fallback={
          <Show when={notes().length === 0}>
            <p class="text-3">Listens to the mix and sets the chain, each move with its reason.</p>
          </Show>
        }
      >
        <ul class="moves">
          <Index each={song.moves()}>
            {(move) => (
              <li>
                <Switch
                  label={move().what}
                  on={move().on}
                  onChange={(on) => void song.setMove(move().id, on)}
                />
                <p class="text-3">{move().why}</p>
              </li>
            )}
          </Index>
        </ul>
      </Show>
      <For each={notes()}>
        {(note) => (
          <p class="warning">
            <Icon name="info" small />
            <span class="grow">{note.text}</span>
            <Show when={!song.stale() && note.repair}>
              {(repair) => (
                <Button
                  class="slim"
                  data-tip={repairTips[repair()]}
                  onClick={() => void song.repair(repair())}
                >
                  {repairWords[repair()]}
                </Button>
              )}
            </Show>
          </p>
        )}
      </For>
    </section>
  );
}
