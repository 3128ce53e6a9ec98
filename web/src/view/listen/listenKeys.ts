import { onCleanup } from 'solid-js';
import type { Listening } from '../../bridge/listen/listening';

const stepS = 5;

/** Space plays and stops, Enter returns to the start, the arrows seek: wherever a control has no use for the key itself. */
export function installListenKeys(listening: Listening): void {
  const actions: Readonly<Record<string, () => void>> = {
    ' ': () => listening.toggle(),
    Enter: () => listening.seek(0),
    Home: () => listening.seek(0),
    ArrowLeft: () => listening.seek(listening.positionS() - stepS),
    ArrowRight: () => listening.seek(listening.positionS() + stepS),
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const action = actions[event.key];
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.defaultPrevented;
    if (!action || !isPlain || ownsKey(event.target as Element, event.key)) return;
    event.preventDefault();
    action();
  };
  addEventListener('keydown', onKeyDown);
  onCleanup(() => removeEventListener('keydown', onKeyDown));
}

function ownsKey(target: Element, key: string): boolean {
  if (target.closest?.('input, textarea, select, [role="menu"], [role="dialog"]'))
    return !isRange(target, key);
  if (target.closest?.('[role="slider"]')) return key.startsWith('Arrow') || key === 'Home';
  return (key === 'Enter' || key === ' ') && target.closest?.('button, a') !== null;
}

/** A range has no use for the space bar. */
const isRange = (target: Element, key: string): boolean =>
  key === ' ' && target instanceof HTMLInputElement && target.type === 'range';
