import { onCleanup } from 'solid-js';
import type { Probe, ProbeFrame } from '../../bridge/studioTypes';
import { masteringId } from '../../model/types';
import { onFrame } from '../kit/frameLoop';
import { useStudio } from '../state/studio';

type Listener = (frame: ProbeFrame, elapsedMs: number) => void;

/** What goes into the chain and what comes out of it, told to all pictures at once. */
export interface ChainSound {
  /** While something sounds, once an animation frame. */
  hear(listener: Listener): void;
}

const longestStepMs = 250;

export function createChainSound(): ChainSound {
  const { probes } = useStudio();
  const listeners = new Set<Listener>();
  const probe: Probe | null = probes?.open(masteringId, { kind: 'strip' }) ?? null;
  onCleanup(() => probe?.close());
  let heardAt = 0;
  onFrame((nowMs) => {
    const frame = probe?.read();
    const elapsedMs = Math.min(longestStepMs, nowMs - heardAt);
    heardAt = nowMs;
    if (frame) for (const listener of listeners) listener(frame, elapsedMs);
  });
  return {
    hear(listener) {
      listeners.add(listener);
      onCleanup(() => listeners.delete(listener));
    },
  };
}
