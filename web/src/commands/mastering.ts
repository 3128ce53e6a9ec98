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

/** A stage as a preset of the chain has it: with the name of the device's own preset, or none. */
export interface PresetStage extends Stage {
  readonly preset: string;
}

/** What a target has set stays whatever chain is chosen. */
const ofTheTarget: Readonly<Record<string, readonly string[]>> = { limiter: ['inputGainDb', 'ceilingDb'] };
const isOfTheTarget = (device: string, param: string): boolean =>
  ofTheTarget[device]?.includes(param) ?? false;

const sameDevices = (inserts: readonly Insert[], stages: readonly Stage[]): boolean =>
  inserts.length === stages.length && inserts.every(({ device }, at) => device === stages[at]?.device);

/** Leads the chain to a preset of it; gain into the limiter and its ceiling stay as they are. */
export function layChain(
  { mastering }: ProjectSnapshot,
  preset: string,
  stages: readonly PresetStage[],
): Patch[] {
  const { inserts } = mastering;
  const named: Patch = { op: 'mastering.set', fields: { preset } };
  const keptOf = (stage: PresetStage): PresetStage => {
    const before = inserts.find(({ device }) => device === stage.device);
    const kept = Object.entries(before?.params ?? {}).filter(([param]) => isOfTheTarget(stage.device, param));
    return { ...stage, params: { ...stage.params, ...Object.fromEntries(kept) } };
  };
  const wanted = stages.map(keptOf);
  if (!sameDevices(inserts, wanted)) {
    const gone = inserts.map(
      ({ id: insertId }): Patch => ({ op: 'insert.remove', ownerId: masteringId, insertId }),
    );
    const added = wanted.map((stage, index): Patch => {
      const insert = { ...insertOf(stage), preset: stage.preset };
      return { op: 'insert.add', ownerId: masteringId, insert, index };
    });
    return [...gone, ...added, named];
  }
  const changed = wanted.flatMap((stage, at): Patch[] => {
    const { id: insertId, params } = inserts[at] as Insert;
    const values = Object.entries(stage.params).filter(([param, value]) => params[param] !== value);
    return [
      {
        op: 'insert.set',
        ownerId: masteringId,
        insertId,
        fields: { on: stage.on, preset: stage.preset },
      },
      ...values.map(
        ([param, value]): Patch => ({
          op: 'insert.param',
          ownerId: masteringId,
          insertId,
          param,
          value,
        }),
      ),
    ];
  });
  return [...changed, named];
}

/** Whether the chain is as a preset laid it, but for what a target sets. */
export const isAsLaid = ({ mastering: { inserts } }: ProjectSnapshot, stages: readonly Stage[]): boolean =>
  sameDevices(inserts, stages) &&
  stages.every(({ device, on, params }, at) => {
    const insert = inserts[at] as Insert;
    const same = ([param, value]: [string, number]) =>
      isOfTheTarget(device, param) || Math.abs((insert.params[param] ?? value) - value) < 1e-6;
    return insert.on === on && Object.entries(params).every(same);
  });

/** The chain as it stands, to be kept as a preset. */
export const presetStagesOf = ({ mastering }: ProjectSnapshot): PresetStage[] =>
  mastering.inserts.map(({ device, on, params, preset }) => ({ device, on, params, preset }));
