import { type Accessor, createSignal, onCleanup } from 'solid-js';
import type { RowHeights } from './rows';

/** Heights of the lanes as the stylesheet has them; they change with the height of the window. */
export function createLaneHeights(): Accessor<RowHeights> {
  const read = (): RowHeights => {
    const style = getComputedStyle(document.documentElement);
    const px = (name: string) => Number.parseFloat(style.getPropertyValue(name));
    return {
      lane: px('--h-lane') || 40,
      selected: px('--h-lane-selected') || 56,
      automation: px('--h-automation') || 56,
    };
  };
  const [heights, setHeights] = createSignal(read(), {
    equals: (a, b) => a.lane === b.lane && a.selected === b.selected && a.automation === b.automation,
  });
  const update = () => setHeights(read());
  window.addEventListener('resize', update);
  onCleanup(() => window.removeEventListener('resize', update));
  return heights;
}
