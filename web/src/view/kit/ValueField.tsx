import { createSignal, Show, splitProps } from 'solid-js';
import { TypedInput } from './TypedInput';
import { createValueControl, type ValueProps } from './valueControl';
import { typographic } from './valueText';

export interface ValueFieldProps extends ValueProps {
  /** Shows the label over the number. */
  caption?: boolean;
  /** Text in place of the formatted value: "96.0", where the unit stands elsewhere. */
  text?: string;
  /** Pixels of the hand for the whole range; 300 unless told. */
  travelPx?: number;
  class?: string;
}

const usualTravelPx = 300;

/** A number: drag it, turn the wheel over it, click to type. */
export function ValueField(props: ValueFieldProps) {
  const [valueProps] = splitProps(props, [
    'label',
    'value',
    'spec',
    'onPreview',
    'onCommit',
    'onCancel',
    'disabled',
    'hint',
    'onMenu',
  ]);
  const [typing, setTyping] = createSignal(false);
  let field!: HTMLDivElement;
  const control = createValueControl(valueProps, {
    travelPx: () => props.travelPx ?? usualTravelPx,
    onClick: () => setTyping(true),
  });

  return (
    <div class={`value-field ${props.class ?? ''}`} classList={{ typing: typing() }}>
      <Show when={props.caption}>
        <span class="value-caption" aria-hidden="true">
          {props.label}
        </span>
      </Show>
      <div
        {...control.handlers}
        ref={(element) => {
          field = element;
          control.wheel(element);
        }}
        class="value-number"
        role="slider"
        tabIndex={props.disabled ? -1 : 0}
        aria-label={props.label}
        aria-valuemin={props.spec.min}
        aria-valuemax={props.spec.max}
        aria-valuenow={props.value}
        aria-valuetext={props.spec.format(props.value)}
        aria-orientation="vertical"
        aria-disabled={props.disabled}
        data-tip={props.hint ?? (props.caption ? undefined : props.label)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !props.disabled) {
            event.preventDefault();
            setTyping(true);
          } else control.handlers.onKeyDown(event);
        }}
      >
        {props.text ?? typographic(props.spec.format(props.value))}
      </div>
      <Show when={typing()}>
        <TypedInput
          label={props.label}
          value={props.value}
          spec={props.spec}
          onCommit={control.set}
          onReset={control.reset}
          onClose={(refocus) => {
            setTyping(false);
            if (refocus) field.focus({ preventScroll: true });
          }}
        />
      </Show>
    </div>
  );
}
