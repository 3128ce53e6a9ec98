import type { LucideProps } from 'lucide-solid';
import ArrowRight from 'lucide-solid/icons/arrow-right';
import BadgeCheck from 'lucide-solid/icons/badge-check';
import CircleAlert from 'lucide-solid/icons/circle-alert';
import Lock from 'lucide-solid/icons/lock';
import Pause from 'lucide-solid/icons/pause';
import Play from 'lucide-solid/icons/play';
import SkipBack from 'lucide-solid/icons/skip-back';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import Volume2 from 'lucide-solid/icons/volume-2';
import type { Component } from 'solid-js';
import { Dynamic } from 'solid-js/web';

// A set of its own: the studio's has a hundred, and this page is to be there at once.
const icons = {
  'arrow-right': ArrowRight,
  'badge-check': BadgeCheck,
  'circle-alert': CircleAlert,
  lock: Lock,
  pause: Pause,
  play: Play,
  'skip-back': SkipBack,
  'triangle-alert': TriangleAlert,
  'volume-2': Volume2,
} as const;

/** Decoration only: the control carries the name. */
export function ListenIcon(props: { name: keyof typeof icons; size?: number }) {
  return (
    <Dynamic
      component={icons[props.name] as Component<LucideProps>}
      class="icon"
      size={props.size ?? 16}
      strokeWidth={1.75}
      aria-hidden="true"
    />
  );
}
