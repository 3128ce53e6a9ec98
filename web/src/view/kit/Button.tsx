import { type JSX, Show, splitProps } from 'solid-js';
import { Icon, type IconName } from './Icon';

type NativeButtonProps = Omit<JSX.ButtonHTMLAttributes<HTMLButtonElement>, 'style'>;

export interface ButtonProps extends NativeButtonProps {
  variant?: 'plain' | 'ghost' | 'primary';
  large?: boolean;
  icon?: IconName;
  /** Lit: a switch that is on. Sets aria-pressed. */
  pressed?: boolean;
}

/** A button with words, and an icon before them if wanted. One primary a view. */
export function Button(props: ButtonProps) {
  const [own, rest] = splitProps(props, ['variant', 'large', 'icon', 'pressed', 'class', 'children']);
  return (
    <button
      type="button"
      aria-pressed={own.pressed}
      {...rest}
      class={`button ${own.variant ?? 'plain'} ${own.class ?? ''}`}
      classList={{ large: own.large }}
    >
      <Show when={own.icon}>{(name) => <Icon name={name()} small />}</Show>
      {own.children}
    </button>
  );
}

export interface IconButtonProps extends NativeButtonProps {
  icon: IconName;
  /** The accessible name, and the tooltip. */
  label: string;
  /** The tooltip, when it says more than the name. */
  tip?: string;
  /** The shortcut that the tooltip shows: "Ctrl Z". */
  keys?: string;
  variant?: 'plain' | 'ghost';
  /** 24 px, for panels and headers. */
  small?: boolean;
  pressed?: boolean;
}

export function IconButton(props: IconButtonProps) {
  const [own, rest] = splitProps(props, [
    'icon',
    'label',
    'tip',
    'keys',
    'variant',
    'small',
    'pressed',
    'class',
  ]);
  return (
    <button
      type="button"
      aria-label={own.label}
      aria-pressed={own.pressed}
      data-tip={own.tip ?? own.label}
      data-keys={own.keys}
      {...rest}
      class={`button icon-only ${own.variant ?? 'ghost'} ${own.class ?? ''}`}
      classList={{ small: own.small }}
    >
      <Icon name={own.icon} small={own.small} />
    </button>
  );
}

export interface LampProps extends NativeButtonProps {
  kind: 'mute' | 'solo' | 'arm';
  on: boolean;
  /** Mute only: a solo elsewhere silences this track. */
  silenced?: boolean;
}

const lamps = {
  mute: { letter: 'M', label: 'Mute', keys: 'M' },
  solo: { letter: 'S', label: 'Solo', keys: 'S' },
  arm: { letter: 'R', label: 'Arm', keys: 'R' },
} as const;

/** The small lit letters of a strip: "Mute", "Solo", "Arm". */
export function Lamp(props: LampProps) {
  const [own, rest] = splitProps(props, ['kind', 'on', 'silenced', 'class']);
  return (
    <button
      type="button"
      aria-label={lamps[own.kind].label}
      aria-pressed={own.on}
      data-tip={own.silenced && !own.on ? 'Silenced by a solo' : lamps[own.kind].label}
      data-keys={lamps[own.kind].keys}
      {...rest}
      class={`lamp ${own.kind} ${own.class ?? ''}`}
      classList={{ on: own.on, silenced: own.silenced && !own.on }}
    >
      {lamps[own.kind].letter}
    </button>
  );
}

/** On or off, with words beside it. */
export function Switch(props: {
  label: string;
  on: boolean;
  onChange: (on: boolean) => void;
  hideLabel?: boolean;
  disabled?: boolean;
}) {
  return (
    <button
      type="button"
      role="switch"
      class="switch"
      aria-checked={props.on}
      aria-label={props.hideLabel ? props.label : undefined}
      disabled={props.disabled}
      onClick={() => props.onChange(!props.on)}
    >
      <Show when={!props.hideLabel}>
        <span>{props.label}</span>
      </Show>
      <i aria-hidden="true" />
    </button>
  );
}
