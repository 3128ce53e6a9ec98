import { createSignal, onMount } from 'solid-js';
import { settle, type ValueSpec } from './valueSpec';
import { typographic } from './valueText';

export interface TypedInputProps {
  label: string;
  value: number;
  spec: ValueSpec;
  onCommit: (value: number) => void;
  /** Enter, Tab, Esc or a click elsewhere; `refocus` after a key, so that the control gets the focus back. */
  onClose: (refocus: boolean) => void;
  onReset: () => void;
}

const doubleClickMs = 500;

/** Types a value over its number: Enter sets, Tab sets and goes on, Esc leaves. What can't be read stays, and says so. */
export function TypedInput(props: TypedInputProps) {
  const [refused, setRefused] = createSignal(false);
  const openedAt = performance.now();
  const first = typographic(props.spec.format(props.value));
  let closed = false;
  let input!: HTMLInputElement;

  const close = (refocus: boolean) => {
    if (closed) return;
    closed = true;
    props.onClose(refocus);
  };
  const commit = (): boolean => {
    if (input.value === first) return true;
    const value = props.spec.parse(input.value);
    if (value === null || Number.isNaN(value)) return false;
    const set = settle(props.spec, value);
    if (set !== props.value) props.onCommit(set);
    return true;
  };

  const advice = () => {
    const { typing, format, min, max } = props.spec;
    return typographic(
      `${props.label}: ${typing}\nFrom ${format(min)} to ${format(max)}. Enter sets, Esc leaves`,
    );
  };

  onMount(() => {
    input.focus({ preventScroll: true });
    input.select();
  });

  return (
    <input
      ref={input}
      class="typed-input"
      type="text"
      inputmode="text"
      autocomplete="off"
      spellcheck={false}
      aria-label={`${props.label}, type a value`}
      aria-invalid={refused()}
      data-tip={advice()}
      data-tip-now=""
      value={first}
      onInput={() => setRefused(false)}
      onPointerDown={(event) => event.stopPropagation()}
      onDblClick={(event) => {
        event.stopPropagation();
        if (performance.now() - openedAt > doubleClickMs) return;
        close(true);
        props.onReset();
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') {
          event.preventDefault();
          close(true);
        } else if (event.key === 'Enter') {
          event.preventDefault();
          if (commit()) close(true);
          else setRefused(true);
        } else if (event.key === 'Tab' && !commit()) {
          event.preventDefault();
          setRefused(true);
        }
      }}
      onBlur={() => {
        if (!closed) commit();
        close(false);
      }}
    />
  );
}
