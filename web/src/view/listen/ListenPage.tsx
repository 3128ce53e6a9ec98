import { Match, Show, Switch } from 'solid-js';
import { createLinkOpening, type LinkState } from '../../bridge/listen/openLink';
import { Mark } from '../bar/Mark';
import { LockedPage } from './LockedPage';
import { ProblemPage } from './ProblemPage';
import { SessionPage } from './SessionPage';
import './listen.css';

/** What a link opens: the session, or what stands in its way. */
export function ListenPage(props: { address: string }) {
  const opening = createLinkOpening(props.address);
  const as = <Kind extends LinkState['kind']>(kind: Kind) => {
    const state = opening.state();
    return state.kind === kind ? (state as Extract<LinkState, { kind: Kind }>) : undefined;
  };
  const isOpen = () => opening.state().kind === 'open';
  return (
    <div class="listen">
      <Show when={!isOpen()}>
        <header class="listen-bar">
          <span class="listen-mark">
            <Mark />
            Mixwell
          </span>
        </header>
      </Show>
      <Switch>
        <Match when={as('opening')}>
          <main class="listen-door" aria-busy="true">
            <p role="status">Opening the session…</p>
          </main>
        </Match>
        <Match when={as('locked')}>
          {(locked) => (
            <LockedPage wrong={locked().wrong} working={locked().working} onUnlock={opening.unlock} />
          )}
        </Match>
        <Match when={as('problem')}>
          {(state) => <ProblemPage problem={state().problem} onRetry={opening.retry} />}
        </Match>
        <Match when={as('open')?.session} keyed>
          {(session) => <SessionPage session={session} />}
        </Match>
      </Switch>
    </div>
  );
}
