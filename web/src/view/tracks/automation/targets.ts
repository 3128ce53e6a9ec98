import { devices, masterParams, type ParamInfo, stripParams } from '../../../generated/devices';
import { laneKey } from '../../../model/automation';
import type { Id, Insert, Lane, ProjectSnapshot, Send } from '../../../model/types';
import { masterId } from '../../../model/types';
import { choiceName, specOf } from '../../devices/paramSpec';
import { panSpec, type ValueSpec, volumeSpec } from '../../kit/valueSpec';

export type LaneParam = Pick<Lane, 'kind' | 'targetId' | 'param'>;

/** A parameter that can have a lane. */
export interface TargetInfo {
  readonly target: LaneParam;
  /** "Volume", "Band 3 gain". */
  readonly name: string;
  /** The device or part that it belongs to; empty for the strip's own. */
  readonly group: string;
  readonly spec: ValueSpec;
  /** A switch or a choice: its lane goes in steps. */
  readonly stepped: boolean;
  /** Where the control stands now. */
  readonly value: number;
}

interface Owner {
  readonly params: Readonly<Record<string, number>>;
  readonly inserts: readonly Insert[];
  readonly sends: readonly Send[];
  readonly lanes: readonly Lane[];
}

export function ownerOf(project: ProjectSnapshot, ownerId: Id): Owner | undefined {
  if (ownerId === masterId) return { ...project.master, sends: [] };
  return project.tracks.find(({ id }) => id === ownerId);
}

/** Not a matter of the song, or of the engine's latency. */
const never = new Set(['solo', 'soloSafe', 'panLaw', 'polarity']);
const sectionNames: Readonly<Record<string, string>> = {
  cut: 'Cuts',
  gate: 'Gate',
  eq: 'EQ',
  compressor: 'Compressor',
};

function paramTarget(
  target: LaneParam,
  param: ParamInfo,
  group: string,
  value: number,
  spec: ValueSpec = specOf(param),
): TargetInfo {
  const band = /band(\d)\./.exec(param.id);
  const own = param.name.length > 1 ? param.name.toLowerCase() : param.name;
  const name = band ? `Band ${band[1]} ${own}` : param.name;
  const stepped = param.kind !== 'continuous';
  const words = param.kind === 'switch' ? ['Off', 'On'] : param.choices.map((choice) => choiceName(choice));
  const shown = stepped ? { ...spec, format: (at: number) => words[Math.round(at)] ?? '' } : spec;
  return { target, name, group, spec: shown, stepped, value };
}

function stripTargets(owner: Owner, table: readonly ParamInfo[]): TargetInfo[] {
  const order = (id: string) => ['volumeDb', 'pan', 'mute'].indexOf(id) >>> 0;
  return table
    .filter(({ id, changesLatency }) => !never.has(id) && changesLatency === 0)
    .map((param) => {
      const section = /^(\w+)\./.exec(param.id)?.[1] ?? '';
      const spec = param.id === 'volumeDb' ? volumeSpec : param.id === 'pan' ? panSpec : undefined;
      const target = { kind: 'strip', targetId: null, param: param.id } as const;
      return paramTarget(target, param, sectionNames[section] ?? '', owner.params[param.id] ?? 0, spec);
    })
    .sort((a, b) => order(a.target.param) - order(b.target.param));
}

function sendTargets(project: ProjectSnapshot, owner: Owner): TargetInfo[] {
  return owner.sends.flatMap((send): TargetInfo[] => {
    const bus = project.tracks.find(({ id }) => id === send.toId)?.name ?? 'bus';
    const common = { group: 'Sends', stepped: false };
    return [
      {
        ...common,
        target: { kind: 'send', targetId: send.id, param: 'gainDb' },
        name: `To ${bus}`,
        spec: volumeSpec,
        value: send.gainDb,
      },
      {
        ...common,
        target: { kind: 'send', targetId: send.id, param: 'pan' },
        name: `To ${bus}, pan`,
        spec: panSpec,
        value: send.pan,
      },
    ];
  });
}

function insertTargets(owner: Owner): TargetInfo[] {
  return owner.inserts.flatMap((insert, place) => {
    const device = devices.find(({ id }) => id === insert.device);
    const group = `${place + 1}. ${device?.name ?? insert.device}`;
    return (device?.params ?? [])
      .filter(({ changesLatency }) => changesLatency === 0)
      .map((param) =>
        paramTarget(
          { kind: 'insert', targetId: insert.id, param: param.id },
          param,
          group,
          insert.params[param.id] ?? param.default,
        ),
      );
  });
}

const cache = new WeakMap<object, { owner: Owner; targets: readonly TargetInfo[] }>();

/** All parameters of a strip that can have a lane, the strip's own first. */
export function targetsOf(project: ProjectSnapshot, ownerId: Id): readonly TargetInfo[] {
  const key = ownerId === masterId ? project.master : project.tracks.find(({ id }) => id === ownerId);
  const owner = ownerOf(project, ownerId);
  if (!key || !owner) return [];
  const known = cache.get(key);
  if (known) return known.targets;
  const targets = [
    ...stripTargets(owner, ownerId === masterId ? masterParams : stripParams),
    ...sendTargets(project, owner),
    ...insertTargets(owner),
  ];
  cache.set(key, { owner, targets });
  return targets;
}

export function findTarget(project: ProjectSnapshot, ownerId: Id, target: LaneParam): TargetInfo | undefined {
  const key = laneKey(target);
  return targetsOf(project, ownerId).find((info) => laneKey(info.target) === key);
}

/** The lane of a parameter, where it has one. */
export function laneOf(project: ProjectSnapshot, ownerId: Id, target: LaneParam): Lane | undefined {
  const key = laneKey(target);
  return ownerOf(project, ownerId)?.lanes.find((lane) => laneKey(lane) === key);
}

/** The element of a lane, where it is shown. */
export const laneElementId = (ownerId: Id, target: LaneParam): string =>
  `lane-${ownerId}-${laneKey(target).replaceAll(' ', '-')}`;

export const volumeTarget: LaneParam = { kind: 'strip', targetId: null, param: 'volumeDb' };
