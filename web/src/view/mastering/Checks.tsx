import { createMemo, For, Show } from 'solid-js';
import { checksOf } from '../../mastering/checks';
import { Icon } from '../kit/Icon';
import { useStudio } from '../state/studio';
import { targetNow } from './targetNow';

/** What a service or a pressing plant would look at; what fails comes first and says where. */
export function Checks() {
  const studio = useStudio();
  const target = targetNow(studio);
  const checks = createMemo(() => {
    const after = studio.mastering.song.analysis()?.after;
    return after ? checksOf(after, target()) : [];
  });
  const passing = () => checks().filter(({ passed }) => passed).length;
  const sorted = () => [...checks()].sort((a, b) => Number(a.passed) - Number(b.passed));
  return (
    <section class="checks">
      <h3>
        Checks
        <span class="grow" />
        <Show when={checks().length > 0}>
          <small class="text-3">
            {passing()} of {checks().length} pass
            {studio.mastering.song.stale() ? ', before the last changes' : ''}
          </small>
        </Show>
      </h3>
      <Show when={checks().length > 0} fallback={<p class="text-3">Known when the song is measured.</p>}>
        <ul>
          <For each={sorted()}>
            {(check) => (
              <li
                classList={{ failed: !check.passed }}
                data-tip={`${check.sentence} Allowed: ${check.allowed}`}
              >
                <Icon name={check.passed ? 'circle-check' : 'circle-x'} small />
                <span>
                  <span class="hidden">{check.passed ? 'Passed: ' : 'Failed: '}</span>
                  {check.name}
                </span>
                <em>{check.found}</em>
                <Show when={!check.passed}>
                  <p>{check.sentence}</p>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </section>
  );
}
