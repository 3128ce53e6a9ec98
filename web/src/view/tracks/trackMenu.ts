import type { Studio } from '../../bridge/studioTypes';
import { type Id, trackColours } from '../../model/types';
import { chooseAudioFiles } from '../files/AudioFilesInput';
import type { MenuEntries } from '../kit/Menu';
import { setRenamingTrackId } from '../state/layout';
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
    {
      label: 'Add audio to this track…',
      icon: 'file-music',
      run: () => chooseAudioFiles({ trackId, frame: studio.transport.restFrame() }),
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
