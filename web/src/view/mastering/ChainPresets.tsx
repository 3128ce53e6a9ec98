import { createMemo, createSignal, createUniqueId, For, onMount, Show, untrack } from 'solid-js';
import { isAsLaid, layChain, presetStagesOf } from '../../commands/mastering';
import { NameField } from '../devices/NameField';
import { Popover } from '../devices/Popover';
import { IconButton } from '../kit/Button';
import { Icon } from '../kit/Icon';
import { useStudio } from '../state/studio';
import {
  deleteMasterChain,
  type MasterChain,
  ourMasterChains,
  ownMasterChains,
  renameMasterChain,
  saveMasterChain,
} from './masterChains';

/** The name of the chain's preset, with the way to all of them. */
export function ChainPresets() {
  const studio = useStudio();
  const [anchor, setAnchor] = createSignal<DOMRect | null>(null);
  const name = () => studio.project().mastering.preset;
  const chosen = createMemo(
    () =>
      ownMasterChains().find((chain) => chain.name === name()) ??
      ourMasterChains.find((chain) => chain.name === name()),
  );
  const edited = createMemo(() => {
    const chain = chosen();
    return chain !== undefined && !isAsLaid(studio.project(), chain.stages);
  });
  return (
    <>
      <button
        type="button"
        class="device-preset chain-preset"
        aria-label={`Chain preset ${name() || 'none'}${edited() ? ', edited' : ''}`}
        aria-haspopup="dialog"
        data-tip="Presets of the whole chain"
        onClick={(event) => setAnchor(event.currentTarget.getBoundingClientRect())}
      >
        <span class="ellipsis">{name() || 'No preset'}</span>
        <Show when={edited()}>
          <span class="text-3">edited</span>
        </Show>
        <Icon name="chevron-down" small />
      </button>
      <Show when={anchor()} keyed>
        {(at) => <ChainList anchor={at} current={name()} onClose={() => setAnchor(null)} />}
      </Show>
    </>
  );
}

/** Ours first, then the person's own. Arrows play through them, Enter keeps one, Esc brings the old one back. */
function ChainList(props: { anchor: DOMRect; current: string; onClose: () => void }) {
  const studio = useStudio();
  /** Without what arrows play. */
  const before = untrack(studio.project);
  const listId = createUniqueId();
  const entries = (): readonly MasterChain[] => [...ourMasterChains, ...ownMasterChains()];
  const [at, setAt] = createSignal(
    Math.max(
      0,
      entries().findIndex(({ name }) => name === props.current),
    ),
  );
  /** null: nothing is typed; '' names a new one, else the one to rename. */
  const [typing, setTyping] = createSignal<string | null>(null);
  let list!: HTMLDivElement;
  let kept = false;

  const close = () => {
    if (!kept) studio.doc.preview(null);
    props.onClose();
  };
  const choose = (chain: MasterChain | undefined) => {
    if (!chain) return;
    kept = true;
    studio.doc.commit(`Chain: ${chain.name}`, layChain(before, chain.name, chain.stages));
    props.onClose();
  };
  const move = (to: number) => {
    const next = Math.min(entries().length - 1, Math.max(0, to));
    setAt(next);
    const chain = entries()[next];
    if (chain) studio.doc.preview(layChain(before, props.current, chain.stages));
    list.querySelector(`#${listId}-${next}`)?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6 };
    const step = steps[event.key];
    if (step !== undefined) move(at() + step);
    else if (event.key === 'Enter' || event.key === ' ') choose(entries()[at()]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const save = (text: string) => {
    const from = typing();
    setTyping(null);
    if (from === null) return;
    if (from === '') {
      studio.doc.preview(null);
      kept = true;
      saveMasterChain({ name: text, stages: presetStagesOf(studio.project()) });
      studio.doc.commit(`Chain: ${text}`, [{ op: 'mastering.set', fields: { preset: text } }]);
    } else {
      renameMasterChain(from, text);
      if (props.current === from)
        studio.doc.commit(`Chain: ${text}`, [{ op: 'mastering.set', fields: { preset: text } }]);
    }
    close();
  };
  onMount(() => {
    list.focus({ preventScroll: true });
    list.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });

  const row = (chain: MasterChain, own: boolean, index: () => number) => (
    <div class="preset-line">
      <button
        type="button"
        id={`${listId}-${index()}`}
        role="option"
        tabIndex={-1}
        class="preset-row"
        classList={{ at: at() === index() }}
        aria-selected={chain.name === props.current}
        onClick={() => choose(chain)}
      >
        <Show when={chain.name === props.current} fallback={<i class="icon-gap" />}>
          <Icon name="check" small />
        </Show>
        <span class="ellipsis">{chain.name}</span>
      </button>
      <Show when={own}>
        <IconButton
          small
          icon="pencil"
          label={`Rename ${chain.name}`}
          onClick={() => setTyping(chain.name)}
        />
        <IconButton
          small
          icon="trash"
          label={`Delete ${chain.name}`}
          onClick={() => deleteMasterChain(chain.name)}
        />
      </Show>
    </div>
  );

  return (
    <Popover label="Chain presets" anchor={props.anchor} class="preset-popover" onClose={close}>
      <div class="menu-heading">Chain presets</div>
      <div
        ref={list}
        class="preset-list scrolls"
        role="listbox"
        aria-label="Chain presets"
        aria-activedescendant={`${listId}-${at()}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <div role="group" aria-label="Ours">
          <For each={ourMasterChains}>{(chain, index) => row(chain, false, index)}</For>
        </div>
        <Show when={ownMasterChains().length > 0}>
          <div role="group" aria-label="Mine">
            <div class="menu-heading" aria-hidden="true">
              Mine
            </div>
            <For each={ownMasterChains()}>
              {(chain, index) => row(chain, true, () => ourMasterChains.length + index())}
            </For>
          </div>
        </Show>
      </div>
      <div class="menu-line" />
      <Show
        when={typing() !== null}
        fallback={
          <button type="button" class="preset-row" onClick={() => setTyping('')}>
            <Icon name="plus" small />
            <span>Save as preset…</span>
          </button>
        }
      >
        <NameField
          label="Preset name"
          value={typing() ?? ''}
          onSave={save}
          onCancel={() => {
            setTyping(null);
            list.focus({ preventScroll: true });
          }}
        />
      </Show>
    </Popover>
  );
}
