import { For, Show } from 'solid-js';
import type { Listening } from '../../bridge/listen/listening';
import type { OpenedLink } from '../../bridge/listen/openLink';
import { ListenIcon } from './icons';

/** What the listener ought to know, with the way out. */
export function Notices(props: { session: OpenedLink; listening: Listening }) {
  const damaged = () => {
    const desk = props.listening.desk();
    return desk.kind === 'ready' ? desk.damaged : [];
  };
  const failed = () => {
    const desk = props.listening.desk();
    return desk.kind === 'failed' ? desk.sentence : null;
  };
  return (
    <div class="notices">
      <Show when={props.session.newerSeen}>
        {(newer) => (
          <p class="notice" role="alert">
            <ListenIcon name="triangle-alert" />
            <span>
              This is an older state of the session (revision {props.session.manifest.revision}) than you
              heard here before (revision {newer()}). The server may be giving out an old copy: ask who sent
              you the link.
            </span>
          </p>
        )}
      </Show>
      <Show when={props.listening.trouble()}>
        {(trouble) => (
          <p class="notice" role="alert">
            <ListenIcon name="triangle-alert" />
            <span>{trouble()}</span>
          </p>
        )}
      </Show>
      <For each={damaged()}>
        {(source) => (
          <p class="notice" role="alert">
            <ListenIcon name="triangle-alert" />
            <span>
              The sound of “{source.name}” is damaged on the server and stays silent. The server was told: ask
              who sent the link to share it again.
            </span>
          </p>
        )}
      </For>
      <Show when={failed()}>
        {(sentence) => (
          <p class="notice" role="alert">
            <ListenIcon name="triangle-alert" />
            <span>The stems could not be loaded. {sentence()}</span>
            <button type="button" class="button" onClick={() => props.listening.loadDesk()}>
              Try again
            </button>
          </p>
        )}
      </Show>
    </div>
  );
}
