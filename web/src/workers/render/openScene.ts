import { bakeTables, type InsertTable } from '../../engine/impulseTables';
import type { MixwellModule } from '../../engine/mixwellModule';
import type { PageReader } from '../../engine/offlineRender';
import { openPool } from '../../storage/pool';
import { openPoolSource } from '../stream/openPoolSource';
import type { RenderedScene } from './protocol';

/** The sound of a scene, by the handles of its sources. Throws a sentence where some of it is missing. */
export async function openSources(
  module: MixwellModule,
  request: RenderedScene,
): Promise<Map<number, PageReader>> {
  const pool = await openPool();
  const sources = new Map<number, PageReader>();
  for (const { handle, id, ext, name } of request.sources) {
    const source = await openPoolSource(pool, module, id, ext, request.sampleRateHz);
    if (!source)
      throw new Error(`The sound of “${name}” is missing on this machine, so it can’t be exported.`);
    sources.set(handle, source);
  }
  return sources;
}

/** What the convolutions of a scene play. */
export async function makeTables(
  module: MixwellModule,
  { impulses, sampleRateHz }: Pick<RenderedScene, 'impulses' | 'sampleRateHz'>,
): Promise<InsertTable[]> {
  if (impulses.length === 0) return [];
  const pool = await openPool();
  const wanted = new Map(impulses.map(({ insert, spec }) => [insert, spec]));
  return bakeTables(module, wanted, sampleRateHz, async (id) => {
    const source = impulses.find((impulse) => impulse.source?.id === id)?.source;
    return source ? openPoolSource(pool, module, id, source.ext, sampleRateHz) : null;
  });
}
