import { describe, expect, it } from 'vitest';
import { outlineOfTrack } from '../../../../web/src/view/devices/chain';
import { fakeTrack } from '../../../support/fakeSong';

const keysOf = (track: ReturnType<typeof fakeTrack>) => outlineOfTrack(track).map(({ key }) => key);

describe('the chain of a strip', () => {
  it('is empty on a fresh track, and has a section once it is on or set to something', () => {
    expect(keysOf(fakeTrack('Kick'))).toEqual([]);
    expect(keysOf(fakeTrack('Kick', {}, { 'eq.on': 1 }))).toEqual(['eq']);
    expect(keysOf(fakeTrack('Kick', {}, { 'compressor.thresholdDb': -30 }))).toEqual(['compressor']);
    expect(keysOf(fakeTrack('Kick', {}, { 'cut.lowCutOn': 1, 'gate.on': 1 }))).toEqual(['gate', 'eq']);
  });
});
