import { type JSX, onCleanup, onMount } from 'solid-js';
import { Portal } from 'solid-js/web';

export interface PopoverProps {
  /** The accessible name of the dialog. */
  label: string;
  anchor: DOMRect;
  class?: string;
  onClose: () => void;
  children: JSX.Element;
}

const edgePx = 8;
const gapPx = 4;

/** Opens at what was pressed and shifts to fit. Esc or a press elsewhere closes; the focus returns to where it was. */
export function Popover(props: PopoverProps) {
  let box!: HTMLDivElement;
  const before = document.activeElement instanceof HTMLElement ? document.activeElement : null;

  const place = () => {
    const { anchor } = props;
    const { offsetWidth: width, offsetHeight: height } = box;
    const below = anchor.bottom + gapPx;
    const fitsBelow = below + height <= window.innerHeight - edgePx;
    const top = fitsBelow ? below : Math.max(edgePx, anchor.top - gapPx - height);
    box.style.left = `${Math.max(edgePx, Math.min(anchor.left, window.innerWidth - width - edgePx))}px`;
    box.style.top = `${Math.min(top, Math.max(edgePx, window.innerHeight - height - edgePx))}px`;
  };
  const onPointerDown = (event: PointerEvent) => {
    if (event.target instanceof Node && !box.contains(event.target)) props.onClose();
  };
  const onFocusIn = (event: FocusEvent) => {
    if (event.target instanceof Node && !box.contains(event.target)) props.onClose();
  };
  onMount(() => {
    place();
    const observer = new ResizeObserver(place);
    observer.observe(box);
    window.addEventListener('pointerdown', onPointerDown, true);
    window.addEventListener('resize', place);
    document.addEventListener('focusin', onFocusIn);
    onCleanup(() => {
      observer.disconnect();
      window.removeEventListener('pointerdown', onPointerDown, true);
      window.removeEventListener('resize', place);
      document.removeEventListener('focusin', onFocusIn);
      if (!document.activeElement || document.activeElement === document.body)
        before?.focus({ preventScroll: true });
    });
  });
  return (
    <Portal>
      <div
        ref={box}
        class={`popover device-popover ${props.class ?? ''}`}
        role="dialog"
        aria-label={props.label}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          event.stopPropagation();
          props.onClose();
          before?.focus({ preventScroll: true });
        }}
      >
        {props.children}
      </div>
    </Portal>
  );
}
