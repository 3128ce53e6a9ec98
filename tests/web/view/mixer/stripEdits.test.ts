import { beforeEach, describe, expect, it } from 'vitest';
import type { Track } from '../../../../web/src/model/types';
import { turnSwitch } from '../../../../web/src/view/mixer/stripSwitches';
import { selectTracks } from '../../../../web/src/view/state/selection';
import { createTrackControls, toggleSolo } from '../../../../web/src/view/tracks/trackActions';
import { createFakeStudio, type FakeStudio } from '../../../support/fakeStudio';

let studio: FakeStudio;
const param = (id: string, name: 'volumeDb' | 'pan' | 'solo' | 'polarity' | 'soloSafe') =>
  studio.project().tracks.find((track) => track.id === id)?.params[name];

const controls = (id: string) =>
  createTrackControls(studio, () => studio.project().tracks.find((track) => track.id === id) as Track);

beforeEach(() => {
  studio = createFakeStudio();
  selectTracks([]);
});

describe('a hand on a fader', () => {
  it('is heard while it moves and is one step of undo when it lets go', () => {
    const fader = controls('kick').control('volumeDb', 'Volume');
    for (const db of [-5, -7, -9]) fader.onPreview(db);
    expect(param('kick', 'volumeDb')).toBe(-9);
    expect(studio.doc.steps).toEqual([]);
    fader.onCommit(-10);
    expect(param('kick', 'volumeDb')).toBe(-10);
    expect(studio.doc.steps).toEqual(['Volume']);
    studio.doc.undo();
    expect(param('kick', 'volumeDb')).toBe(-4.2);
  });

  it('takes the selected tracks along by as much as it has moved in all', () => {
    selectTracks(['kick', 'snare']);
    const fader = controls('kick').control('volumeDb', 'Volume');
    for (const db of [-5, -6, -7.2]) fader.onPreview(db);
    expect(param('snare', 'volumeDb')).toBeCloseTo(-6.8 - 3, 9);
    fader.onCommit(-5.2);
    expect(param('snare', 'volumeDb')).toBeCloseTo(-6.8 - 1, 9);
    expect(param('bass', 'volumeDb')).toBe(-5.5);
  });

  it('moves alone when it is not of the selection', () => {
    selectTracks(['snare', 'bass']);
    controls('kick').control('volumeDb', 'Volume').onCommit(0);
    expect(param('snare', 'volumeDb')).toBe(-6.8);
  });

  it('leaves everything as it was when it is called off, and reckons the next move anew', () => {
    selectTracks(['hats', 'guitar']);
    const pan = controls('hats').control('pan', 'Pan');
    pan.onPreview(90);
    pan.onCancel();
    expect([param('hats', 'pan'), param('guitar', 'pan')]).toEqual([28, 42]);
    pan.onCommit(18);
    expect([param('hats', 'pan'), param('guitar', 'pan')]).toEqual([18, 32]);
  });
});

describe('switches of a strip', () => {
  it('turn with those of the tracks selected along, in one step', () => {
    selectTracks(['kick', 'snare']);
    turnSwitch(studio, 'kick', 'polarity');
    expect([param('kick', 'polarity'), param('snare', 'polarity'), param('bass', 'polarity')]).toEqual([
      1, 1, 0,
    ]);
    turnSwitch(studio, 'bass', 'soloSafe');
    expect([param('kick', 'soloSafe'), param('bass', 'soloSafe')]).toEqual([0, 1]);
    expect(studio.doc.steps).toHaveLength(2);
  });

  it('solo one alone, and none when it was alone already', () => {
    toggleSolo(studio, ['kick']);
    toggleSolo(studio, ['bass'], true);
    expect([param('kick', 'solo'), param('bass', 'solo')]).toEqual([0, 1]);
    toggleSolo(studio, ['bass'], true);
    expect(param('bass', 'solo')).toBe(0);
  });
});
