import { Show } from 'solid-js';
import type { Problem } from '../../bridge/listen/problems';
import { ListenIcon } from './icons';

const mayPass = new Set(['away', 'busy', 'odd']);

/** Why the link does not open, and the way out. */
export function ProblemPage(props: { problem: Problem; onRetry: () => void }) {
  return (
    <main class="listen-door">
      <ListenIcon name="circle-alert" size={28} />
      <div role="alert">
        <h1>{props.problem.title}</h1>
        <p>{props.problem.sentence}</p>
      </div>
      <div class="door-buttons">
        <Show when={mayPass.has(props.problem.kind)}>
          <button type="button" class="button primary large" onClick={() => props.onRetry()}>
            Try again now
          </button>
        </Show>
        <Show when={props.problem.kind === 'newer'}>
          <button type="button" class="button primary large" onClick={() => location.reload()}>
            Load the page anew
          </button>
        </Show>
        <button type="button" class="button ghost large" onClick={() => location.assign('/')}>
          Go to the studio
        </button>
      </div>
    </main>
  );
}
