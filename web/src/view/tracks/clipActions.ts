import type { Studio } from '../../bridge/studioTypes';
import {
  type ClipboardClips,
  clipboardText,
  copyClips as copyOf,
  parseClipboardText,
  pasteClips as pasteOf,
  whyNotPaste,
} from '../../commands/clipboard';
import {
  changeClipGain,
  clipIdsAt,
  deleteClips as deleteOf,
  duplicateClips as duplicateOf,
  moveClips,
  setClipFades,
  setClipGain,
  splitClips,
} from '../../commands/clips';
import { loopClips, setLoop } from '../../commands/timeline';
import type { Id, Patch } from '../../model/types';
import {
  leadTrackId,
  selectClips,
  selectedClipIds,
  selectedClips,
  selectedRange,
  selectedTrackIds,
} from '../state/selection';
import { snapMode } from '../state/timeline';
import { nudgeFrames } from './grid';

let copied: ClipboardClips | null = null;

const ids = (): Id[] => [...selectedClipIds()];
const clips = (count: number): string => (count === 1 ? 'clip' : 'clips');
const addedClips = (patches: readonly Patch[]): Id[] =>
  patches.flatMap((patch) => (patch.op === 'clip.add' ? [patch.clip.id] : []));

function commit(studio: Studio, label: string, patches: readonly Patch[]): void {
  if (patches.length > 0) studio.doc.commit(label, patches);
}

export const canPaste = (): boolean => copied !== null;

/** The selected clips that the playhead is on; without a selection all clips there on the selected tracks, or on all. */
export function splitAtPlayhead(studio: Studio): void {
  const project = studio.project();
  const frame = Math.round(studio.transport.positionFrames());
  const there = clipIdsAt(project, { frame });
  const chosen = there.filter((id) => selectedClipIds().has(id));
  const onTracks = clipIdsAt(project, { frame, trackIds: selectedTrackIds() });
  const clipIds = selectedClipIds().size > 0 ? chosen : onTracks.length > 0 ? onTracks : there;
  const patches = splitClips(project, { clipIds, frame });
  if (patches.length === 0) {
    studio.messages.say('There is no clip under the playhead to split.', 'status');
    return;
  }
  studio.doc.commit(`Split ${clips(clipIds.length)}`, patches);
  selectClips(addedClips(patches));
}

/** With `ripple`, what follows on the same tracks moves up. */
export function deleteClips(studio: Studio, ripple = false): void {
  commit(studio, `Delete ${clips(ids().length)}`, deleteOf(studio.project(), { clipIds: ids(), ripple }));
  selectClips([]);
}

export function copyClips(studio: Studio): void {
  copied = copyOf(studio.project(), { clipIds: ids() }) ?? copied;
  if (!copied) return;
  // Where the browser's clipboard may be written, clips also travel to another tab.
  navigator.clipboard?.writeText(clipboardText(copied)).catch(() => {});
  studio.messages.say(`Copied ${ids().length} ${clips(ids().length)}`, 'status');
}

export function cutClips(studio: Studio): void {
  copyClips(studio);
  commit(studio, `Cut ${clips(ids().length)}`, deleteOf(studio.project(), { clipIds: ids() }));
  selectClips([]);
}

/** Where the playhead stands, on the selected track and those below it. */
export function pasteClips(studio: Studio, at?: { frame: number; trackId: Id | null }): void {
  if (!copied) return;
  const project = studio.project();
  const reason = whyNotPaste(project, copied);
  if (reason !== null) {
    studio.messages.say(reason, 'alert');
    return;
  }
  const frame = at?.frame ?? Math.round(studio.transport.positionFrames());
  const trackId = at?.trackId ?? leadTrackId() ?? undefined;
  const patches = pasteOf(project, { copied, frame, trackId });
  commit(studio, `Paste ${clips(copied.clips.length)}`, patches);
  selectClips(addedClips(patches).slice(0, copied.clips.length));
}

