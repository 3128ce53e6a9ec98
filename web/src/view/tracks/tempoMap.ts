import { createSignal } from 'solid-js';
import type { Studio } from '../../bridge/studioTypes';
import { addTempoChange, removeTempoChange } from '../../commands/tempo';

/** The frame of the tempo change that is being set, or null. */
export const [editedTempoFrame, setEditedTempoFrame] = createSignal<number | null>(null);

/** Puts a change where the hand is, with the tempo that is there already, and asks for its own. */
export function addTempoAt(studio: Studio, frame: number): void {
  studio.doc.commit('Add tempo change', addTempoChange(studio.project(), { frame }));
  setEditedTempoFrame(frame);
}

export function deleteTempoAt(studio: Studio, frame: number): void {
  setEditedTempoFrame(null);
  studio.doc.commit('Delete tempo change', removeTempoChange(studio.project(), { frame }));
}
