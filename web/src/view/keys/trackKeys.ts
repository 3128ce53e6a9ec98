import type { Studio } from '../../bridge/studioTypes';
import { clearMute, clearSolo } from '../../commands/strips';
import { nudgeTracks } from '../../commands/tracks';
import { masterId, masteringId } from '../../model/types';
import { pickDevice } from '../devices/openDevice';
import { setDockOpen, setDockTab, setRenamingTrackId } from '../state/layout';
import { room, setRoom } from '../state/room';
import {
  dockOwnerId,
  leadTrack,
  leadTrackId,
  selectedClipIds,
  selectedTrackIds,
  selectedTracks,
  selectionKind,
  selectMaster,
  selectTrack,
  selectTracks,
} from '../state/selection';
import { toggleBlock, toggleLanes } from '../tracks/automation/shownLanes';
import { addReturn, groupTracks, linkFaders, ungroup } from '../tracks/busActions';
import { addTrack, deleteTracks, duplicateTracks, toggleMute, toggleSolo } from '../tracks/trackActions';
import type { Action } from './actions';

/** One track up or down; with `extend` the selection grows. */
function stepSelection(studio: Studio, by: -1 | 1, extend: boolean): void {
  const order = studio.project().tracks.map((track) => track.id);
  const lead = leadTrackId();
  const at = lead === null ? (by > 0 ? -1 : order.length) : order.indexOf(lead);
  const next = order[Math.min(order.length - 1, Math.max(0, at + by))];
  if (next === undefined) return;
  selectTrack(next, extend ? 'range' : 'only', order);
  // The focus goes along where it is on the list of tracks.
  const focused = document.activeElement?.closest('.track-list');
  focused?.querySelector<HTMLElement>(`[data-track-id="${next}"] .track-name`)?.focus();
}

/** The clip that was selected last, in the dock; else the track, in place. */
function rename(): void {
  if (room() === 'arrange' && selectionKind() === 'clips' && selectedClipIds().size === 1) {
    setDockOpen(true);
    setDockTab('clip');
    document.querySelector<HTMLInputElement>('.clip-name')?.select();
    return;
  }
  if (room() === 'master') setRoom('arrange');
  setRenamingTrackId(leadTrackId());
}

