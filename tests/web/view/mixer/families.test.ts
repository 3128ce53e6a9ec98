import { describe, expect, it } from 'vitest';
import { familiesOf } from '../../../../web/src/view/mixer/families';
import { fakeTrack, glassHarbour } from '../../../support/fakeSong';

describe('families', () => {
  it('gathers strips by kind, from drums to effects, each in the order of the tracks', () => {
    const tracks = [
      fakeTrack('Lead', { kind: 'voice' }),
      fakeTrack('Snare', { kind: 'drums' }),
      fakeTrack('Bass', { kind: 'bass' }),
      fakeTrack('Shaker', { kind: 'percussion' }),
      fakeTrack('Kick', { kind: 'drums' }),
    ];
    const shown = familiesOf(tracks).map(({ name, tracks: own }) => [name, own.map((track) => track.name)]);
    expect(shown).toEqual([
      ['Drums', ['Snare', 'Shaker', 'Kick']],
      ['Music', ['Bass']],
      ['Vocals', ['Lead']],
    ]);
  });

  it('calls tracks of no known kind just tracks, and "Other" only beside families', () => {
    const plain = [fakeTrack('01'), fakeTrack('02')];
    expect(familiesOf(plain).map(({ name }) => name)).toEqual(['Tracks']);
    expect(familiesOf([...plain, fakeTrack('Kick', { kind: 'drums' })]).map(({ name }) => name)).toEqual([
      'Drums',
      'Other',
    ]);
  });

  it('shows every track once', () => {
    const { tracks } = glassHarbour();
    const shown = familiesOf(tracks).flatMap((family) => family.tracks);
    expect(new Set(shown)).toEqual(new Set(tracks));
    expect(shown).toHaveLength(tracks.length);
  });
});
