import { type Match, matchText } from '../keys/search';
import type { CopiedDevice } from './deviceActions';
import { categories, type DeviceInfo, pickable } from './deviceTable';
import { ownChains } from './ownPresets';
import { chains } from './presets';

export type PickerCategory = 'All' | (typeof categories)[number] | 'Chains';

/** A device, or a chain of some. */
export interface PickerEntry {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** At the right: "Dynamics", "4 devices". */
  readonly note: string;
  readonly category: Exclude<PickerCategory, 'All'>;
  readonly words: string;
  readonly device?: DeviceInfo;
  readonly chain?: readonly CopiedDevice[];
  readonly own?: boolean;
}

export interface FoundEntry {
  readonly entry: PickerEntry;
  readonly match: Match;
}

const deviceEntry = (device: DeviceInfo): PickerEntry => ({
  id: device.id,
  name: device.name,
  description: device.description,
  note: device.category,
  category: device.category,
  words: device.words ?? '',
  device,
});

const chainEntry = (name: string, devices: readonly CopiedDevice[], own: boolean): PickerEntry => {
  const names = devices.map(({ deviceId }) => pickable.find(({ id }) => id === deviceId)?.name ?? deviceId);
  return {
    id: `chain:${own ? 'own' : 'ours'}:${name}`,
    name,
    description: names.join(', '),
    note: devices.length === 1 ? '1 device' : `${devices.length} devices`,
    category: 'Chains',
    words: 'chain',
    chain: devices,
    own,
  };
};

/** Devices first, then chains: ours and this person's. */
export function pickerEntries(): readonly PickerEntry[] {
  return [
    ...pickable.map(deviceEntry),
    ...chains().map(({ name, devices }) => chainEntry(name, devices, false)),
    ...ownChains().map(({ name, devices }) => chainEntry(name, devices, true)),
  ];
}

/** The categories that have something, with how much. */
export function pickerCategories(entries: readonly PickerEntry[]): readonly [PickerCategory, number][] {
  const named = [...categories, 'Chains' as const].map(
    (category) => [category, entries.filter((entry) => entry.category === category).length] as const,
  );
  return [
    ['All', entries.length],
    ...named.filter(([, count]) => count > 0).map(([a, b]): [PickerCategory, number] => [a, b]),
  ];
}

/** Names that begin with the letters first, then other places in the name, then words of the description; chains last. */
export function findEntries(
  entries: readonly PickerEntry[],
  query: string,
  category: PickerCategory,
): readonly FoundEntry[] {
  const text = query.trim().toLowerCase();
  const rank = ({ name, description, chain }: PickerEntry): number => {
    const behind = chain ? 10 : 0;
    if (text === '') return behind;
    const low = name.toLowerCase();
    if (low.startsWith(text)) return behind;
    if (low.includes(text)) return behind + 1;
    return behind + (description.toLowerCase().includes(text) ? 2 : 3);
  };
  return entries
    .flatMap((entry): FoundEntry[] => {
      if (category !== 'All' && entry.category !== category) return [];
      const match = matchText(query, entry.name, `${entry.description} ${entry.words} ${entry.category}`);
      return match ? [{ entry, match }] : [];
    })
    .map((found, place) => ({ found, place, rank: rank(found.entry) }))
    .sort((a, b) => a.rank - b.rank || a.place - b.place)
    .map(({ found }) => found);
}
