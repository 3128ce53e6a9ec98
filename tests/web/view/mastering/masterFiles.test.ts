import { describe, expect, it } from 'vitest';
import { masterFiles } from '../../../../web/src/view/mastering/masterFiles';
import { edited, song } from '../../commands/song';

describe('the files of a master', () => {
  it('are for services, for a disc and to work on, each with a name of its own', () => {
    const files = masterFiles(song([]));
    expect(
      files.map(({ settings: { format, bits, sampleRateHz, dither } }) => [
        format,
        bits,
        sampleRateHz,
        dither,
      ]),
    ).toEqual([
      ['wav', 24, 48_000, 'none'],
      ['flac', 24, 48_000, 'none'],
      ['wav', 16, 44_100, 'tpdf'],
      ['flac', 16, 44_100, 'tpdf'],
      ['wav', '32f', 48_000, 'none'],
    ]);
    expect(new Set(files.map(({ settings }) => `${settings.fileName}.${settings.format}`)).size).toBe(
      files.length,
    );
    expect(files[2]?.name).toBe('WAV 44.1 kHz, 16 bit');
    expect(files[3]?.name).toBe('FLAC 44.1 kHz, 16 bit');
  });

  it('take the dither that was chosen for their word', () => {
    const dithers = (word: '16' | '24' | '32f') =>
      masterFiles(edited(song([]), [{ op: 'mastering.set', fields: { word, dither: 'shaped' } }])).map(
        ({ settings }) => settings.dither,
      );
    expect(dithers('16')).toEqual(['none', 'none', 'shaped', 'shaped', 'none']);
    expect(dithers('24')).toEqual(['shaped', 'shaped', 'tpdf', 'tpdf', 'none']);
    expect(dithers('32f')).toEqual(['none', 'none', 'tpdf', 'tpdf', 'none']);
  });
});
