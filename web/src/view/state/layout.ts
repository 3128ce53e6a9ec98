import { createSignal } from 'solid-js';
import type { Id } from '../../model/types';
import { createRemembered } from './remembered';
import { room } from './room';

const [dock, setDock] = createRemembered<'open' | 'closed'>('dock', ['open', 'closed'], 'open');
const [mixDock, setMixDock] = createRemembered<'open' | 'closed'>('dock.mix', ['open', 'closed'], 'closed');

/** Each room has its own: the console wants its height for the faders until a device is opened. */
export const dockOpen = (): boolean => (room() === 'mix' ? mixDock() : dock()) === 'open';
export const setDockOpen = (open: boolean): void =>
  (room() === 'mix' ? setMixDock : setDock)(open ? 'open' : 'closed');

export type DockTab = 'devices' | 'channel' | 'clip';
export const [dockTab, setDockTab] = createSignal<DockTab>('devices');

/** Set by a drag at its upper edge; null is the height of the stylesheet. */
export const [dockHeightPx, setDockHeightPx] = createSignal<number | null>(null);

/** The track whose name is being typed. */
export const [renamingTrackId, setRenamingTrackId] = createSignal<Id | null>(null);

/** The section of the ruler whose name is being typed. */
export const [renamingMarkerId, setRenamingMarkerId] = createSignal<Id | null>(null);
