import { onCleanup } from 'solid-js';
import type { Probe } from '../../bridge/probeTypes';
import type { Id } from '../../model/types';
import { useStudio } from '../state/studio';
import type { DevicePlace, DeviceProbe } from './deviceGraph';

/** Listens to a device for as long as its panel is shown. Where all of the engine's probes are taken, it tries again later. */
export function createDeviceProbe(ownerId: Id, place: DevicePlace): DeviceProbe {
  const { probes } = useStudio();
  let probe: Probe | null = null;
  let attempts = 0;
  onCleanup(() => probe?.close());
  return {
    read() {
      // Not at every frame: a panel that got none waits for another to go.
      if (probe === null && attempts++ % 32 === 0) probe = probes?.open(ownerId, place) ?? null;
      return probe?.read() ?? null;
    },
  };
}
