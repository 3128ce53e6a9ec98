import { createSignal, createUniqueId, For, type JSX, onMount, Show } from 'solid-js';
import { IconButton } from '../kit/Button';
import { Icon } from '../kit/Icon';
import { useStudio } from '../state/studio';
import { NameField } from './NameField';
import { Popover } from './Popover';

export interface PresetChooserProps<T extends { readonly name: string }> {
  title: string;
  anchor: DOMRect;
  ours: readonly T[];
  /** The person's own, which can be renamed and deleted. */
  own: readonly T[];
  /** The name of the chosen one. */
  current: string;
  /** Plays one by a preview of the document, which goes when the list is left without a choice. */
  onPlay: (preset: T) => void;
  onChoose: (preset: T) => void;
  onSave: (name: string) => void;
  onRename: (from: string, to: string) => void;
  onDelete: (name: string) => void;
  onClose: () => void;
  /** Rows below the one that saves. */
  children?: JSX.Element;
}

/** Ours first, then the person's own. Arrows play through them, Enter keeps one, Esc brings the old one back. */
export function PresetChooser<T extends { readonly name: string }>(props: PresetChooserProps<T>) {
  const studio = useStudio();
  const entries = (): readonly T[] => [...props.ours, ...props.own];
  const listId = createUniqueId();
  const [at, setAt] = createSignal(
    Math.max(
      0,
      entries().findIndex(({ name }) => name === props.current),
    ),
  );
  /** null: nothing is typed; '' names a new one, else the one to rename. */
  const [typing, setTyping] = createSignal<string | null>(null);
  let list!: HTMLDivElement;

  const close = () => {
    studio.doc.preview(null);
    props.onClose();
  };
  const choose = (preset: T | undefined) => {
    if (!preset) return;
    props.onChoose(preset);
    props.onClose();
  };
  const move = (to: number) => {
    const next = Math.min(entries().length - 1, Math.max(0, to));
    setAt(next);
    const preset = entries()[next];
    if (preset) props.onPlay(preset);
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
    if (from === '') props.onSave(text);
    else props.onRename(from, text);
    close();
  };
  /** The button goes with its row: the keys stay with the list. */
  const remove = (name: string) => {
    props.onDelete(name);
    list.focus({ preventScroll: true });
  };
  onMount(() => {
    list.focus({ preventScroll: true });
    list.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });

  const row = ({ name }: T, own: boolean, index: () => number) => (
    <div class="preset-line">
      <button
        type="button"
        id={`${listId}-${index()}`}
        role="option"
        tabIndex={-1}
        class="preset-row"
        classList={{ at: at() === index() }}
        aria-selected={name === props.current}
        onClick={() => choose(entries()[index()])}
      >
        <Show when={name === props.current} fallback={<i class="icon-gap" />}>
          <Icon name="check" small />
        </Show>
        <span class="ellipsis">{name}</span>
      </button>
      <Show when={own}>
        <IconButton small icon="pencil" label={`Rename ${name}`} onClick={() => setTyping(name)} />
        <IconButton small icon="trash" label={`Delete ${name}`} onClick={() => remove(name)} />
      </Show>
    </div>
  );

  return (
    <Popover label={props.title} anchor={props.anchor} class="preset-popover" onClose={close}>
      <div class="menu-heading">{props.title}</div>
      <div
        ref={list}
        class="preset-list scrolls"
        role="listbox"
        aria-label={props.title}
        aria-activedescendant={`${listId}-${at()}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <div role="group" aria-label="Ours">
          <For each={props.ours}>{(preset, index) => row(preset, false, index)}</For>
        </div>
        <Show when={props.own.length > 0}>
          <div role="group" aria-label="Mine">
            <div class="menu-heading" aria-hidden="true">
              Mine
            </div>
            <For each={props.own}>
              {(preset, index) => row(preset, true, () => props.ours.length + index())}
            </For>
          </div>
        </Show>
      </div>
      <div class="menu-line" />
      <Show
        when={typing() !== null}
        fallback={
          <>
            <button type="button" class="preset-row" onClick={() => setTyping('')}>
              <Icon name="plus" small />
              <span>Save as preset…</span>
            </button>
            {props.children}
          </>
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
