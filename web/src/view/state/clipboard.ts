import { createSignal } from 'solid-js';
import type { Clip } from '../../model/types';

/** Copied clips, with their places relative to the earliest one and to the uppermost track. */
export interface Clipboard {
  readonly clips: readonly { readonly clip: Clip; readonly trackOffset: number }[];
  readonly startFrame: number;
  readonly lengthFrames: number;
}

export const [clipboard, setClipboard] = createSignal<Clipboard | null>(null);