export function trackActions(studio: Studio): Action[] {
  const selected = () => selectedTrackIds();
  const some = () => selected().length > 0;
  const count = () => (selected().length === 1 ? '' : `${selected().length} tracks`);
  return [
    {
      id: 'tracks.mute',
      group: 'Tracks',
      label: 'Mute',
      keys: ['M'],
      icon: 'volume-x',
      enabled: some,
      hint: count,
      run: () => toggleMute(studio, selected()),
    },
    {
      id: 'tracks.solo',
      group: 'Tracks',
      label: 'Solo',
      keys: ['S'],
      icon: 'headphones',
      enabled: some,
      hint: count,
      run: () => toggleSolo(studio, selected()),
    },
    {
      id: 'tracks.soloOnly',
      group: 'Tracks',
      label: 'Solo these alone',
      keys: ['Shift S'],
      icon: 'headphones',
      enabled: some,
      run: () => toggleSolo(studio, selected(), true),
    },
    {
      id: 'tracks.automation',
      group: 'Tracks',
      label: 'Show or hide automation',
      keys: ['A'],
      icon: 'activity',
      enabled: () => some() && room() !== 'master',
      run: () => {
        setRoom('arrange');
        for (const id of selected()) toggleLanes(studio.project(), id);
      },
    },
    {
      id: 'master.automation',
      group: 'Tracks',
      label: 'Show or hide automation of the master',
      icon: 'activity',
      run: () => toggleBlock(studio.project(), masterId),
    },
    {
      id: 'mastering.automation',
      group: 'Tracks',
      label: 'Show or hide automation of the mastering chain',
      icon: 'activity',
      words: 'lanes master',
      enabled: () => studio.project().mastering.inserts.length > 0,
      run: () => toggleBlock(studio.project(), masteringId),
    },
    {
      id: 'tracks.clearSolo',
      group: 'Tracks',
      label: 'Take all solos off',
      icon: 'headphones',
      run: () => studio.doc.commit('Clear solo', clearSolo(studio.project())),
    },
    {
      id: 'tracks.clearMute',
      group: 'Tracks',
      label: 'Take all mutes off',
      icon: 'volume-2',
      run: () => studio.doc.commit('Clear mute', clearMute(studio.project())),
    },
    {
      id: 'tracks.add',
      group: 'Tracks',
      label: 'Add a track',
      keys: ['Shift T'],
      icon: 'plus',
      run: () => addTrack(studio),
    },
    {
      id: 'tracks.duplicate',
      group: 'Tracks',
      label: 'Duplicate the track',
      icon: 'copy',
      enabled: some,
      hint: count,
      run: () => duplicateTracks(studio, selected()),
    },
    {
      id: 'tracks.rename',
      group: 'Tracks',
      label: 'Rename',
      keys: ['F2'],
      icon: 'pencil',
      enabled: some,
      run: rename,
    },
    {
      id: 'tracks.delete',
      group: 'Tracks',
      label: 'Delete the track',
      icon: 'trash',
      enabled: some,
      hint: count,
      run: () => deleteTracks(studio, selected()),
    },
    {
      id: 'tracks.group',
      group: 'Tracks',
      label: 'Group the tracks',
      keys: ['Ctrl G'],
      icon: 'layers',
      words: 'bus subgroup',
      enabled: some,
      hint: count,
      run: () => groupTracks(studio, selected()),
    },
    {
      id: 'tracks.ungroup',
      group: 'Tracks',
      label: 'Ungroup',
      keys: ['Ctrl Shift G'],
      icon: 'split',
      enabled: () => leadTrack(studio.project())?.role === 'group',
      run: () => ungroup(studio, leadTrackId() ?? ''),
    },
    ...(['reverb', 'delay', 'empty'] as const).map(
      (kind): Action => ({
        id: `tracks.return.${kind}`,
        group: 'Tracks',
        label: kind === 'empty' ? 'Add an empty return' : `Add a return with ${kind}`,
        icon: 'log-in',
        words: 'bus send effect aux',
        run: () => addReturn(studio, kind),
      }),
    ),
    {
      id: 'tracks.link',
      group: 'Tracks',
      label: 'Link faders',
      icon: 'link',
      enabled: () => selected().length > 1,
      hint: count,
      run: () => linkFaders(studio, selected(), true),
    },
    {
      id: 'tracks.unlink',
      group: 'Tracks',
      label: 'Unlink faders',
      icon: 'split',
      enabled: () => selectedTracks(studio.project()).some(({ linkId }) => linkId !== null),
      run: () => linkFaders(studio, selected(), false),
    },
    {
      id: 'devices.add',
      group: 'Tracks',
      label: 'Add a device…',
      keys: ['Shift D'],
      icon: 'plus',
      words: 'insert effect plugin eq compressor reverb delay gate',
      enabled: () => dockOwnerId() !== null,
      run: () => {
        const ownerId = dockOwnerId();
        if (ownerId !== null) pickDevice(studio, ownerId);
      },
    },
    {
      id: 'devices.master',
      group: 'Tracks',
      label: 'Select the master',
      icon: 'audio-lines',
      run: selectMaster,
    },
    {
      id: 'tracks.up',
      group: 'Tracks',
      label: 'Select the track above',
      keys: ['↑'],
      repeats: true,
      keysOnly: true,
      run: () => stepSelection(studio, -1, false),
    },
    {
      id: 'tracks.down',
      group: 'Tracks',
      label: 'Select the track below',
      keys: ['↓'],
      repeats: true,
      keysOnly: true,
      run: () => stepSelection(studio, 1, false),
    },
    {
      id: 'tracks.extendUp',
      group: 'Tracks',
      label: 'Extend the selection up',
      keys: ['Shift ↑'],
      repeats: true,
      keysOnly: true,
      run: () => stepSelection(studio, -1, true),
    },
    {
      id: 'tracks.extendDown',
      group: 'Tracks',
      label: 'Extend the selection down',
      keys: ['Shift ↓'],
      repeats: true,
      keysOnly: true,
      run: () => stepSelection(studio, 1, true),
    },
    {
      id: 'tracks.moveUp',
      group: 'Tracks',
      label: 'Move the track up',
      keys: ['Alt ↑'],
      icon: 'arrow-up',
      repeats: true,
      enabled: some,
      run: () =>
        studio.doc.commit('Move track', nudgeTracks(studio.project(), { trackIds: selected(), by: -1 })),
    },
    {
      id: 'tracks.moveDown',
      group: 'Tracks',
      label: 'Move the track down',
      keys: ['Alt ↓'],
      icon: 'arrow-down',
      repeats: true,
      enabled: some,
      run: () =>
        studio.doc.commit('Move track', nudgeTracks(studio.project(), { trackIds: selected(), by: 1 })),
    },
  ];
}

/** Each track as a place to go to. */
export function trackPlaces(studio: Studio): Action[] {
  return studio.project().tracks.map((track, index) => ({
    id: `track.${track.id}`,
    group: 'Tracks',
    label: track.name,
    icon: 'audio-lines',
    hint: () => `track ${index + 1}`,
    run: () => selectTracks([track.id]),
  }));
}
