import { ChainRun } from '../../engine/chainRun';
import type { MixwellModule } from '../../engine/mixwellModule';
import { type Stage, tableValues } from '../../mastering/chain';
import { makeTables } from '../render/openScene';
import type { RunnableChain } from './protocol';

/** A run of a chain, with `stages` in place of its own: the same devices in the same order, those that are not its own on. */
export async function openChainRun(
  module: MixwellModule,
  { scene, stages: own, inserts, impulses }: RunnableChain,
  stages: readonly Stage[] = own,
): Promise<ChainRun> {
  const tables = await makeTables(module, { impulses, sampleRateHz: scene.sampleRateHz });
  const values = stages.flatMap((stage, place) => {
    const insert = inserts[place];
    return stage === own[place] || insert === undefined ? [] : [{ insert, params: tableValues(stage) }];
  });
  return new ChainRun(module, scene, tables, values);
}
