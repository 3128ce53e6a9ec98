import { createComponent, createRoot } from 'solid-js';
import { describe, expect, it } from 'vitest';
import { createTrackIndex } from '../../../../web/src/view/mixer/trackIndex';
import { StudioContext } from '../../../../web/src/view/state/studio';
import { createFakeStudio, type FakeStudio } from '../../../support/fakeStudio';

/** The index as a component under this studio has it. */
function indexOf(studio: FakeStudio): ReturnType<typeof createTrackIndex> {
  let index: ReturnType<typeof createTrackIndex> | undefined;
  createRoot(() => {
    const tree = createComponent(StudioContext.Provider, {
      value: studio,
      get children() {
        index = createTrackIndex();
        return null;
      },
    }) as unknown as () => unknown;
    if (typeof tree === 'function') tree();
  });
  if (!index) throw new Error('no index');
  return index;
}

describe('the console’s index of tracks', () => {
  it('keeps its families while faders move, so that no strip is made anew', () => {
    const studio = createFakeStudio();
    const index = indexOf(studio);
    const before = index.families();
    studio.doc.commit('Volume', [{ op: 'track.param', trackId: 'kick', param: 'volumeDb', value: -20 }]);
    expect(index.families()).toBe(before);
    expect(createRoot(() => index.track('kick')().params.volumeDb)).toBe(-20);
    studio.doc.commit('Kind', [{ op: 'track.set', trackId: 'kick', fields: { kind: 'bass' } }]);
    expect(index.families()).not.toBe(before);
  });

  it('counts strips from left to right by family', () => {
    const { order } = indexOf(createFakeStudio());
    expect(order().slice(0, 5)).toEqual(['kick', 'snare', 'hats', 'perc', 'bass']);
  });

  it('remembers a track for the moment in which its strip goes', () => {
    const studio = createFakeStudio();
    const index = indexOf(studio);
    const kick = createRoot(() => index.track('kick'));
    expect(kick().name).toBe('Kick');
    studio.doc.commit('Delete', [{ op: 'track.remove', trackId: 'kick' }]);
    expect(kick().name).toBe('Kick');
    expect(index.order()).not.toContain('kick');
  });

  it('knows what solo elsewhere silences', () => {
    const studio = createFakeStudio();
    const index = indexOf(studio);
    expect([...index.silenced()]).toEqual([]);
    studio.doc.commit('Solo', [{ op: 'track.param', trackId: 'bass', param: 'solo', value: 1 }]);
    expect(index.silenced().has('kick')).toBe(true);
    expect(index.silenced().has('bass')).toBe(false);
  });
});
