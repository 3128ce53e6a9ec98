import { createEffect, onCleanup } from 'solid-js';
import { referenceTrackId } from '../../bridge/compileMastering';
import type { Probe, ProbeFrame } from '../../bridge/probeTypes';
import { masteringId } from '../../model/types';
import { onFrame } from '../kit/frameLoop';
import { useStudio } from '../state/studio';
import { type HeardKind, heardNow } from './heard';

/** The last stretch of a sound; the arrays are the same ones at each reading. */
export interface Sides {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

/** What sounds now. The reference has the probe of the chain while it is listened to. */
export interface RoomSound {
  readonly heard: Sides;
  readonly master: Sides | null;
  readonly original: Sides | null;
}

type Listener = (sound: RoomSound, elapsedMs: number) => void;

/** What is listened to and what can be compared with it, told to all pictures at once. */
export interface ChainSound {
  /** While something sounds, once an animation frame. */
  hear(listener: Listener): void;
}

const longestStepMs = 250;

const soundOf = (frame: ProbeFrame, kind: HeardKind): RoomSound => {
  const out: Sides = { left: frame.outLeft, right: frame.outRight };
  if (kind === 'reference') return { heard: out, master: null, original: null };
  const original: Sides = { left: frame.inLeft, right: frame.inRight };
  return { heard: kind === 'original' ? original : out, master: out, original };
};

export function createChainSound(): ChainSound {
  const studio = useStudio();
  const heard = heardNow(studio);
  const listeners = new Set<Listener>();
  let probe: Probe | null = null;
  let sound: { readonly frame: ProbeFrame; readonly told: RoomSound } | null = null;
  createEffect(() => {
    const { kind, choice } = heard();
    const ownerId = kind === 'reference' ? referenceTrackId(choice) : masteringId;
    probe = studio.probes?.open(ownerId, { kind: 'strip' }) ?? null;
    sound = null;
    onCleanup(() => probe?.close());
  });
  let heardAt = 0;
  onFrame((nowMs) => {
    const frame = probe?.read();
    const elapsedMs = Math.min(longestStepMs, nowMs - heardAt);
    heardAt = nowMs;
    if (!frame) return;
    if (sound?.frame !== frame) sound = { frame, told: soundOf(frame, heard().kind) };
    for (const listener of listeners) listener(sound.told, elapsedMs);
  });
  return {
    hear(listener) {
      listeners.add(listener);
      onCleanup(() => listeners.delete(listener));
    },
  };
}
