import type { Studio } from '../../bridge/studioTypes';
import { finishGesture } from '../kit/gesture';
import { room } from '../state/room';
import {
  clearClips,
  selectedClipIds,
  selectedTrackIds,
  selectionKind,
  selectTracks,
} from '../state/selection';
import {
  canPaste,
  copyClips,
  cutClips,
  deleteClips,
  duplicateClips,
  fadeToPlayhead,
  moveClipsToTrack,
  nudgeClips,
  pasteClips,
  removeFades,
  resetClipGain,
  selectAllClips,
  shortFades,
  splitAtPlayhead,
  stepClipGain,
} from '../tracks/clipActions';
import { deleteTracks, duplicateTracks } from '../tracks/trackActions';
import type { Action } from './actions';

const clipsInHand = () => selectedClipIds().size > 0;
const clipCount = () => (selectedClipIds().size === 1 ? '1 clip' : `${selectedClipIds().size} clips`);
/** Delete and duplicate act on clips when clips were selected last, in the room that shows them. */
const actsOnClips = () => room() === 'arrange' && selectionKind() === 'clips' && clipsInHand();

export function editActions(studio: Studio): Action[] {
  return [
    {
      id: 'edit.undo',
      group: 'Editing',
      label: 'Undo',
      keys: ['Ctrl Z'],
      icon: 'undo-2',
      repeats: true,
      hint: () => studio.doc.undoLabel ?? '',
      run: () => {
        finishGesture();
        studio.doc.undo();
      },
    },
    {
      id: 'edit.redo',
      group: 'Editing',
      label: 'Redo',
      keys: ['Ctrl Shift Z', 'Ctrl Y'],
      icon: 'redo-2',
      repeats: true,
      hint: () => studio.doc.redoLabel ?? '',
      run: () => {
        finishGesture();
        studio.doc.redo();
      },
    },
    {
      id: 'edit.delete',
      group: 'Editing',
      label: 'Delete',
      keys: ['Del'],
      icon: 'trash',
      enabled: () => actsOnClips() || selectedTrackIds().length > 0,
      hint: () => (actsOnClips() ? clipCount() : ''),
      run: () => (actsOnClips() ? deleteClips(studio) : deleteTracks(studio, selectedTrackIds())),
    },
    {
      id: 'edit.deleteRipple',
      group: 'Editing',
      label: 'Delete, close the gap',
      keys: ['Shift Del'],
      icon: 'trash',
      enabled: actsOnClips,
      hint: clipCount,
      run: () => deleteClips(studio, true),
    },
    {
      id: 'edit.duplicate',
      group: 'Editing',
      label: 'Duplicate',
      keys: ['Ctrl D'],
      icon: 'copy',
      enabled: () => actsOnClips() || selectedTrackIds().length > 0,
      hint: () => (actsOnClips() ? clipCount() : ''),
      run: () => (actsOnClips() ? duplicateClips(studio) : duplicateTracks(studio, selectedTrackIds())),
    },
    {
      id: 'edit.cut',
      group: 'Editing',
      label: 'Cut',
      keys: ['Ctrl X'],
      icon: 'scissors',
      enabled: clipsInHand,
      hint: clipCount,
      run: () => cutClips(studio),
    },
    {
      id: 'edit.copy',
      group: 'Editing',
      label: 'Copy',
      keys: ['Ctrl C'],
      icon: 'copy',
      enabled: clipsInHand,
      hint: clipCount,
      run: () => copyClips(studio),
    },
    {
      id: 'edit.paste',
      group: 'Editing',
      label: 'Paste at the playhead',
      browserKey: 'Ctrl V',
      icon: 'copy',
      enabled: canPaste,
      run: () => pasteClips(studio),
    },
    {
      id: 'edit.selectAll',
      group: 'Editing',
      label: 'Select all',
      keys: ['Ctrl A'],
      run: () =>
        room() === 'arrange'
          ? selectAllClips(studio)
          : selectTracks(studio.project().tracks.map((track) => track.id)),
    },
    {
      id: 'edit.selectNone',
      group: 'Editing',
      label: 'Select no clip',
      keys: ['Esc'],
      enabled: clipsInHand,
      run: clearClips,
    },
  ];
}

export function clipActions(studio: Studio): Action[] {
  const enabled = clipsInHand;
  const nudge = (label: string, key: string, direction: -1 | 1, fine: boolean): Action => ({
    id: `clips.nudge${direction}${fine ? 'fine' : ''}`,
    group: 'Clips',
    label,
    keys: [key],
    repeats: true,
    enabled,
    run: () => nudgeClips(studio, direction, fine),
  });
  return [
    {
      id: 'clips.split',
      group: 'Clips',
      label: 'Split at the playhead',
      keys: ['X'],
      icon: 'scissors',
      run: () => splitAtPlayhead(studio),
    },
    nudge('Nudge left', '←', -1, false),
    nudge('Nudge right', '→', 1, false),
    nudge('Nudge left by 1 ms', 'Shift ←', -1, true),
    nudge('Nudge right by 1 ms', 'Shift →', 1, true),
    {
      id: 'clips.up',
      group: 'Clips',
      label: 'Move clips to the track above',
      keys: ['Ctrl ↑'],
      enabled,
      run: () => moveClipsToTrack(studio, -1),
    },
    {
      id: 'clips.down',
      group: 'Clips',
      label: 'Move clips to the track below',
      keys: ['Ctrl ↓'],
      enabled,
      run: () => moveClipsToTrack(studio, 1),
    },
    {
      id: 'clips.louder',
      group: 'Clips',
      label: 'Clip gain up 0.5 dB',
      keys: ['Alt +'],
      repeats: true,
      enabled,
      run: () => stepClipGain(studio, 0.5),
    },
    {
      id: 'clips.softer',
      group: 'Clips',
      label: 'Clip gain down 0.5 dB',
      keys: ['Alt -'],
      repeats: true,
      enabled,
      run: () => stepClipGain(studio, -0.5),
    },
    {
      id: 'clips.unity',
      group: 'Clips',
      label: 'Clip gain to 0 dB',
      enabled,
      run: () => resetClipGain(studio),
    },
    {
      id: 'clips.fadeIn',
      group: 'Clips',
      label: 'Fade in to the playhead',
      keys: ['Alt I'],
      enabled,
      run: () => fadeToPlayhead(studio, 'in'),
    },
    {
      id: 'clips.fadeOut',
      group: 'Clips',
      label: 'Fade out from the playhead',
      keys: ['Alt O'],
      enabled,
      run: () => fadeToPlayhead(studio, 'out'),
    },
    {
      id: 'clips.shortFades',
      group: 'Clips',
      label: 'Short fades at both ends',
      words: 'click declick 10 ms',
      enabled,
      run: () => shortFades(studio),
    },
    {
      id: 'clips.noFades',
      group: 'Clips',
      label: 'Remove fades',
      enabled,
      run: () => removeFades(studio),
    },
  ];
}
