import { createSignal, type JSX, Show, splitProps } from 'solid-js';
import { TypedInput } from './TypedInput';
import { createValueControl, type ValueProps } from './valueControl';
import { levelText, typographic } from './valueText';

export interface FaderProps extends ValueProps {
  orientation: 'vertical' | 'horizontal';
  /** Shows the number: above the line when horizontal, below the travel when vertical. A click on it types. */
  number?: boolean;
  /** Drawn behind the cap, over the whole travel: a FaderScale. */
  children?: JSX.Element;
  class?: string;
}

const horizontalLinePx = 160;

/** A fader. Vertical: as tall as its parent, 8 px of play at both ends. Horizontal: the small one of track headers. */
export function Fader(props: FaderProps) {
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
  let slider!: HTMLDivElement;
  let travel!: HTMLDivElement;
  const vertical = () => props.orientation === 'vertical';
  const control = createValueControl(valueProps, {
    travelPx: () => (vertical() ? travel.clientHeight : horizontalLinePx),
    get horizontalTravelPx() {
      return vertical() ? undefined : () => travel.clientWidth;
    },
  });
  const position = () => Math.min(1, Math.max(0, props.spec.toPosition(props.value)));
  const text = () => typographic(props.spec.format(props.value));

  return (
    <div class={`fader ${props.orientation} ${props.class ?? ''}`}>
      <Show when={props.number}>
        <span class="fader-number" aria-hidden="true" onClick={() => !props.disabled && setTyping(true)}>
          {levelText(props.value)}
        </span>
      </Show>
      <div
        {...control.handlers}
        ref={(element) => {
          slider = element;
          control.wheel(element);
        }}
        class="fader-slider"
        role="slider"
        tabIndex={props.disabled ? -1 : 0}
        aria-label={props.label}
        aria-valuemin={props.spec.min}
        aria-valuemax={props.spec.max}
        aria-valuenow={props.value}
        aria-valuetext={props.spec.format(props.value)}
        aria-orientation={props.orientation}
        aria-disabled={props.disabled}
        data-tip={`${props.label} ${text()}${props.hint ? `. ${props.hint}` : ''}`}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !props.disabled) {
            event.preventDefault();
            setTyping(true);
          } else control.handlers.onKeyDown(event);
        }}
      >
        <div class="fader-travel" ref={travel} style={{ '--position': position() }}>
          {props.children}
          <i class="fader-slot" />
          <Show when={!vertical()}>
            <i class="fader-fill" />
            <i class="fader-unity" />
          </Show>
          <i class="fader-cap" />
        </div>
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
            if (refocus) slider.focus({ preventScroll: true });
          }}
        />
      </Show>
    </div>
  );
}
