import { createSignal } from 'solid-js';
import type { Id } from '../../model/types';
import { createRemembered } from './remembered';

const [dock, setDock] = createRemembered<'open' | 'closed'>('dock', ['open', 'closed'], 'open');
export const dockOpen = (): boolean => dock() === 'open';
export const setDockOpen = (open: boolean): void => setDock(open ? 'open' : 'closed');

/** Set by a drag at its upper edge; null is the height of the stylesheet. */
export const [dockHeightPx, setDockHeightPx] = createSignal<number | null>(null);

/** The track whose name is being typed. */
export const [renamingTrackId, setRenamingTrackId] = createSignal<Id | null>(null);

/** The section of the ruler whose name is being typed. */
export const [renamingMarkerId, setRenamingMarkerId] = createSignal<Id | null>(null);
