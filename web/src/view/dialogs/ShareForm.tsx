import { createResource, createSignal, For, Show } from 'solid-js';
import type { MixKind, ShareSettings, StudioSharing } from '../../bridge/sharingTypes';
import { Select } from '../kit/Choice';
import { useStudio } from '../state/studio';
import { choiceOf, contentText, expiryChoices, rightTexts } from './shareText';

export interface ShareFormProps {
  sharing: StudioSharing;
  settings: ShareSettings;
  disabled: boolean;
  onChange: (settings: ShareSettings) => void;
}

const arrows: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowRight: 1,
  ArrowUp: -1,
  ArrowLeft: -1,
};

/** What the recipient may, and on what terms. */
export function ShareForm(props: ShareFormProps) {
  const studio = useStudio();
  const [opened] = createSignal(Date.now());
  const set = (fields: Partial<ShareSettings>) => props.onChange({ ...props.settings, ...fields });
  const [estimate] = createResource(
    () => ({ right: props.settings.right, what: props.settings.what, project: studio.project() }),
    () => props.sharing.estimate(props.settings),
  );
  const choices = () => expiryChoices(props.sharing.expiryDays, props.settings.expiresAt, opened());
  const chosen = () => choiceOf(choices(), props.settings.expiresAt);
  const mastered = () => studio.project().mastering.on || studio.project().mastering.inserts.length > 0;
  let group!: HTMLDivElement;

  const move = (event: KeyboardEvent) => {
    const step = arrows[event.key];
    if (step === undefined || props.disabled) return;
    event.preventDefault();
    const at = rightTexts.findIndex(({ right }) => right === props.settings.right);
    const next = rightTexts[(at + step + rightTexts.length) % rightTexts.length];
    if (!next) return;
    set({ right: next.right });
    group.querySelector<HTMLElement>(`[data-right="${next.right}"]`)?.focus();
  };

  return (
    <>
      <div ref={group} class="share-rights" role="radiogroup" aria-label="The recipient may" onKeyDown={move}>
        <For each={rightTexts}>
          {({ right, title, hint }) => (
            <button
              type="button"
              role="radio"
              data-right={right}
              aria-checked={props.settings.right === right}
              aria-label={title}
              aria-describedby={`share-right-${right}`}
              tabIndex={props.settings.right === right ? 0 : -1}
              disabled={props.disabled && props.settings.right !== right}
              onClick={() => set({ right })}
            >
              <i aria-hidden="true" />
              <b>{title}</b>
              <span id={`share-right-${right}`}>{hint}</span>
            </button>
          )}
        </For>
      </div>
      <div class="share-terms">
        <div>
          <span>In the link</span>
          <span class="share-content">
            <Show when={estimate.latest}>
              {(known) => <>{contentText(props.settings.right, props.settings.what, known())}</>}
            </Show>
          </span>
        </div>
        <Show when={mastered()}>
          <div>
            <span>What sounds</span>
            <Select<MixKind>
              label="What sounds"
              value={props.settings.what}
              disabled={props.disabled}
              options={[
                { value: 'mix', label: 'The mix' },
                { value: 'master', label: 'The master' },
              ]}
              onChange={(what) => set({ what })}
            />
          </div>
        </Show>
        <div>
          <span>Link works until</span>
          <Select
            label="Link works until"
            value={chosen()?.value ?? ''}
            disabled={props.disabled}
            options={choices()}
            onChange={(value) =>
              set({ expiresAt: choices().find((choice) => choice.value === value)?.expiresAt ?? null })
            }
          />
        </div>
        <div>
          <label for="share-password">Password</label>
          <input
            id="share-password"
            class="text-field"
            type="text"
            placeholder="None: the link is enough"
            autocomplete="off"
            spellcheck={false}
            maxLength={200}
            disabled={props.disabled}
            value={props.settings.password ?? ''}
            onInput={(event) => set({ password: event.currentTarget.value || null })}
          />
        </div>
      </div>
    </>
  );
}
