import { freshChain, masteringStages, type Stage } from '../mastering/chain';
import type { Move } from '../mastering/moves';
import { newId } from '../model/ids';
import { freshInsert } from '../model/strip';
import type { DeviceId, Insert, Patch, ProjectSnapshot } from '../model/types';
import { masteringId } from '../model/types';

/** The chain of a song as the pure layer sees it. */
export const stagesOf = ({ mastering }: ProjectSnapshot): Stage[] =>
  mastering.inserts.map(({ device, on, params }) => ({ device, on, params }));

const insertOf = ({ device, on, params }: Stage): Insert => {
  const fresh = freshInsert(newId(), device as DeviceId);
  return { ...fresh, on, params: { ...fresh.params, ...params } };
};

/** Lays out the standard chain where there is none yet. */
export function setUpMastering({ mastering }: ProjectSnapshot): Patch[] {
  if (mastering.inserts.length > 0) return [];
  return freshChain().map((stage, index) => ({
    op: 'insert.add',
    ownerId: masteringId,
    insert: insertOf(stage),
    index,
  }));
}

/**
 * Leads the chain to these stages: devices that are there in this order are set, those that are missing are added where they
 * belong. Devices of one kind are told apart by their order; none is taken away.
 */
export function setStages({ mastering }: ProjectSnapshot, stages: readonly Stage[]): Patch[] {
  const patches: Patch[] = [];
  const left = [...mastering.inserts];
  let place = 0;
  for (const stage of stages) {
    const at = left.findIndex(({ device }) => device === stage.device);
    const insert = left[at];
    if (!insert) {
      patches.push({ op: 'insert.add', ownerId: masteringId, insert: insertOf(stage), index: place++ });
      continue;
    }
    left.splice(at, 1);
    place = mastering.inserts.indexOf(insert) + 1;
    const { id: insertId, on, params } = insert;
    if (on !== stage.on)
      patches.push({ op: 'insert.set', ownerId: masteringId, insertId, fields: { on: stage.on } });
    for (const [param, value] of Object.entries(stage.params)) {
      if (params[param] !== value) {
        patches.push({ op: 'insert.param', ownerId: masteringId, insertId, param, value });
      }
    }
  }
  return patches;
}

/** Sets what one move sets on the first device of its kind, which is added where it belongs if there is none. */
export function makeMove({ mastering }: ProjectSnapshot, { stage, params }: Move): Patch[] {
  const { inserts } = mastering;
  const insert = inserts.find(({ device }) => device === stage);
  if (!insert) {
    const fresh = freshChain().find(({ device }) => device === stage);
    if (!fresh) return [];
    const earlier = masteringStages.slice(0, masteringStages.indexOf(stage)) as readonly string[];
    const index = inserts.findLastIndex(({ device }) => earlier.includes(device)) + 1;
    const added = insertOf({ ...fresh, on: true, params: { ...fresh.params, ...params } });
    return [{ op: 'insert.add', ownerId: masteringId, insert: added, index }];
  }
  const changed = Object.entries(params).filter(([param, value]) => insert.params[param] !== value);
  return [
    ...(insert.on
      ? []
      : [{ op: 'insert.set' as const, ownerId: masteringId, insertId: insert.id, fields: { on: true } }]),
    ...changed.map(([param, value]) => ({
      op: 'insert.param' as const,
      ownerId: masteringId,
      insertId: insert.id,
      param,
      value,
    })),
  ];
}
