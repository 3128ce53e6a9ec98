import { DeviceRun } from '../../engine/deviceRun';
import { bakeTables } from '../../engine/impulseTables';
import type { MixwellModule } from '../../engine/mixwellModule';
import { type Stage, stageDevices } from '../../mastering/chain';
import { openPool } from '../../storage/pool';
import { openPoolSource } from '../stream/openPoolSource';
import type { MasteringChain } from './protocol';

/** A run of those stages that are on, with what its convolutions play, at a sample rate. */
export async function openChainRun(
  module: MixwellModule,
  sampleRateHz: number,
  stages: readonly Stage[],
  impulses: MasteringChain['impulses'],
): Promise<DeviceRun> {
  const on = stages.filter((stage) => stage.on);
  const tables = await tablesOf(module, sampleRateHz, on, impulses);
  return new DeviceRun(module, sampleRateHz, 2, stageDevices(on), tables);
}

async function tablesOf(
  module: MixwellModule,
  sampleRateHz: number,
  stages: readonly Stage[],
  impulses: MasteringChain['impulses'],
): Promise<ReadonlyMap<number, Float32Array>> {
  if (impulses.length === 0) return new Map();
  const pool = await openPool();
  const places = stages.flatMap(({ device }, place) => (device === 'convolution' ? [place] : []));
  const wanted = new Map(
    places.flatMap((place, nth) => {
      const spec = impulses[nth]?.spec;
      return spec ? [[place, spec] as const] : [];
    }),
  );
  const tables = await bakeTables(module, wanted, sampleRateHz, async (id) => {
    const source = impulses.find((impulse) => impulse.source?.id === id)?.source;
    return source ? openPoolSource(pool, module, id, source.ext, sampleRateHz) : null;
  });
  return new Map(tables.map(({ insert, table }) => [insert, table]));
}
