import { createSignal } from 'solid-js';
import type { Studio } from '../../bridge/studioTypes';
import { newId } from '../../model/ids';
import { stripRanges } from '../../model/params';
import { freshInsert } from '../../model/strip';
import {
  type DeviceId,
  type Id,
  type Insert,
  type Patch,
  type ProjectSnapshot,
  type StripParamId,
  type StripSection,
  stripSections,
} from '../../model/types';
import {
  type DeviceOutline,
  deviceAt,
  findOwner,
  insertOwner,
  outlineOf,
  type PlacedDevice,
  sectionIsThere,
} from './chain';
import type { ParamValues } from './deviceGraph';
import { cutParams, defaultsOf, deviceInfo, isInsertable } from './deviceTable';

type Ref = Pick<DeviceOutline, 'ownerId' | 'place' | 'deviceId' | 'key'>;

const nameOf = (deviceId: string): string => deviceInfo(deviceId)?.name ?? deviceId;
const isSection = (deviceId: string): deviceId is StripSection =>
  (stripSections as readonly string[]).includes(deviceId);

/** What sets values of a device, by the ids of its own table; a section leaves those out that only the insert has. */
export function valuePatches({ ownerId, place }: Ref, values: ParamValues): Patch[] {
  return Object.entries(values).flatMap(([param, value]): Patch[] => {
    if (place.kind === 'insert')
      return [{ op: 'insert.param', ownerId, insertId: place.insertId, param, value }];
    const id = (param.startsWith('cut.') ? param : `${place.section}.${param}`) as StripParamId;
    return stripRanges.has(id) ? [{ op: 'track.param', trackId: ownerId, param: id, value }] : [];
  });
}

function presetNamePatch(project: ProjectSnapshot, { ownerId, place }: Ref, preset: string): Patch[] {
  if (place.kind === 'insert')
    return [{ op: 'insert.set', ownerId, insertId: place.insertId, fields: { preset } }];
  const track = findOwner(project, ownerId);
  if (!track) return [];
  const sectionPresets = { ...track.sectionPresets, [place.section]: preset };
  return [{ op: 'track.set', trackId: ownerId, fields: { sectionPresets } }];
}

/** A preset sets every value of the device: those that it does not name go to their defaults. */
export function presetPatches(
  studio: Studio,
  device: PlacedDevice,
  name: string,
  values: ParamValues,
): Patch[] {
  const wanted: Record<string, number> = { ...defaultsOf(device.deviceId), ...values };
  delete wanted.on;
  if (device.deviceId === 'eq' && device.place.kind === 'section')
    for (const { id, default: rest } of cutParams) wanted[id] = values[id] ?? rest;
  const changed = Object.entries(wanted).filter(
    ([id, value]) => id in device.params && device.params[id] !== value,
  );
  return [
    ...valuePatches(device, Object.fromEntries(changed)),
    ...presetNamePatch(studio.project(), device, name),
  ];
}

export function choosePreset(studio: Studio, device: PlacedDevice, name: string, values: ParamValues): void {
  studio.doc.commit(`${nameOf(device.deviceId)}: ${name}`, presetPatches(studio, device, name, values));
}

export const previewPreset = (studio: Studio, device: PlacedDevice, values: ParamValues): void =>
  studio.doc.preview(presetPatches(studio, device, device.preset, values));

function powerPatches({ ownerId, place }: Ref, on: boolean): Patch[] {
  return place.kind === 'insert'
    ? [{ op: 'insert.set', ownerId, insertId: place.insertId, fields: { on } }]
    : [{ op: 'track.param', trackId: ownerId, param: `${place.section}.on`, value: on ? 1 : 0 }];
}

export function setPower(studio: Studio, device: DeviceOutline, on: boolean): void {
  const label = `${on ? 'Switch on' : 'Bypass'} ${nameOf(device.deviceId)}`;
  // A section at its defaults keeps its place while it is bypassed by having a name.
  const named = !on && deviceAt(studio.project(), device.ownerId, device.key)?.preset === '';
  studio.doc.commit(label, [
    ...powerPatches(device, on),
    ...(named && device.place.kind === 'section' ? presetNamePatch(studio.project(), device, 'Own') : []),
  ]);
}

/** The whole chain on or off. */
export function setChainPower(studio: Studio, ownerId: Id, on: boolean): void {
  const chain = outlineOf(studio.project(), ownerId).filter((device) => device.on !== on);
  studio.doc.commit(on ? 'Switch the chain on' : 'Bypass the chain', [
    ...chain.flatMap((device) => powerPatches(device, on)),
    ...standBy(studio, ownerId, chain),
  ]);
}

/** Names the sections that would lose their place in the chain by being switched off. */
function standBy(studio: Studio, ownerId: Id, chain: readonly DeviceOutline[]): Patch[] {
  const track = findOwner(studio.project(), ownerId);
  if (!track) return [];
  const names = { ...track.sectionPresets };
  for (const { place } of chain)
    if (place.kind === 'section' && names[place.section] === '') names[place.section] = 'Own';
  return [{ op: 'track.set', trackId: ownerId, fields: { sectionPresets: names } }];
}

