import type { Studio } from '../../bridge/studioTypes';
import { type Id, masterId, masteringId, type Patch } from '../../model/types';
import { outlineOf } from '../devices/chain';
import { copiedDevices, insertCount, pasteDevices } from '../devices/deviceActions';
import { openDevice, setPickerPlace } from '../devices/openDevice';
import type { MenuEntries, MenuEntry } from '../kit/Menu';
import { type BlockId, isBlockSeen, toggleBlock } from '../tracks/automation/shownLanes';
import { groupTracks, linkFaders } from '../tracks/busActions';
import { automationEntries } from './AutomationLine';
import { busesOf, outputName, outputRefusal } from './routing';

function setOutput(studio: Studio, trackIds: readonly Id[], outputId: Id | null, name: string): void {
  studio.doc.commit(
    `Output to ${name}`,
    trackIds.map((trackId): Patch => ({ op: 'track.set', trackId, fields: { outputId } })),
  );
}

/** Where the tracks may play into: the master, any bus that makes no loop, a new group. */
export function outputEntries(studio: Studio, trackIds: readonly Id[]): MenuEntries {
  const project = studio.project();
  const first = project.tracks.find(({ id }) => id === trackIds[0]);
  const refusalOf = (busId: Id) =>
    trackIds.map((id) => outputRefusal(project, id, busId)).find((reason) => reason !== null) ?? null;
  return [
    {
      label: 'Master',
      checked: first?.outputId === null,
      run: () => setOutput(studio, trackIds, null, 'Master'),
    },
    ...busesOf(project).map((bus): MenuEntry => {
      const reason = refusalOf(bus.id);
      return {
        label: bus.name,
        checked: first?.outputId === bus.id,
        disabled: reason !== null,
        note: reason ?? undefined,
        run: () => setOutput(studio, trackIds, bus.id, bus.name),
      };
    }),
    { kind: 'line' },
    { label: 'New group', icon: 'plus', run: () => groupTracks(studio, trackIds) },
  ];
}

/** Faders of the selected tracks move together, as far apart as they are. */
export function linkEntries(studio: Studio, trackIds: readonly Id[]): MenuEntries {
  const tracks = studio.project().tracks.filter(({ id }) => trackIds.includes(id));
  const entries: MenuEntry[] = [];
  if (tracks.length > 1)
    entries.push({
      label: 'Link faders',
      icon: 'link',
      run: () => linkFaders(studio, trackIds, true),
    });
  if (tracks.some(({ linkId }) => linkId !== null))
    entries.push({
      label: 'Unlink faders',
      icon: 'split',
      run: () => linkFaders(studio, trackIds, false),
    });
  return entries;
}

/** What a strip routes to, of a track or of several. */
export function routingEntries(studio: Studio, trackIds: readonly Id[]): MenuEntries {
  const track = studio.project().tracks.find(({ id }) => id === trackIds[0]);
  if (!track) return [];
  return [
    {
      kind: 'submenu',
      label: `Output: ${outputName(studio.project(), track)}`,
      icon: 'arrow-right',
      entries: outputEntries(studio, trackIds),
    },
    {
      kind: 'submenu',
      label: 'Automation',
      icon: 'activity',
      entries: automationEntries(studio, trackIds, track.automationMode),
    },
    ...linkEntries(studio, trackIds),
  ];
}

/** Devices of a strip from its menu. */
export function chainEntries(studio: Studio, ownerId: Id, at: DOMRect): MenuEntries {
  const index = insertCount(studio, ownerId);
  const first = outlineOf(studio.project(), ownerId)[0];
  return [
    {
      label: 'Add a device…',
      icon: 'plus',
      run: () => setPickerPlace({ ownerId, index, anchor: at }),
    },
    ...(copiedDevices().length === 0
      ? []
      : [{ label: 'Paste devices', icon: 'copy' as const, run: () => pasteDevices(studio, ownerId, index) }]),
    ...(first
      ? [
          {
            label: 'Show its devices',
            icon: 'panel-bottom' as const,
            run: () => openDevice(ownerId, first.key),
          },
        ]
      : []),
  ];
}

const middle = (): DOMRect => new DOMRect(window.innerWidth / 2 - 240, window.innerHeight / 3, 0, 0);

/** Unfolds lanes below the tracks, or folds them away; a dot says that there are some. */
export function blockEntry(studio: Studio, blockId: BlockId, whose: string): MenuEntry {
  const { lanes, inserts } = studio.project()[blockId];
  return {
    label: `${isBlockSeen(studio.project(), blockId) ? 'Hide' : 'Show'} ${whose}`,
    disabled: blockId === masteringId && inserts.length === 0,
    ...(lanes.some(({ points }) => points.length > 0) ? { note: '●' } : {}),
    run: () => toggleBlock(studio.project(), blockId),
  };
}

export function masterMenuEntries(studio: Studio): MenuEntries {
  return [
    ...chainEntries(studio, masterId, middle()),
    { kind: 'line' },
    {
      kind: 'submenu',
      label: 'Automation',
      icon: 'activity',
      entries: automationEntries(studio, [masterId], studio.project().master.automationMode),
    },
    blockEntry(studio, masterId, 'its automation'),
    blockEntry(studio, masteringId, 'automation of the mastering chain'),
    { label: 'Reset peak', icon: 'rotate-ccw', run: () => studio.meters.resetPeaks(masterId) },
  ];
}
