import type { LucideProps } from 'lucide-solid';
import type { Component } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { type IconName, icons } from './icons';

export type { IconName } from './icons';

/** A Lucide icon, 16 px or 14 px (small), drawn in the colour of the text. Decoration only: the control carries the name. */
export function Icon(props: { name: IconName; small?: boolean; class?: string }) {
  return (
    <Dynamic
      component={icons[props.name] as Component<LucideProps>}
      class={`icon ${props.class ?? ''}`}
      size={props.small ? 14 : 16}
      strokeWidth={1.75}
      aria-hidden="true"
    />
  );
}
