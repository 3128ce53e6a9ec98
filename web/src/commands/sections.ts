import { defaultDeviceParams, defaultStripParams, stripRanges } from '../model/params';
import type { Id, Patch, ProjectSnapshot, StripParamId, StripSection } from '../model/types';
import { findTrack } from './find';
import { findInsert } from './owners';

/** Values by the ids of a device's own table. */
export type DeviceValues = Readonly<Record<string, number>>;

/** What settings belong to: a section of a strip, or an insert. */
export type DevicePlace =
  | { readonly kind: 'section'; readonly trackId: Id; readonly section: StripSection }
  | { readonly kind: 'insert'; readonly ownerId: Id; readonly insertId: Id };

const sectionParam = (section: string, param: string): StripParamId | null => {
  const id = `${section}.${param}` as StripParamId;
  return stripRanges.has(id) ? id : null;
};

/** The section's cuts come with its EQ. */
const prefixesOf = (section: StripSection): string[] => (section === 'eq' ? ['eq', 'cut'] : [section]);

export function setSectionOn(
  project: ProjectSnapshot,
  {
    trackIds,
    section,
    on,
  }: { readonly trackIds: readonly Id[]; readonly section: StripSection; readonly on: boolean },
): Patch[] {
  const param = sectionParam(section, 'on');
  if (!param) return [];
  return trackIds
    .filter((id) => findTrack(project, id))
    .map((trackId) => ({ op: 'track.param', trackId, param, value: on ? 1 : 0 }));
}

/** What a device is set to, to be kept or pasted; null where there is no such device. */
export function copySettings(
  project: ProjectSnapshot,
  place: DevicePlace,
): { readonly device: string; readonly values: DeviceValues } | null {
  if (place.kind === 'insert') {
    const insert = findInsert(project, place.ownerId, place.insertId);
    return insert && { device: insert.device, values: insert.params };
  }
  const track = findTrack(project, place.trackId);
  if (!track) return null;
  const prefix = `${place.section}.`;
  const values = Object.entries(track.params)
    .filter(([id]) => id.startsWith(prefix))
    .map(([id, value]) => [id.slice(prefix.length), value]);
  return { device: place.section, values: Object.fromEntries(values) };
}

/** Puts settings of the same device in, whether they come from a section or an insert; nothing where it is another one. */
export function pasteSettings(
  project: ProjectSnapshot,
  place: DevicePlace,
  settings: { readonly device: string; readonly values: DeviceValues },
): Patch[] {
  const device = deviceAt(project, place);
  return device === settings.device ? setValues(project, place, settings.values) : [];
}

/** A preset says all that matters: what it does not name goes to its default. Switches that turn the device on stay. */
export function applyPreset(
  project: ProjectSnapshot,
  place: DevicePlace,
  { name, values }: { readonly name: string; readonly values: DeviceValues },
): Patch[] {
  const device = deviceAt(project, place);
  if (device === null) return [];
  const { on: _on, ...defaults } = defaultsAt(place, device);
  const patches = setValues(project, place, { ...defaults, ...values });
  if (place.kind === 'insert') {
    const { ownerId, insertId } = place;
    return [...patches, { op: 'insert.set', ownerId, insertId, fields: { preset: name } }];
  }
  const { trackId, section } = place;
  const presets = findTrack(project, trackId)?.sectionPresets;
  if (!presets) return [];
  return [
    ...patches,
    { op: 'track.set', trackId, fields: { sectionPresets: { ...presets, [section]: name } } },
  ];
}

/** Back to the defaults. */
export function resetDevice(project: ProjectSnapshot, place: DevicePlace): Patch[] {
  return applyPreset(project, place, { name: '', values: {} });
}

/** Values of a device by the ids of its own table; those that it does not have are passed over. */
export function setValues(project: ProjectSnapshot, place: DevicePlace, values: DeviceValues): Patch[] {
  if (place.kind === 'insert') {
    const { ownerId, insertId } = place;
    const insert = findInsert(project, ownerId, insertId);
    if (!insert) return [];
    return Object.entries(values)
      .filter(([param]) => Object.hasOwn(insert.params, param))
      .map(([param, value]) => ({ op: 'insert.param', ownerId, insertId, param, value }));
  }
  const { trackId, section } = place;
  if (!findTrack(project, trackId)) return [];
  return Object.entries(values).flatMap(([id, value]): Patch[] => {
    const own = sectionParam(section, id);
    // The cuts of an EQ section have their ids in the strip's table.
    const param = own ?? (section === 'eq' && id.startsWith('cut.') ? (id as StripParamId) : null);
    return param && stripRanges.has(param) ? [{ op: 'track.param', trackId, param, value }] : [];
  });
}

function deviceAt(project: ProjectSnapshot, place: DevicePlace): string | null {
  if (place.kind === 'insert') return findInsert(project, place.ownerId, place.insertId)?.device ?? null;
  return findTrack(project, place.trackId) ? place.section : null;
}

function defaultsAt(place: DevicePlace, device: string): DeviceValues {
  if (place.kind === 'insert') return defaultDeviceParams(device);
  const prefixes = prefixesOf(place.section);
  const own = Object.entries(defaultStripParams).filter(([id]) =>
    prefixes.some((prefix) => id.startsWith(`${prefix}.`)),
  );
  const bare = (id: string): string => (id.startsWith('cut.') ? id : id.slice(place.section.length + 1));
  return Object.fromEntries(own.map(([id, value]) => [bare(id), value]));
}
