import { createSignal, createUniqueId, Show, splitProps } from 'solid-js';
import { TypedInput } from './TypedInput';
import { createValueControl, type ValueProps } from './valueControl';
import { typographic } from './valueText';

export interface KnobProps extends ValueProps {
  /** 22 sends, 24 headers, 32 strips, 44 phone. */
  size?: number;
  /** Fills from the middle: pan, width, gain. */
  bipolar?: boolean;
  /** Shows the number under the knob; a click on it types. */
  number?: boolean;
  /** In place of the formatted value, where there is no room for its unit. */
  text?: string;
  /** Shows the label under the knob, above the number. */
  caption?: boolean;
  class?: string;
}

const turn = (270 * Math.PI) / 180;
const startAngle = (-225 * Math.PI) / 180;
const travelPx = 180;

function arcPath(size: number, from: number, to: number): string {
  const centre = size / 2;
  const radius = centre - 2;
  const point = (position: number) => {
    const angle = startAngle + turn * position;
    return `${(centre + radius * Math.cos(angle)).toFixed(2)} ${(centre + radius * Math.sin(angle)).toFixed(2)}`;
  };
  const large = (to - from) * 270 > 180 ? 1 : 0;
  return `M${point(from)}A${radius} ${radius} 0 ${large} 1 ${point(to)}`;
}

export function Knob(props: KnobProps) {
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
  const numberId = createUniqueId();
  const control = createValueControl(valueProps, { travelPx: () => travelPx });
  let dial!: HTMLDivElement;

  const size = () => props.size ?? 32;
  const width = () => (size() > 30 ? 3 : 2.5);
  const position = () => Math.min(1, Math.max(0, props.spec.toPosition(props.value)));
  const rest = () => (props.bipolar ? 0.5 : 0);
  const arc = () => {
    const low = Math.min(position(), rest());
    const high = Math.max(position(), rest());
    return high - low > 0.005 ? arcPath(size(), low, high) : '';
  };
  const pointer = (share: number) => {
    const angle = startAngle + turn * position();
    const centre = size() / 2;
    return {
      x: (centre + (centre - 2.5) * Math.cos(angle) * share).toFixed(2),
      y: (centre + (centre - 2.5) * Math.sin(angle) * share).toFixed(2),
    };
  };
  const text = () => typographic(props.spec.format(props.value));

  return (
    <div class={`knob-field ${props.class ?? ''}`}>
      <div
        {...control.handlers}
        ref={(element) => {
          dial = element;
          control.wheel(element);
        }}
        class="knob"
        role="slider"
        tabIndex={props.disabled ? -1 : 0}
        aria-label={props.label}
        aria-valuemin={props.spec.min}
        aria-valuemax={props.spec.max}
        aria-valuenow={props.value}
        aria-valuetext={props.spec.format(props.value)}
        aria-orientation="vertical"
        aria-disabled={props.disabled}
        data-tip={`${props.label} ${text()}${props.hint ? `. ${props.hint}` : ''}`}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !props.disabled) {
            event.preventDefault();
            setTyping(true);
          } else control.handlers.onKeyDown(event);
        }}
      >
        <svg width={size()} height={size()} viewBox={`0 0 ${size()} ${size()}`} aria-hidden="true">
          <path class="track" d={arcPath(size(), 0, 1)} stroke-width={width()} />
          <path class="arc" d={arc()} stroke-width={width()} />
          <line
            class="pointer"
            x1={pointer(0.3).x}
            y1={pointer(0.3).y}
            x2={pointer(0.98).x}
            y2={pointer(0.98).y}
            stroke-width="2"
          />
        </svg>
      </div>
      <Show when={props.caption}>
        <span class="knob-caption">{props.label}</span>
      </Show>
      <Show when={props.number}>
        {/* The slider is the accessible control; this is the mouse's way to type. */}
        <span
          class="knob-number"
          id={numberId}
          aria-hidden="true"
          onClick={() => !props.disabled && setTyping(true)}
        >
          {props.text ?? text()}
        </span>
      </Show>
      <Show when={typing()}>
        <TypedInput
          label={props.label}
          value={props.value}
          spec={props.spec}
          onCommit={control.set}
          onReset={control.reset}
          onClose={(refocus) => {
            setTyping(false);
            if (refocus) dial.focus({ preventScroll: true });
          }}
        />
      </Show>
    </div>
  );
}
