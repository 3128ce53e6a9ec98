import { For, lazy, Show, Suspense } from 'solid-js';
import type { Listening } from '../../bridge/listen/listening';

const StemRows = lazy(() => import('./StemRows'));

const mostGhosts = 8;

/** The desk of stems, for the listener's ears only. */
export function StemsCard(props: { listening: Listening }) {
  const desk = () => props.listening.desk();
  const studio = () => {
    const state = desk();
    return state.kind === 'ready' ? state.desk.studio : undefined;
  };
  const hint = () =>
    desk().kind === 'ready' ? 'For your ears only' : desk().kind === 'failed' ? 'Not loaded' : 'On their way';
  const ghosts = () => Array.from({ length: props.listening.manifest.project?.sources.length ?? 0 });
  const waiting = () => (
    <div class="stem-rows waiting" aria-hidden="true">
      <For each={ghosts().slice(0, mostGhosts)}>
        {() => (
          <div class="stem">
            <i class="stem-colour" />
            <span class="stem-ghost" />
            <span class="stem-ghost" />
          </div>
        )}
      </For>
    </div>
  );
  return (
    <section class="stems" aria-label="Stems">
      <header>
        <h2>Stems</h2>
        <span class="text-3">{hint()}</span>
        <span class="grow" />
        <button
          type="button"
          class="button ghost"
          title="All stems as they were: the mix as it was shared"
          disabled={!props.listening.onStems()}
          onClick={() => props.listening.backToMix()}
        >
          Back to the mix
        </button>
      </header>
      <Show when={studio()} keyed fallback={waiting()}>
        {(opened) => (
          <Suspense fallback={waiting()}>
            <StemRows studio={opened} listening={props.listening} />
          </Suspense>
        )}
      </Show>
    </section>
  );
}
