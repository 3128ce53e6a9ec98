import { describe, expect, it } from 'vitest';
import { whyNot } from '../../../web/src/app/whyNot';

const good = {
  isSecureContext: true,
  WebAssembly: {},
  AudioWorkletNode: {},
  navigator: { storage: { getDirectory: () => {} }, locks: {} },
};

describe('why the studio can’t run here', () => {
  it('has no reason in a browser that has all it needs', () => {
    expect(whyNot(good)).toBeNull();
  });

  it.each([
    ['a plain address', { ...good, isSecureContext: false }, 'http://localhost'],
    ['no worklet', { ...good, AudioWorkletNode: undefined }, 'AudioWorklet'],
    ['no WebAssembly', { ...good, WebAssembly: undefined }, 'WebAssembly'],
    ['no private files', { ...good, navigator: { locks: {} } }, 'private files'],
    ['no locks', { ...good, navigator: { storage: good.navigator.storage } }, 'private files'],
  ])('names %s', (_, surroundings, words) => {
    expect(whyNot(surroundings)).toContain(words);
  });
});
