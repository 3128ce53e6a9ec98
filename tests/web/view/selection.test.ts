import { beforeEach, describe, expect, it } from 'vitest';
import {
  clearClips,
  isTrackSelected,
  leadTrackId,
  resetSelection,
  selectClips,
  selectedClipIds,
  selectedClips,
  selectedTrackIds,
  selectionKind,
  selectTrack,
  toggleClip,
} from '../../../web/src/view/state/selection';
import { glassHarbour } from '../../support/fakeSong';

const project = glassHarbour();
const order = project.tracks.map((track) => track.id);

beforeEach(() => resetSelection(project));

describe('selected tracks', () => {
  it('begin with the first', () => {
    expect(selectedTrackIds()).toEqual(['kick']);
  });

  it('are one by a click, more with Ctrl, a stretch with Shift', () => {
    selectTrack('bass');
    selectTrack('pad', 'toggle');
    expect(selectedTrackIds()).toEqual(['bass', 'pad']);
    expect(leadTrackId()).toBe('pad');
    selectTrack('bass', 'toggle');
    expect(selectedTrackIds()).toEqual(['pad']);
    selectTrack('snare');
    selectTrack('bass', 'range', order);
    expect(selectedTrackIds()).toEqual(['snare', 'hats', 'perc', 'bass']);
    selectTrack('kick', 'range', order);
    expect(selectedTrackIds()).toEqual(['kick', 'snare']);
    expect(isTrackSelected('bass')).toBe(false);
  });

  it('take the place of selected clips', () => {
    selectClips(['kick-0']);
    selectTrack('bass');
    expect(selectedClipIds().size).toBe(0);
    expect(selectionKind()).toBe('tracks');
  });
});

describe('selected clips', () => {
  it('bring their track along', () => {
    selectClips(['bass-0'], 'bass');
    expect(leadTrackId()).toBe('bass');
    expect(selectedClips(project).map(({ clip }) => clip.id)).toEqual(['bass-0']);
    expect(selectionKind()).toBe('clips');
  });

  it('join and leave', () => {
    selectClips(['bass-0'], 'bass');
    toggleClip('kick-1', 'kick');
    expect([...selectedClipIds()]).toEqual(['bass-0', 'kick-1']);
    toggleClip('bass-0');
    expect([...selectedClipIds()]).toEqual(['kick-1']);
    clearClips();
    expect(selectedClipIds().size).toBe(0);
  });

  it('that are gone are not counted', () => {
    selectClips(['nobody']);
    expect(selectedClips(project)).toEqual([]);
  });
});
