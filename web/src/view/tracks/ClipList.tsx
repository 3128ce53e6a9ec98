import { createEffect, createMemo, createSignal, For } from 'solid-js';
import type { Clip } from '../../model/types';
import { gainText } from '../kit/valueText';
import { isClipSelected, leadTrack, selectClips, selectedClipIds } from '../state/selection';
import { useStudio } from '../state/studio';
import { fitRange, frameAtPx, laneWidthPx, scrollTo } from '../state/timeline';
import { focusedClipId, setFocusedClipId } from './hand';
import { openClipMenu } from './laneMenus';
import { durationText, placeText } from './readout';

/**
 * The selected track's clips for the keyboard and screen readers: a list over the canvas, itself unseen. Up and down go from
 * clip to clip, Shift extends; everything else is done by the keys that the page has anyway.
 */
export function ClipList() {
  const studio = useStudio();
  const track = () => leadTrack(studio.project());
  const clips = createMemo<readonly Clip[]>(() => track()?.clips ?? []);
  let list!: HTMLDivElement;

  const textOf = (clip: Clip): string => {
    const project = studio.project();
    const parts = [
      clip.name,
      `from ${placeText(clip.startFrame, project)} to ${placeText(clip.startFrame + clip.lengthFrames, project)}`,
    ];
    if (Math.abs(clip.gainDb) >= 0.05) parts.push(gainText(clip.gainDb));
    if (clip.fadeInFrames > 0) parts.push(`fade in ${durationText(clip.fadeInFrames, project.sampleRateHz)}`);
    if (clip.fadeOutFrames > 0)
      parts.push(`fade out ${durationText(clip.fadeOutFrames, project.sampleRateHz)}`);
    return parts.join(', ');
  };
  const reveal = (clip: Clip) => {
    const end = clip.startFrame + clip.lengthFrames;
    if (clip.startFrame >= frameAtPx(0) && clip.startFrame < frameAtPx(laneWidthPx())) return;
    if (end > frameAtPx(0) && clip.startFrame < frameAtPx(0)) return;
    scrollTo(clip.startFrame - (frameAtPx(laneWidthPx()) - frameAtPx(0)) * 0.1);
  };
  const focusClip = (clip: Clip | undefined, extend: boolean) => {
    const owner = track();
    if (!clip || !owner) return;
    setFocusedClipId(clip.id);
    selectClips(extend ? [...selectedClipIds(), clip.id] : [clip.id], owner.id);
    reveal(clip);
  };
  const at = () => clips().findIndex((clip) => clip.id === focusedClipId());

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const last = clips().length - 1;
    const to = {
      ArrowDown: Math.min(last, at() + 1),
      ArrowUp: Math.max(0, at() - 1),
      Home: 0,
      End: last,
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      focusClip(clips()[to], event.shiftKey);
    } else if (event.key === 'Enter' && at() >= 0) {
      event.preventDefault();
      event.stopPropagation();
      const clip = clips()[at()] as Clip;
      fitRange(clip.startFrame, clip.startFrame + clip.lengthFrames);
    }
  };

  const [spoken, setSpoken] = createSignal('');
  // What a key did to the clip in focus is said; what the hand does elsewhere is not.
  createEffect(() => {
    const clip = clips().find(({ id }) => id === focusedClipId());
    setSpoken(clip ? textOf(clip) : '');
  });
  createEffect(() => {
    const id = focusedClipId();
    if (id !== null && !clips().some((clip) => clip.id === id)) setFocusedClipId(null);
  });

  return (
    <>
      <div class="hidden" aria-live="polite">
        {spoken()}
      </div>
      <div
        ref={list}
        class="clip-list"
        role="listbox"
        tabIndex={0}
        aria-label={`Clips of ${track()?.name ?? 'no track'}`}
        aria-multiselectable="true"
        aria-activedescendant={focusedClipId() === null ? undefined : `clip-${focusedClipId()}`}
        onKeyDown={onKeyDown}
        onContextMenu={(event) => {
          event.preventDefault();
          event.stopPropagation();
          if (selectedClipIds().size > 0) openClipMenu(event, studio);
        }}
        onFocus={() => {
          if (!list.matches(':focus-visible')) return;
          const first = clips().find((clip) => isClipSelected(clip.id)) ?? clips()[0];
          focusClip(first, false);
        }}
        onBlur={() => setFocusedClipId(null)}
      >
        <For each={clips()}>
          {(clip) => (
            <div role="option" tabIndex={-1} id={`clip-${clip.id}`} aria-selected={isClipSelected(clip.id)}>
              {textOf(clip)}
            </div>
          )}
        </For>
      </div>
    </>
  );
}
