import { createMemo, For, Show } from 'solid-js';
import { type Check, checksOf } from '../../mastering/checks';
import { type EndRepair, endRepairs, repairWords } from '../../mastering/ends';
import { Button } from '../kit/Button';
import { Icon } from '../kit/Icon';
import { useStudio } from '../state/studio';
import { targetNow } from './targetNow';

export const repairTips: Readonly<Record<EndRepair, string>> = {
  'trim-start': 'The master begins just before the first sound. The song stays as it is.',
  'trim-end': 'The master ends a second after the last sound. The song stays as it is.',
  'add-end':
    'The master goes on for 2 s, so that reverbs and delays ring out; where a file itself is cut, silence follows.',
};

/** Of the song as it was measured last; none before. */
function createChecks() {
  const studio = useStudio();
  const target = targetNow(studio);
  const checks = createMemo(() => {
    const after = studio.mastering.song.analysis()?.after;
    return after ? checksOf(after, target()) : [];
  });
  const passing = () => checks().filter(({ passed }) => passed).length;
  const { stale } = studio.mastering.song;
  /** "7 of 7 checks pass" */
  const sum = (what: string) =>
    `${passing()} of ${checks().length} ${stale() ? 'before the last changes' : what}`;
  return { checks, sum, stale, all: () => passing() === checks().length };
}

/** How many checks pass, beside the way to the file; a click goes to them. */
export function ChecksSum() {
  const { checks, sum, stale, all } = createChecks();
  return (
    <Show when={checks().length > 0}>
      <button
        type="button"
        class="checks-sum"
        classList={{ failed: !all(), stale: stale() }}
        onClick={() => document.querySelector('.checks')?.scrollIntoView({ block: 'nearest' })}
      >
        <Icon name={all() ? 'circle-check' : 'circle-x'} small />
        {sum('checks pass')}
      </button>
    </Show>
  );
}

/** What a service or a pressing plant would look at; what fails comes first and says where. */
export function Checks() {
  const studio = useStudio();
  const { checks, sum } = createChecks();
  const sorted = () => [...checks()].sort((a, b) => Number(a.passed) - Number(b.passed));
  /** What mends a check that fails at an end; known of the song as it is now. */
  const repairOf = ({ id, passed }: Check): EndRepair | undefined => {
    const after = studio.mastering.song.analysis()?.after;
    if (passed || !after || studio.mastering.song.stale()) return undefined;
    return endRepairs(after).find((repair) => (repair === 'trim-start' ? 'start' : 'end') === id);
  };
  return (
    <section class="checks">
      <h3>
        Checks
        <span class="grow" />
        <Show when={checks().length > 0}>
          <small class="text-3">{sum('pass')}</small>
        </Show>
      </h3>
      <Show when={checks().length > 0} fallback={<p class="text-3">Known when the song is measured.</p>}>
        <ul>
          <For each={sorted()}>
            {(check) => (
              <li
                classList={{ failed: !check.passed }}
                data-tip={`${check.passed ? `${check.sentence} ` : ''}Allowed: ${check.allowed}`}
              >
                <Icon name={check.passed ? 'circle-check' : 'circle-x'} small />
                <span>
                  <span class="hidden">{check.passed ? 'Passed: ' : 'Failed: '}</span>
                  {check.name}
                </span>
                <em>{check.found}</em>
                <Show when={!check.passed}>
                  <p>{check.sentence}</p>
                  <Show when={repairOf(check)}>
                    {(repair) => (
                      <Button
                        class="slim"
                        aria-label={`${repairWords[repair()]}: ${check.name}`}
                        data-tip={repairTips[repair()]}
                        onClick={() => void studio.mastering.song.repair(repair())}
                      >
                        {repairWords[repair()]}
                      </Button>
                    )}
                  </Show>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </section>
  );
}
