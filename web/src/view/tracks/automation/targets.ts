import { findOwner, type Owner } from '../../../commands/owners';
import { devices, masterParams, type ParamInfo, stripParams } from '../../../generated/devices';
import { laneKey } from '../../../model/automation';
import type { Id, Lane, ProjectSnapshot } from '../../../model/types';
import { masterId, masteringId } from '../../../model/types';
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

/** The mastering chain has nothing but its devices. */
function stripTargets(owner: Owner): TargetInfo[] {
  if (!('params' in owner)) return [];
  const params: Readonly<Record<string, number>> = owner.params;
  const table: readonly ParamInfo[] = owner.id === masterId ? masterParams : stripParams;
  const order = (id: string) => ['volumeDb', 'pan', 'mute'].indexOf(id) >>> 0;
  return table
    .filter(({ id, changesLatency }) => !never.has(id) && changesLatency === 0)
    .map((param) => {
      const section = /^(\w+)\./.exec(param.id)?.[1] ?? '';
      const spec = param.id === 'volumeDb' ? volumeSpec : param.id === 'pan' ? panSpec : undefined;
      const target = { kind: 'strip', targetId: null, param: param.id } as const;
      return paramTarget(target, param, sectionNames[section] ?? '', params[param.id] ?? 0, spec);
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

const cache = new WeakMap<object, readonly TargetInfo[]>();

function cacheKey({ master, mastering, tracks }: ProjectSnapshot, ownerId: Id): object | undefined {
  if (ownerId === masterId) return master;
  return ownerId === masteringId ? mastering : tracks.find(({ id }) => id === ownerId);
}

/** All parameters of a strip or a chain that can have a lane, the strip's own first. */
export function targetsOf(project: ProjectSnapshot, ownerId: Id): readonly TargetInfo[] {
  const key = cacheKey(project, ownerId);
  const owner = findOwner(project, ownerId);
  if (!key || !owner) return [];
  const known = cache.get(key);
  if (known) return known;
  const targets = [...stripTargets(owner), ...sendTargets(project, owner), ...insertTargets(owner)];
  cache.set(key, targets);
  return targets;
}

export function findTarget(project: ProjectSnapshot, ownerId: Id, target: LaneParam): TargetInfo | undefined {
  const key = laneKey(target);
  return targetsOf(project, ownerId).find((info) => laneKey(info.target) === key);
}

export const bandName = /^(Band \d) (.+)$/;

/** "Volume", "Limiter: Gain"; a band of the strip's own EQ needs no more words. */
export function fullName({ target, group, name }: Pick<TargetInfo, 'target' | 'group' | 'name'>): string {
  const alone = group === '' || (target.kind === 'strip' && bandName.test(name));
  return alone ? name : `${group.replace(/^\d+\. /, '')}: ${name}`;
}

/** The lane of a parameter, where it has one. */
export function laneOf(project: ProjectSnapshot, ownerId: Id, target: LaneParam): Lane | undefined {
  const key = laneKey(target);
  return findOwner(project, ownerId)?.lanes.find((lane) => laneKey(lane) === key);
}

/** Why a lane of this parameter is not heard where lanes are drawn; null where it is. */
export function whyUnheard(project: ProjectSnapshot, ownerId: Id, target: LaneParam): string | null {
  const owner = findOwner(project, ownerId);
  if (!owner || owner.automationMode === 'off') return 'Automation is off';
  if (ownerId === masteringId && !project.mastering.on) return 'The chain is heard in the Master room alone';
  const insert = target.kind === 'insert' && owner.inserts.find(({ id }) => id === target.targetId);
  return insert && !insert.on ? 'The device is bypassed' : null;
}

/** The element of a lane, where it is shown. */
export const laneElementId = (ownerId: Id, target: LaneParam): string =>
  `lane-${ownerId}-${laneKey(target).replaceAll(' ', '-')}`;

export const volumeTarget: LaneParam = { kind: 'strip', targetId: null, param: 'volumeDb' };

/** The lane that is shown where none is there: the volume, or what makes the loudness of a chain. */
export function firstTarget(project: ProjectSnapshot, ownerId: Id): LaneParam | undefined {
  if (ownerId !== masteringId) return volumeTarget;
  const targets = targetsOf(project, ownerId).map(({ target }) => target);
  return targets.findLast(({ param }) => param === 'inputGainDb') ?? targets[0];
}
