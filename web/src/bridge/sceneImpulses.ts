import { impulseParams } from '../engine/impulse';
import { builtInIds, convolutionDevice, type ImpulseSpec } from '../engine/impulseTables';
import type { EngineScene } from './compile';
import type { SceneInsert } from './compileChannel';

/** What a convolution plays that names no impulse. */
export const standardImpulseId = builtInIds[0]?.id ?? '';

/** What each convolution of a scene is to have, by the insert's id. */
export function sceneImpulses({ tracks, master, mastering }: EngineScene): Map<string, ImpulseSpec> {
  return impulseSpecs([...tracks, master, mastering].flatMap(({ inserts }) => inserts));
}

export function impulseSpecs(inserts: readonly SceneInsert[]): Map<string, ImpulseSpec> {
  const wanted = new Map<string, ImpulseSpec>();
  for (const { id, device, impulseId, params } of inserts) {
    if (device !== convolutionDevice) continue;
    const shape = params.slice(0, impulseParams.length);
    wanted.set(id, { impulseId: impulseId ?? standardImpulseId, shape });
  }
  return wanted;
}
