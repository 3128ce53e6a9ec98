import { createSignal, onCleanup, onMount, Show } from 'solid-js';
import { Keys } from './Menu';

interface Tip {
  readonly text: string;
  readonly keys: string | null;
  readonly anchor: DOMRect;
}

const delayMs = 600;
const gapPx = 6;

/**
 * Shows `data-tip` (and the shortcut in `data-keys`) of whatever the pointer rests on or the keyboard focuses. One layer for the page, so
 * that a hundred strips cost nothing. Mounted once by the app; the accessible name stays on the control.
 */
export function TooltipLayer() {
  const [tip, setTip] = createSignal<Tip | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let shownFor: Element | null = null;
  let box: HTMLDivElement | undefined;

  const hide = () => {
    clearTimeout(timer);
    shownFor = null;
    setTip(null);
  };
  const show = (element: HTMLElement) => {
    const text = element.dataset.tip;
    if (!text || !element.isConnected) return;
    setTip({ text, keys: element.dataset.keys ?? null, anchor: element.getBoundingClientRect() });
    place();
  };
  const place = () => {
    const current = tip();
    if (!box || !current) return;
    const { anchor } = current;
    const below = anchor.bottom + gapPx + box.offsetHeight < window.innerHeight;
    const left = anchor.left + anchor.width / 2 - box.offsetWidth / 2;
    box.style.left = `${Math.max(4, Math.min(left, window.innerWidth - box.offsetWidth - 4))}px`;
    box.style.top = `${below ? anchor.bottom + gapPx : anchor.top - gapPx - box.offsetHeight}px`;
  };
  const consider = (target: EventTarget | null, wait: number) => {
    const element = target instanceof Element ? target.closest<HTMLElement>('[data-tip]') : null;
    if (element === shownFor) return;
    hide();
    if (!element) return;
    shownFor = element;
    timer = setTimeout(() => show(element), element.dataset.tipNow === undefined ? wait : 0);
  };

  onMount(() => {
    const over = (event: PointerEvent) => {
      if (event.pointerType === 'mouse' && event.buttons === 0) consider(event.target, delayMs);
    };
    const focus = (event: FocusEvent) => {
      const target = event.target as HTMLElement;
      if (target.matches?.(':focus-visible')) consider(target, delayMs);
    };
    const key = (event: KeyboardEvent) => {
      if (event.key === 'Escape') hide();
    };
    const listeners: [string, EventListener][] = [
      ['pointerover', over as EventListener],
      ['pointerdown', hide],
      ['focusin', focus as EventListener],
      ['focusout', hide],
      ['keydown', key as EventListener],
      ['wheel', hide],
    ];
    for (const [type, listener] of listeners)
      document.addEventListener(type, listener, { capture: true, passive: true });
    onCleanup(() => {
      hide();
      for (const [type, listener] of listeners) document.removeEventListener(type, listener, true);
    });
  });

  return (
    <Show when={tip()}>
      {(current) => (
        <div
          class="tooltip"
          role="tooltip"
          ref={(element) => {
            box = element;
            queueMicrotask(place);
          }}
        >
          {current().text}
          <Show when={current().keys}>{(keys) => <Keys keys={keys()} plain />}</Show>
        </div>
      )}
    </Show>
  );
}
