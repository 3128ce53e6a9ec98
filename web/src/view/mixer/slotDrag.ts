import { createSignal } from 'solid-js';
import type { Studio } from '../../bridge/studioTypes';
import { masterId } from '../../model/types';
import { type DeviceOutline, outlineOf } from '../devices/chain';
import { moveDevice } from '../devices/deviceActions';

const thresholdPx = 4;

export interface SlotDrop {
  readonly ownerId: string;
  /** The slot before which the line stands. */
  readonly slot: number;
  /** The same place among the inserts alone. */
  readonly index: number;
}

/** Where a dragged slot would go now. */
export const [slotDrop, setSlotDrop] = createSignal<SlotDrop | null>(null);
/** Name of the slot under the hand, and where it is. */
export const [slotGhost, setSlotGhost] = createSignal<{
  name: string;
  x: number;
  y: number;
  copy: boolean;
} | null>(null);

function dropAt(studio: Studio, x: number, y: number): SlotDrop | null {
  const area = document.elementFromPoint(x, y)?.closest<HTMLElement>('.strip-inserts');
  const ownerId = area?.dataset.owner;
  if (!area || ownerId === undefined) return null;
  const chain = outlineOf(studio.project(), ownerId);
  const boxes = [...area.querySelectorAll('.slot[data-slot]')].map((slot) => slot.getBoundingClientRect());
  const above = boxes.filter((box) => y > box.top + box.height / 2).length;
  const sections = ownerId === masterId ? 0 : chain.filter(({ place }) => place.kind === 'section').length;
  const slot = Math.max(above, sections);
  return { ownerId, slot, index: slot - sections };
}

/** Drags a slot to another place or strip; with Ctrl a copy goes there. Without movement nothing happens. */
export function dragSlot(studio: Studio, event: PointerEvent, device: DeviceOutline, name: string): void {
  if (event.button !== 0) return;
  const { clientX, clientY } = event;
  let dragging = false;
  const onMove = (move: PointerEvent) => {
    if (!dragging && Math.hypot(move.clientX - clientX, move.clientY - clientY) < thresholdPx) return;
    dragging = true;
    setSlotGhost({ name, x: move.clientX, y: move.clientY, copy: move.ctrlKey || move.metaKey });
    setSlotDrop(dropAt(studio, move.clientX, move.clientY));
  };
  const end = () => {
    window.removeEventListener('pointermove', onMove);
    window.removeEventListener('pointerup', onUp);
    window.removeEventListener('pointercancel', end);
    window.removeEventListener('keydown', onKey, true);
    setSlotGhost(null);
    setSlotDrop(null);
  };
  const onUp = (up: PointerEvent) => {
    const to = slotDrop();
    const wasDragging = dragging;
    end();
    if (!wasDragging) return;
    // The click that may follow the release is no click on the slot.
    const swallow = (click: Event) => click.stopPropagation();
    window.addEventListener('click', swallow, { capture: true });
    setTimeout(() => window.removeEventListener('click', swallow, { capture: true }));
    if (to) moveDevice(studio, device, to, up.ctrlKey || up.metaKey);
  };
  const onKey = (key: KeyboardEvent) => {
    if (key.key !== 'Escape' || !dragging) return;
    key.stopPropagation();
    end();
  };
  window.addEventListener('pointermove', onMove);
  window.addEventListener('pointerup', onUp);
  window.addEventListener('pointercancel', end);
  window.addEventListener('keydown', onKey, true);
}
