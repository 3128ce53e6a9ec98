import {
  type Id,
  masterId,
  masteringId,
  type ProjectSnapshot,
  type StripSection,
  stripSections,
  type Track,
} from '../../model/types';
import type { DevicePlace, ParamValues } from './deviceGraph';
import { cutParams, deviceInfo } from './deviceTable';

/** One device of a chain, without its values: enough for a slot. */
export interface DeviceOutline {
  /** The section's name, or the insert's id: unique within its owner. */
  readonly key: string;
  readonly ownerId: Id;
  readonly place: DevicePlace;
  readonly deviceId: string;
  readonly on: boolean;
  /** Place of its gain reduction among the levels of the strip; null where the engine tells none. */
  readonly reductionField: string | null;
}

export interface PlacedDevice extends DeviceOutline {
  /** By the ids of the device's own table; the EQ of a strip has the cuts too. */
  readonly params: ParamValues;
  readonly levelMatched: boolean;
  readonly keyId: Id | null;
  /** The name of the preset chosen last; empty without one. */
  readonly preset: string;
  readonly impulseId: string | null;
}

const mostReductionFields = 6;

export const findOwner = (project: ProjectSnapshot, ownerId: Id): Track | undefined =>
  project.tracks.find((track) => track.id === ownerId);

/** What holds an owner's inserts: a track, the master or the mastering chain. */
export function insertOwner(
  project: ProjectSnapshot,
  ownerId: Id,
): Pick<Track, 'inserts' | 'lanes' | 'automationMode'> | undefined {
  if (ownerId === masterId) return project.master;
  if (ownerId !== masteringId) return findOwner(project, ownerId);
  const { inserts, lanes } = project.mastering;
  return { inserts, lanes, automationMode: 'read' };
}

const insertsOf = (owner: Pick<Track, 'inserts'>, ownerId: Id): DeviceOutline[] =>
  owner.inserts.map((insert, index) => ({
    key: insert.id,
    ownerId,
    place: { kind: 'insert', insertId: insert.id },
    deviceId: insert.device,
    on: insert.on,
    reductionField:
      index < mostReductionFields && ownerId !== masteringId ? `insert${index + 1}ReductionDb` : null,
  }));

const cutsOn = (track: Track): boolean =>
  track.params['cut.lowCutOn'] !== 0 || track.params['cut.highCutOn'] !== 0;

/** Ids that only the insert's table has are none of the strip's. */
const touched = (track: Track, section: StripSection): boolean => {
  const own = track.params as ParamValues;
  return (deviceInfo(section)?.params ?? []).some(({ id, default: rest }) => {
    const value = own[`${section}.${id}`];
    return id !== 'on' && value !== undefined && value !== rest;
  });
};

export const sectionIsOn = (track: Track, section: StripSection): boolean =>
  track.params[`${section}.on`] !== 0 || (section === 'eq' && cutsOn(track));

/** Whether a section has its place in the chain: it is on, or it was set to something and stands by. */
export const sectionIsThere = (track: Track, section: StripSection): boolean =>
  sectionIsOn(track, section) || track.sectionPresets[section] !== '' || touched(track, section);

/** The devices of a strip in the order of the sound: its sections that are there, then its inserts. */
export function outlineOf(project: ProjectSnapshot, ownerId: Id): readonly DeviceOutline[] {
  if (ownerId === masterId) return insertsOf(project.master, masterId);
  if (ownerId === masteringId) return insertsOf(project.mastering, masteringId);
  const track = findOwner(project, ownerId);
  return track ? outlineOfTrack(track) : [];
}

export function outlineOfTrack(track: Track): readonly DeviceOutline[] {
  const sections = stripSections
    .filter((section) => sectionIsThere(track, section))
    .map(
      (section): DeviceOutline => ({
        key: section,
        ownerId: track.id,
        place: { kind: 'section', section },
        deviceId: section,
        on: sectionIsOn(track, section),
        reductionField: section === 'eq' ? null : `${section}ReductionDb`,
      }),
    );
  return [...sections, ...insertsOf(track, track.id)];
}

function sectionValues(track: Track, section: StripSection): ParamValues {
  const all = track.params as ParamValues;
  const own = (deviceInfo(section)?.params ?? [])
    .filter(({ id }) => `${section}.${id}` in all)
    .map(({ id }) => [id, all[`${section}.${id}`] ?? 0]);
  const cuts = section === 'eq' ? cutParams.map(({ id }) => [id, all[id] ?? 0]) : [];
  return Object.fromEntries([...own, ...cuts]);
}

/** A device with its values; undefined once it is gone. */
export function deviceAt(project: ProjectSnapshot, ownerId: Id, key: string): PlacedDevice | undefined {
  const outline = outlineOf(project, ownerId).find((device) => device.key === key);
  if (!outline) return undefined;
  if (outline.place.kind === 'section') {
    const track = findOwner(project, ownerId);
    if (!track) return undefined;
    const { section } = outline.place;
    return {
      ...outline,
      params: sectionValues(track, section),
      levelMatched: false,
      keyId: section === 'gate' ? track.gateKeyId : section === 'compressor' ? track.compressorKeyId : null,
      preset: track.sectionPresets[section],
      impulseId: null,
    };
  }
  const insert = insertOwner(project, ownerId)?.inserts.find(({ id }) => id === key);
  if (!insert) return undefined;
  const { params, levelMatched, keyId, preset, impulseId } = insert;
  return { ...outline, params, levelMatched, keyId, preset, impulseId };
}

/** Devices that can take another track's sound as their key. */
export const takesKey = (deviceId: string): boolean =>
  (deviceInfo(deviceId)?.params ?? []).some(({ id }) => id.startsWith('key')) ||
  ['gate', 'compressor', 'deesser'].includes(deviceId);

export function ownerName(project: ProjectSnapshot, ownerId: Id): string {
  if (ownerId === masterId) return 'Master';
  return ownerId === masteringId ? 'Mastering' : (findOwner(project, ownerId)?.name ?? '');
}

/** "EQ", and "EQ 2" for the second of its kind. */
export function labelIn(chain: readonly DeviceOutline[], key: string): string {
  const device = chain.find((each) => each.key === key);
  if (!device) return '';
  const same = chain.filter(({ deviceId }) => deviceId === device.deviceId);
  const name = deviceInfo(device.deviceId)?.name ?? device.deviceId;
  const number = same.findIndex((each) => each.key === key) + 1;
  return number > 1 ? `${name} ${number}` : name;
}