export function setLevelMatched(
  studio: Studio,
  devices: readonly PlacedDevice[],
  levelMatched: boolean,
): void {
  const patches = devices.flatMap(({ ownerId, place }): Patch[] =>
    place.kind === 'insert'
      ? [{ op: 'insert.set', ownerId, insertId: place.insertId, fields: { levelMatched } }]
      : [],
  );
  if (patches.length > 0) studio.doc.commit('Level-matched bypass', patches);
}

export function setKey(studio: Studio, { ownerId, place, deviceId }: Ref, keyId: Id | null): void {
  const label = `${nameOf(deviceId)} side-chain`;
  if (place.kind === 'insert')
    studio.doc.commit(label, [{ op: 'insert.set', ownerId, insertId: place.insertId, fields: { keyId } }]);
  else if (place.section !== 'eq')
    studio.doc.commit(label, [
      {
        op: 'track.set',
        trackId: ownerId,
        fields: place.section === 'gate' ? { gateKeyId: keyId } : { compressorKeyId: keyId },
      },
    ]);
}

export interface Addition {
  readonly patches: readonly Patch[];
  /** Key of the new device in the chain. */
  readonly key: string;
}

/** What adds a device: gate, EQ and compressor are taken from the strip while they are free there. Null: not here. */
export function additionOf(
  project: ProjectSnapshot,
  ownerId: Id,
  deviceId: string,
  index: number,
  values: ParamValues,
  preset: string,
): Addition | null {
  const track = findOwner(project, ownerId);
  if (track && isSection(deviceId) && !sectionIsThere(track, deviceId)) {
    const ref: Ref = { ownerId, deviceId, key: deviceId, place: { kind: 'section', section: deviceId } };
    return {
      key: deviceId,
      patches: [
        ...valuePatches(ref, { ...values, on: 1 }),
        ...presetNamePatch(project, ref, preset || 'Own'),
      ],
    };
  }
  if (!isInsertable(deviceId)) return null;
  const insert = freshInsert(newId(), deviceId as DeviceId);
  const full: Insert = { ...insert, preset, params: { ...insert.params, ...known(deviceId, values) } };
  return { key: insert.id, patches: [{ op: 'insert.add', ownerId, insert: full, index }] };
}

const known = (deviceId: string, values: ParamValues): Record<string, number> => {
  const ids = new Set(deviceInfo(deviceId)?.params.map(({ id }) => id));
  return Object.fromEntries(Object.entries(values).filter(([id]) => ids.has(id)));
};

export const insertCount = (studio: Studio, ownerId: Id): number =>
  insertOwner(studio.project(), ownerId)?.inserts.length ?? 0;

export function removalOf(project: ProjectSnapshot, device: Ref): Patch[] {
  const { place, ownerId } = device;
  if (place.kind === 'insert') return [{ op: 'insert.remove', ownerId, insertId: place.insertId }];
  const rest = defaultsOf(place.section);
  if (place.section === 'eq') for (const { id, default: value } of cutParams) rest[id] = value;
  const keys = place.section === 'gate' ? { gateKeyId: null } : { compressorKeyId: null };
  return [
    ...valuePatches(device, { ...rest, on: 0 }),
    ...presetNamePatch(project, device, ''),
    ...(place.section === 'eq' ? [] : [{ op: 'track.set' as const, trackId: ownerId, fields: keys }]),
  ];
}

export function removeDevice(studio: Studio, device: DeviceOutline): void {
  studio.doc.commit(`Remove ${nameOf(device.deviceId)}`, removalOf(studio.project(), device));
}

export function removeDevices(studio: Studio, ownerId: Id, devices: readonly DeviceOutline[]): void {
  let names = findOwner(studio.project(), ownerId)?.sectionPresets;
  const patches = devices.flatMap((device) => removalOf(studio.project(), device));
  const merged = patches.map((patch): Patch => {
    if (patch.op !== 'track.set' || !patch.fields.sectionPresets || !names) return patch;
    const removed = stripSections.filter((section) => patch.fields.sectionPresets?.[section] === '');
    names = { ...names, ...Object.fromEntries(removed.map((section) => [section, ''])) };
    return { ...patch, fields: { ...patch.fields, sectionPresets: names } };
  });
  if (merged.length > 0) studio.doc.commit('Remove all devices', merged);
}

