import { createSignal } from 'solid-js';
import type { Studio } from '../../bridge/studioTypes';
import { type Id, masterId, masteringId } from '../../model/types';
import { isPhone } from '../phone/phoneSize';
import { setDockOpen, setDockTab } from '../state/layout';
import { dockOwnerId, isTrackSelected, selectMaster, selectTrack } from '../state/selection';
import { insertCount } from './deviceActions';

export interface OpenedDevice {
  readonly ownerId: Id;
  readonly key: string;
}

/** The device that fills the phone's page; null where none does. */
export const [phoneDevice, setPhoneDevice] = createSignal<OpenedDevice | null>(null);

/** The device that the hand was in last; Alt-Enter in the picker replaces it. */
export const [activeDevice, setActiveDevice] = createSignal<OpenedDevice | null>(null);

/** The device whose panel has the dock to itself, and the dock most of the room; null where none has. */
export const [enlargedDevice, setEnlargedDevice] = createSignal<OpenedDevice | null>(null);

function selectOwner(ownerId: Id): void {
  if (ownerId === masteringId) return;
  if (ownerId === masterId) selectMaster();
  else if (!isTrackSelected(ownerId) || dockOwnerId() !== ownerId) selectTrack(ownerId);
}

/** Shows the panel of a device and gives it the focus. */
export function openDevice(ownerId: Id, key: string): void {
  selectOwner(ownerId);
  setActiveDevice({ ownerId, key });
  if (enlargedDevice()) setEnlargedDevice({ ownerId, key });
  if (isPhone()) {
    setPhoneDevice({ ownerId, key });
    return;
  }
  if (ownerId !== masteringId) {
    setDockOpen(true);
    setDockTab('devices');
  }
  setTimeout(() => {
    const panel = document.querySelector<HTMLElement>(`[data-device="${CSS.escape(key)}"]`);
    panel?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    panel?.focus({ preventScroll: true });
  });
}

export interface PickerPlace {
  readonly ownerId: Id;
  /** Among the inserts of the owner. */
  readonly index: number;
  readonly anchor: DOMRect;
}

/** Where the picker is open; the app mounts it once. */
export const [pickerPlace, setPickerPlace] = createSignal<PickerPlace | null>(null);

/** Opens the picker at the strip's first empty slot, else at the dock's, else in the middle. */
export function pickDevice(studio: Studio, ownerId: Id): void {
  const slot =
    document.querySelector(`.strip-inserts[data-owner="${CSS.escape(ownerId)}"] .slot.empty`) ??
    document.querySelector('.dock .add-device');
  const anchor =
    slot?.getBoundingClientRect() ?? new DOMRect(window.innerWidth / 2 - 240, window.innerHeight / 4, 0, 0);
  setPickerPlace({ ownerId, index: insertCount(studio, ownerId), anchor });
}
