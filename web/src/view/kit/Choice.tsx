import { For, type JSX } from 'solid-js';
import { Icon } from './Icon';

export interface Option<T extends string> {
  value: T;
  label: string;
  disabled?: boolean;
}

export interface SelectProps<T extends string> {
  /** The accessible name. The visible label, if any, stands beside it. */
  label: string;
  options: readonly Option<T>[];
  value: T;
  onChange: (value: T) => void;
  disabled?: boolean;
  class?: string;
  id?: string;
}

/** One of several: the browser's own list, in our dress, so that it works by touch, by typing and by screen reader. */
export function Select<T extends string>(props: SelectProps<T>) {
  return (
    <span class={`select ${props.class ?? ''}`}>
      <select
        id={props.id}
        aria-label={props.label}
        disabled={props.disabled}
        onChange={(event) => props.onChange(event.currentTarget.value as T)}
      >
        <For each={props.options}>
          {(option) => (
            <option value={option.value} disabled={option.disabled} selected={option.value === props.value}>
              {option.label}
            </option>
          )}
        </For>
      </select>
      <Icon name="chevron-down" small />
    </span>
  );
}

export interface SegmentedProps<T extends string> {
  label: string;
  options: readonly (Option<T> & { content?: JSX.Element; tip?: string; keys?: string })[];
  value: T;
  onChange: (value: T) => void;
  /** 'tabs' makes a tablist; each tab controls the element with the id that `panelId` gives. */
  as?: 'radios' | 'tabs';
  panelId?: (value: T) => string;
  class?: string;
}

/** A few choices side by side. Arrow keys move the choice. */
export function Segmented<T extends string>(props: SegmentedProps<T>) {
  const tabs = () => props.as === 'tabs';
  let group!: HTMLDivElement;

  const move = (event: KeyboardEvent) => {
    const enabled = props.options.filter((option) => !option.disabled);
    const at = enabled.findIndex((option) => option.value === props.value);
    const to =
      event.key === 'ArrowRight' || event.key === 'ArrowDown'
        ? at + 1
        : event.key === 'ArrowLeft' || event.key === 'ArrowUp'
          ? at - 1
          : event.key === 'Home'
            ? 0
            : event.key === 'End'
              ? enabled.length - 1
              : null;
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    const option = enabled[(to + enabled.length) % enabled.length];
    if (!option) return;
    props.onChange(option.value);
    group.querySelector<HTMLElement>(`[data-value="${option.value}"]`)?.focus();
  };

  return (
    <div
      ref={group}
      class={`segmented ${props.class ?? ''}`}
      role={tabs() ? 'tablist' : 'radiogroup'}
      aria-label={props.label}
      onKeyDown={move}
    >
      <For each={props.options}>
        {(option) => {
          const chosen = () => option.value === props.value;
          return (
            <button
              type="button"
              role={tabs() ? 'tab' : 'radio'}
              data-value={option.value}
              aria-label={option.content ? option.label : undefined}
              aria-selected={tabs() ? chosen() : undefined}
              aria-checked={tabs() ? undefined : chosen()}
              aria-controls={tabs() ? props.panelId?.(option.value) : undefined}
              tabIndex={chosen() ? 0 : -1}
              disabled={option.disabled}
              data-tip={option.tip}
              data-keys={option.keys}
              classList={{ on: chosen() }}
              onClick={() => props.onChange(option.value)}
            >
              {option.content ?? option.label}
            </button>
          );
        }}
      </For>
    </div>
  );
}
