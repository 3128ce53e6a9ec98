import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ClipboardClips,
  clipboardText,
  copyClips,
  parseClipboardText,
  pasteClips,
  whyNotPaste,
} from '../../../web/src/commands/clipboard';
import { edited, lane, numberedIds, song } from './song';

describe('copy and paste', () => {
  const project = song(
    [{ id: 'a', startFrame: 1000, gainDb: -3 }],
    [],
    [{ id: 'b', startFrame: 1500, fadeInFrames: 20 }],
  );
  const copied = copyClips(project, { clipIds: ['b', 'a'] }) as ClipboardClips;

  test('clips keep their distances in time and in tracks', () => {
    const pasted = edited(
      project,
      pasteClips(project, { copied, frame: 9000, trackId: 't1' }, numberedIds()),
    );
    expect(lane(pasted, 't1')).toEqual(['a@1000+1000', 'n1@9000+1000']);
    expect(lane(pasted, 't3')).toEqual(['b@1500+1000<20', 'n2@9500+1000<20']);
  });

  test('tracks that are missing below are added', () => {
    const pasted = edited(project, pasteClips(project, { copied, frame: 0, trackId: 't3' }, numberedIds()));
    expect(pasted.tracks.map(({ name }) => name)).toEqual([
      'Track t1',
      'Track t2',
      'Track t3',
      'Track t2',
      'Track t3',
    ]);
    expect(lane(pasted, 't3')).toEqual(['n3@0+1000', 'b@1500+1000<20']);
  });

  test('another project gets the sources too, by way of text', () => {
    const other = song();
    const read = parseClipboardText(clipboardText(copied));
    expect(read).toEqual(copied);
    const pasted = edited(
      { ...other, sources: {} },
      pasteClips({ ...other, sources: {} }, { copied: read as ClipboardClips, frame: 0 }, numberedIds()),
    );
    expect(Object.keys(pasted.sources)).toHaveLength(1);
    expect(pasted.tracks).toHaveLength(3);
  });

  test('at another sample rate it says why not', () => {
    const other = { ...song([]), sampleRateHz: 44_100 };
    expect(whyNotPaste(other, copied)).toBe(
      'These clips are at 48 kHz and this project is at 44.1 kHz: import their audio files instead.',
    );
    expect(pasteClips(other, { copied, frame: 0 })).toEqual([]);
    expect(whyNotPaste(project, copied)).toBeNull();
  });

  test('nothing copied is nothing', () => {
    expect(copyClips(project, { clipIds: ['gone'] })).toBeNull();
  });

  test('any other text on the clipboard is not clips', () => {
    expect(parseClipboardText('hello')).toBeNull();
    expect(parseClipboardText('mixwell-clips:{')).toBeNull();
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(parseClipboardText(`mixwell-clips:${JSON.stringify(value)}`)).toBeNull();
      }),
    );
  });

  test('clips whose source does not come along are left out', () => {
    const { sources: _none, ...rest } = copied;
    expect(parseClipboardText(clipboardText({ ...rest, sources: [] }))).toBeNull();
  });
});
