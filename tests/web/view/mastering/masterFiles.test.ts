import { describe, expect, it } from 'vitest';
import { masterFiles } from '../../../../web/src/view/mastering/masterFiles';
import { edited, song } from '../../commands/song';

describe('the files of a master', () => {
  it('are one for services, one for a disc and one to work on, with names of their own', () => {
    const files = masterFiles(song([]));
    expect(files.map(({ settings: { bits, sampleRateHz, dither } }) => [bits, sampleRateHz, dither])).toEqual(
      [
        [24, 48_000, 'none'],
        [16, 44_100, 'tpdf'],
        ['32f', 48_000, 'none'],
      ],
    );
    expect(new Set(files.map(({ settings }) => settings.fileName)).size).toBe(files.length);
    expect(files[1]?.name).toBe('WAV 44.1 kHz, 16 bit');
  });

  it('take the dither that was chosen for their word', () => {
    const dithers = (word: '16' | '24' | '32f') =>
      masterFiles(edited(song([]), [{ op: 'mastering.set', fields: { word, dither: 'shaped' } }])).map(
        ({ settings }) => settings.dither,
      );
    expect(dithers('16')).toEqual(['none', 'shaped', 'none']);
    expect(dithers('24')).toEqual(['shaped', 'tpdf', 'none']);
    expect(dithers('32f')).toEqual(['none', 'tpdf', 'none']);
  });
});