/** `index` counts the inserts of the target; a section that is dragged becomes an insert there. */
export function moveDevice(
  studio: Studio,
  device: DeviceOutline,
  to: { readonly ownerId: Id; readonly index: number },
  copy: boolean,
): void {
  const { ownerId, place, key } = device;
  if (!copy && place.kind === 'insert' && ownerId === to.ownerId) {
    const from = insertIndex(studio, ownerId, key);
    const index = to.index > from ? to.index - 1 : to.index;
    if (index !== from)
      studio.doc.commit(`Move ${nameOf(device.deviceId)}`, [
        { op: 'insert.move', ownerId, insertId: key, index },
      ]);
    return;
  }
  const full = deviceAt(studio.project(), ownerId, key);
  if (!full || !isInsertable(full.deviceId)) return;
  const patches: Patch[] = [
    { op: 'insert.add', ownerId: to.ownerId, insert: asInsert(full), index: to.index },
    ...(copy ? [] : removalOf(studio.project(), device)),
  ];
  studio.doc.commit(`${copy ? 'Copy' : 'Move'} ${nameOf(device.deviceId)}`, patches);
}

const insertIndex = (studio: Studio, ownerId: Id, insertId: Id): number =>
  insertOwner(studio.project(), ownerId)?.inserts.findIndex(({ id }) => id === insertId) ?? -1;

function asInsert(device: PlacedDevice): Insert {
  const insert = freshInsert(newId(), device.deviceId as DeviceId);
  const { on, levelMatched, keyId, preset, impulseId } = device;
  const params = { ...insert.params, ...known(device.deviceId, device.params) };
  if ('on' in params) params.on = 1;
  return { ...insert, params, on, levelMatched, keyId, preset, impulseId };
}

/** Behind the device; a section's copy is the first insert. */
export function duplicateDevice(studio: Studio, device: DeviceOutline): void {
  const at = device.place.kind === 'insert' ? insertIndex(studio, device.ownerId, device.key) + 1 : 0;
  moveDevice(studio, device, { ownerId: device.ownerId, index: at }, true);
}

export interface CopiedDevice {
  readonly deviceId: string;
  readonly values: ParamValues;
  readonly preset: string;
}

const [copied, setCopied] = createSignal<readonly CopiedDevice[]>([]);
/** What Ctrl+C took last from the panels. */
export const copiedDevices = copied;

export function copyDevices(devices: readonly PlacedDevice[]): void {
  setCopied(devices.map(({ deviceId, params, preset }) => ({ deviceId, values: params, preset })));
}

/** Pastes at a place among the inserts, or, where one device of the same kind is under the hand, its values. */
export function pasteDevices(studio: Studio, ownerId: Id, index: number): void {
  addChain(studio, ownerId, index, copied(), 'Paste');
}

export function pasteValues(studio: Studio, device: PlacedDevice): void {
  const from = copied().find(({ deviceId }) => deviceId === device.deviceId);
  if (from) studio.doc.commit('Paste values', presetPatches(studio, device, from.preset, from.values));
}

/** Several devices behind one another, as one step. Returns the key of the first. */
export function addChain(
  studio: Studio,
  ownerId: Id,
  index: number,
  chain: readonly CopiedDevice[],
  label: string,
): string | null {
  const additions = chainAdditions(studio.project(), ownerId, index, chain);
  if (additions.length === 0) return null;
  studio.doc.commit(
    label,
    additions.flatMap(({ patches }) => patches),
  );
  return additions[0]?.key ?? null;
}

export function chainAdditions(
  project: ProjectSnapshot,
  ownerId: Id,
  index: number,
  chain: readonly CopiedDevice[],
): Addition[] {
  const additions: Addition[] = [];
  let at = index;
  const taken = new Set<string>();
  for (const { deviceId, values, preset } of chain) {
    // A second EQ of the same chain finds the strip's taken.
    const asInsertOnly = taken.has(deviceId) && isInsertable(deviceId);
    const addition = asInsertOnly
      ? insertAddition(ownerId, deviceId, at, values, preset)
      : additionOf(project, ownerId, deviceId, at, values, preset);
    if (!addition) continue;
    taken.add(deviceId);
    if (addition.patches.some(({ op }) => op === 'insert.add')) at++;
    additions.push(addition);
  }
  return mergeSectionNames(project, ownerId, additions);
}

function insertAddition(
  ownerId: Id,
  deviceId: string,
  index: number,
  values: ParamValues,
  preset: string,
): Addition {
  const insert = freshInsert(newId(), deviceId as DeviceId);
  const full: Insert = { ...insert, preset, params: { ...insert.params, ...known(deviceId, values) } };
  return { key: insert.id, patches: [{ op: 'insert.add', ownerId, insert: full, index }] };
}

/** Each section's addition names all three presets as they were: the last would undo the others. */
function mergeSectionNames(
  project: ProjectSnapshot,
  ownerId: Id,
  additions: readonly Addition[],
): Addition[] {
  let names = findOwner(project, ownerId)?.sectionPresets;
  return additions.map(({ key, patches }) => ({
    key,
    patches: patches.map((patch): Patch => {
      if (patch.op !== 'track.set' || !patch.fields.sectionPresets || !isSection(key) || !names) return patch;
      names = { ...names, [key]: patch.fields.sectionPresets[key] };
      return { ...patch, fields: { ...patch.fields, sectionPresets: names } };
    }),
  }));
}
