import { Show } from 'solid-js';
import { Button } from '../view/kit/Button';
import './app.css';

/** In place of the studio: why it is not there, and what to do. */
export function CannotRun(props: { reason: string; canReload?: boolean }) {
  return (
    <main class="cannot">
      <h1>The studio can’t start</h1>
      <p role="alert">{props.reason}</p>
      <Show when={props.canReload}>
        <Button large onClick={() => location.reload()}>
          Try again
        </Button>
      </Show>
    </main>
  );
}
