import type { Studio } from '../../bridge/studioTypes';
import { setClipFades } from '../../commands/clips';
import { snapFrame } from '../../commands/snap';
import { type FadeCurve, fadeCurves, type Id } from '../../model/types';
import { chooseAudioFiles } from '../files/AudioFilesInput';
import { type MenuEntries, type MenuEntry, showMenu } from '../kit/Menu';
import { selectedClipIds, selectedClips } from '../state/selection';
import { fitRange, snapMode } from '../state/timeline';
import {
  canPaste,
  copyClips,
  cutClips,
  deleteClips,
  duplicateClips,
  fadeToPlayhead,
  loopSelection,
  pasteClips,
  removeFades,
  resetClipGain,
  shortFades,
  splitAtPlayhead,
} from './clipActions';
import { addTrack } from './trackActions';

export const fadeCurveNames: Readonly<Record<FadeCurve, string>> = {
  linear: 'Linear',
  equalPower: 'Equal power',
  sCurve: 'S curve',
  slow: 'Slow',
  fast: 'Fast',
};

function curveEntries(studio: Studio, side: 'in' | 'out'): MenuEntry {
  const field = side === 'in' ? 'fadeInCurve' : 'fadeOutCurve';
  const first = selectedClips(studio.project())[0]?.clip;
  return {
    kind: 'submenu',
    label: side === 'in' ? 'Fade-in curve' : 'Fade-out curve',
    entries: fadeCurves.map((curve) => ({
      label: fadeCurveNames[curve],
      checked: first?.[field] === curve,
      run: () =>
        studio.doc.commit(
          'Fade curve',
          setClipFades(studio.project(), { clipIds: [...selectedClipIds()], [field]: curve }),
        ),
    })),
  };
}

export function clipMenuEntries(studio: Studio): MenuEntries {
  const clips = selectedClips(studio.project());
  const faded = clips.some(({ clip }) => clip.fadeInFrames + clip.fadeOutFrames > 0);
  return [
    { label: 'Split at the playhead', icon: 'scissors', keys: 'X', run: () => splitAtPlayhead(studio) },
    { label: 'Duplicate', icon: 'copy', keys: 'Ctrl D', run: () => duplicateClips(studio) },
    { label: 'Cut', keys: 'Ctrl X', run: () => cutClips(studio) },
    { label: 'Copy', keys: 'Ctrl C', run: () => copyClips(studio) },
    { label: 'Loop', icon: 'repeat', keys: 'L', run: () => loopSelection(studio) },
    {
      label: 'Fit in the window',
      icon: 'maximize-2',
      keys: 'Shift F',
      run: () =>
        fitRange(
          Math.min(...clips.map(({ clip }) => clip.startFrame)),
          Math.max(...clips.map(({ clip }) => clip.startFrame + clip.lengthFrames)),
        ),
    },
    { kind: 'line' },
    { label: 'Fade in to the playhead', run: () => fadeToPlayhead(studio, 'in') },
    { label: 'Fade out from the playhead', run: () => fadeToPlayhead(studio, 'out') },
    { label: 'Short fades', note: '10 ms', run: () => shortFades(studio) },
    curveEntries(studio, 'in'),
    curveEntries(studio, 'out'),
    { label: 'Remove fades', disabled: !faded, run: () => removeFades(studio) },
    {
      label: 'Gain to 0 dB',
      disabled: clips.every(({ clip }) => clip.gainDb === 0),
      run: () => resetClipGain(studio),
    },
    { kind: 'line' },
    { label: 'Delete', icon: 'trash', keys: 'Del', danger: true, run: () => deleteClips(studio) },
  ];
}

/** A right click on a clip; it is selected by then. */
export function openClipMenu(event: { clientX: number; clientY: number }, studio: Studio): void {
  const clips = selectedClips(studio.project());
  const heading = clips.length === 1 ? (clips[0]?.clip.name ?? 'Clip') : `${clips.length} clips`;
  showMenu(event, heading, clipMenuEntries(studio));
}

/** A right click beside the clips. */
export function openLaneMenu(
  event: { clientX: number; clientY: number },
  studio: Studio,
  trackId: Id | null,
  atFrame: number,
): void {
  const frame = snapFrame(studio.project(), atFrame, snapMode());
  const track = studio.project().tracks.find(({ id }) => id === trackId);
  showMenu(event, track?.name ?? 'Tracks', [
    {
      label: 'Paste here',
      disabled: !canPaste(),
      run: () => pasteClips(studio, { frame, trackId }),
    },
    {
      label: track ? 'Add audio here…' : 'Add audio…',
      icon: 'file-music',
      run: () => chooseAudioFiles(trackId === null ? undefined : { trackId, frame }),
    },
    { label: 'Add a track', icon: 'plus', keys: 'Shift T', run: () => addTrack(studio) },
    { kind: 'line' },
    { label: 'Play from here', icon: 'play', run: () => playFrom(studio, frame) },
  ]);
}

function playFrom(studio: Studio, frame: number): void {
  studio.transport.seek(frame);
  studio.transport.play();
}