/** Clips copied in another tab come as text; true when the text was ours. */
export function takeClipboardText(text: string): boolean {
  const parsed = parseClipboardText(text);
  if (parsed) copied = parsed;
  return parsed !== null;
}

/** Right behind themselves. */
export function duplicateClips(studio: Studio): void {
  const clipIds = ids();
  const patches = duplicateOf(studio.project(), { clipIds });
  commit(studio, `Duplicate ${clips(clipIds.length)}`, patches);
  selectClips(addedClips(patches).slice(0, clipIds.length));
}

/** By one step of the grid, or 1 ms. */
export function nudgeClips(studio: Studio, direction: -1 | 1, fine: boolean): void {
  const project = studio.project();
  const deltaFrames = direction * nudgeFrames(project, snapMode(), fine);
  commit(studio, 'Nudge', moveClips(project, { clipIds: ids(), deltaFrames }));
}

export function moveClipsToTrack(studio: Studio, deltaTracks: -1 | 1): void {
  const patches = moveClips(studio.project(), { clipIds: ids(), deltaFrames: 0, deltaTracks });
  commit(studio, `Move ${clips(ids().length)}`, patches);
}

export function selectAllClips(studio: Studio): void {
  selectClips(studio.project().tracks.flatMap((track) => track.clips.map((clip) => clip.id)));
}

/** The selected clips, else the chosen stretch of the ruler, else the loop as it is, on or off. */
export function loopSelection(studio: Studio): void {
  const project = studio.project();
  const range = selectedRange();
  const { loop } = project;
  if (selectedClipIds().size === 0 && range) {
    const same = loop.on && loop.startFrame === range.startFrame && loop.endFrame === range.endFrame;
    commit(studio, same ? 'Loop off' : 'Loop', setLoop(project, { ...range, on: !same }));
    return;
  }
  commit(studio, 'Loop', loopClips(project, { clipIds: ids() }));
}

export function stepClipGain(studio: Studio, deltaDb: number): void {
  commit(studio, 'Clip gain', changeClipGain(studio.project(), { clipIds: ids(), deltaDb }));
}

export function resetClipGain(studio: Studio): void {
  commit(studio, 'Clip gain', setClipGain(studio.project(), { clipIds: ids(), gainDb: 0 }));
}

/** Fades each selected clip from its start to the playhead, or from the playhead to its end. */
export function fadeToPlayhead(studio: Studio, side: 'in' | 'out'): void {
  const project = studio.project();
  const frame = Math.round(studio.transport.positionFrames());
  const patches = selectedClips(project).flatMap(({ clip }) => {
    const inside = frame - clip.startFrame;
    if (inside <= 0 || inside >= clip.lengthFrames) return [];
    const fade = side === 'in' ? { fadeInFrames: inside } : { fadeOutFrames: clip.lengthFrames - inside };
    return setClipFades(project, { clipIds: [clip.id], ...fade });
  });
  if (patches.length === 0) studio.messages.say('No selected clip is under the playhead.', 'status');
  commit(studio, side === 'in' ? 'Fade in' : 'Fade out', patches);
}

/** A short fade at both ends, where there is none: what takes clicks away. */
export function shortFades(studio: Studio): void {
  const project = studio.project();
  const frames = Math.round(project.sampleRateHz / 100);
  const patches = selectedClips(project).flatMap(({ clip }) =>
    setClipFades(project, {
      clipIds: [clip.id],
      fadeInFrames: clip.fadeInFrames || frames,
      fadeOutFrames: clip.fadeOutFrames || frames,
    }),
  );
  commit(studio, 'Short fades', patches);
}

export function removeFades(studio: Studio): void {
  commit(
    studio,
    'Remove fades',
    setClipFades(studio.project(), { clipIds: ids(), fadeInFrames: 0, fadeOutFrames: 0 }),
  );
}
