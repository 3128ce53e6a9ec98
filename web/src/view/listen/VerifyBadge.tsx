import { Match, Switch } from 'solid-js';
import type { Listening } from '../../bridge/listen/listening';
import { ListenIcon } from './icons';

/** Whether the project renders to the very bits that were shared. */
export function VerifyBadge(props: { listening: Listening }) {
  const { verifying, manifest, desk } = props.listening;
  const as = <Kind extends ReturnType<typeof verifying.state>['kind']>(kind: Kind) => {
    const state = verifying.state();
    return state.kind === kind ? (state as Extract<typeof state, { kind: Kind }>) : undefined;
  };
  const whyNot = () => {
    const state = desk();
    if (state.kind !== 'ready') return 'The project has to be here first';
    return state.damaged.length > 0 ? 'A part of its sound is damaged' : null;
  };
  const start = () => {
    const state = desk();
    if (state.kind === 'ready') verifying.start(state.desk);
  };
  const again = (
    <button type="button" class="button ghost" disabled={whyNot() !== null} onClick={start}>
      Verify again
    </button>
  );
  return (
    <div class="verify" role="status">
      <Switch>
        <Match when={as('idle')}>
          <button
            type="button"
            class="verify-pill"
            disabled={whyNot() !== null}
            title={whyNot() ?? 'Renders the project again and compares the bits with those that were shared'}
            onClick={start}
          >
            <ListenIcon name="badge-check" />
            Verify
          </button>
        </Match>
        <Match when={as('working')}>
          {(state) => (
            <>
              <span>Verifying, {Math.floor(100 * state().fraction)} %</span>
              <button type="button" class="button ghost" onClick={() => verifying.cancel()}>
                Cancel
              </button>
            </>
          )}
        </Match>
        <Match when={as('same')}>
          <span class="verify-pill good" title={`SHA-256 ${manifest.mix.pcmSha256}`}>
            <ListenIcon name="badge-check" />
            Verified: the same bits
          </span>
        </Match>
        <Match when={as('differs') ?? as('failed')}>
          {(state) => (
            <>
              <span class="verify-words">
                <ListenIcon name="triangle-alert" />
                {state().sentence}
              </span>
              {again}
            </>
          )}
        </Match>
      </Switch>
    </div>
  );
}
