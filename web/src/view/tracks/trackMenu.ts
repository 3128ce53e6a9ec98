import type { Studio } from '../../bridge/studioTypes';
import { type Id, trackColours } from '../../model/types';
import { chooseAudioFiles } from '../files/AudioFilesInput';
import type { MenuEntries } from '../kit/Menu';
import { setRenamingTrackId } from '../state/layout';
import { addReturn, groupTracks, ungroup } from './busActions';
import { addTrack, colourTracks, deleteTracks, duplicateTracks, withSelection } from './trackActions';

/** What can be done to a track, or to all that are selected when it is one of them. */
export function trackMenuEntries(studio: Studio, trackId: Id): MenuEntries {
  const ids = withSelection(trackId);
  const track = studio.project().tracks.find(({ id }) => id === trackId);
  if (!track) return [];
  return [
    { label: 'Rename', icon: 'pencil', keys: 'F2', run: () => setRenamingTrackId(trackId) },
    {
      kind: 'swatches',
      label: 'Colour',
      options: trackColours,
      value: track.colour,
      choose: (colour) =>
        colourTracks(studio, ids, trackColours.find((known) => known === colour) ?? track.colour),
    },
    { kind: 'line' },
    { label: 'Duplicate', icon: 'copy', keys: 'Ctrl D', run: () => duplicateTracks(studio, ids) },
    { label: 'Add a track below', icon: 'plus', keys: 'Shift T', run: () => addTrack(studio) },
    ...(track.role === 'track'
      ? [
          {
            label: 'Add audio to this track…',
            icon: 'file-music' as const,
            run: () => chooseAudioFiles({ trackId, frame: studio.transport.restFrame() }),
          },
        ]
      : []),
    { kind: 'line' },
    {
      label: ids.length === 1 ? 'Group' : 'Group these tracks',
      icon: 'layers',
      keys: 'Ctrl G',
      disabled: track.role === 'return',
      run: () => groupTracks(studio, ids),
    },
    ...(track.role === 'group'
      ? [
          {
            label: 'Ungroup',
            icon: 'split' as const,
            keys: 'Ctrl Shift G',
            run: () => ungroup(studio, trackId),
          },
        ]
      : []),
    {
      kind: 'submenu',
      label: 'Add a return',
      icon: 'log-in',
      entries: [
        { label: 'With reverb', icon: 'blend', run: () => addReturn(studio, 'reverb') },
        { label: 'With delay', icon: 'repeat', run: () => addReturn(studio, 'delay') },
        { label: 'Empty', icon: 'plus', run: () => addReturn(studio, 'empty') },
      ],
    },
    { kind: 'line' },
    {
      label: ids.length === 1 ? 'Delete' : `Delete ${ids.length} tracks`,
      icon: 'trash',
      keys: 'Del',
      danger: true,
      run: () => deleteTracks(studio, ids),
    },
  ];
}
