import { stagesOf } from '../commands/mastering';
import { convolutionDevice } from '../engine/impulseTables';
import type { ProjectSnapshot } from '../model/types';
import type { MasteringChain } from '../workers/mastering/protocol';
import { compileInserts } from './compileChannel';
import { impulseSpecs } from './sceneImpulses';

/** A song's mastering chain as a worker takes it. */
export function chainOf(project: ProjectSnapshot): MasteringChain {
  const { mastering, sources } = project;
  const convolutions = compileInserts(mastering.inserts).filter(
    ({ on, device }) => on && device === convolutionDevice,
  );
  return {
    stages: stagesOf(project),
    impulses: [...impulseSpecs(convolutions).values()].map((spec) => {
      const source = sources[spec.impulseId] ?? null;
      return { spec, source: source && { id: source.id, ext: source.ext } };
    }),
  };
}
