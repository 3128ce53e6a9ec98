import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { guessKind } from '../../../web/src/commands/kinds';
import { freeName, trackNameFromFile, trackNamesFromFiles } from '../../../web/src/commands/names';

describe('track names from file names', () => {
  test.each([
    ['01_Kick In.wav', 'Kick In'],
    ['02-Snare Top.aif', 'Snare Top'],
    ['3. Hi Hat.flac', 'Hi Hat'],
    ['11_ElecGtr1.wav', 'Elec Gtr1'],
    ['07_BassDI.wav', 'Bass DI'],
    ['26_LeadVox.wav', 'Lead Vox'],
    ['bassguitar.mp3', 'Bassguitar'],
    ['lead-guitar.mp3', 'Lead guitar'],
    ['808.wav', '808'],
    ['808 Kick.wav', '808 Kick'],
    ['Track 12.wav', 'Track 12'],
    ['Track 12_Piano.wav', 'Piano'],
    ['Keys_120bpm_24bit.wav', 'Keys'],
    ['Pad (48k).wav', 'Pad'],
    ['Vox Lead stem.wav', 'Vox Lead'],
    ['stems.wav', 'Stems'],
    ['/Users/me/Song/04 Tom Lo.wav', 'Tom Lo'],
    ['C:\\audio\\05_OH L.wav', 'OH L'],
    ['.wav', 'Audio'],
    ['2nd Gtr.wav', '2nd Gtr'],
    ['03Piano.wav', 'Piano'],
    ['001 Perc.wav', 'Perc'],

    ['   .wav', 'Audio'],
    ['Gitarre \u00e4u\u00dfen.wav', 'Gitarre \u00e4u\u00dfen'],
    ['Cafe\u0301.wav', 'Caf\u00e9'],
    ['\u6b4c.mp3', '\u6b4c'],
    ['Bad\u0000Name\u202e.wav', 'Bad Name'],
    ['mix v1.2.wav', 'Mix v1.2'],
    ['DI.wav', 'DI'],
  ])('%s is %s', (file, name) => {
    expect(trackNameFromFile(file)).toBe(name);
  });

  test.each([
    [
      ['Song_Kick.wav', 'Song_Snare.wav', 'Song_Bass.wav'],
      ['Kick', 'Snare', 'Bass'],
    ],
    [
      ['Night Ferry - 01 Kick.wav', 'Night Ferry - 02 Snare.wav', 'Night Ferry - 03 Vox.wav'],
      ['Kick', 'Snare', 'Vox'],
    ],
    // Words that name the instrument are kept, and so are names of which only a number would be left.
    [
      ['Guitar 1.wav', 'Guitar 2.wav', 'Guitar 3.wav'],
      ['Guitar 1', 'Guitar 2', 'Guitar 3'],
    ],
    [
      ['Take 1.wav', 'Take 2.wav', 'Take 3.wav'],
      ['Take 1', 'Take 2', 'Take 3'],
    ],
    // Two files are too few to tell.
    [
      ['Song_Kick.wav', 'Song_Snare.wav'],
      ['Song Kick', 'Song Snare'],
    ],
    [[], []],
  ])('%j together are %j', (files, names) => {
    expect(trackNamesFromFiles(files)).toEqual(names);
  });

  test('whatever a file is called, its track has a name that can be shown, and cleaning it again changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (file) => {
        const name = trackNameFromFile(file);
        expect(name.trim()).toBe(name);
        expect(name.length).toBeGreaterThan(0);
        expect([...name].length).toBeLessThanOrEqual(200);
        expect(/[\p{Cc}\p{Cs}]/u.test(name)).toBe(false);
      }),
    );
  });
});

test.each([
  ['Kick', ['Snare'], 'Kick'],
  ['Kick', ['Kick'], 'Kick 2'],
  ['Kick 2', ['Kick', 'Kick 2'], 'Kick 3'],
  ['Kick', ['Kick', 'Kick 2', 'Kick 3'], 'Kick 4'],
  ['Tom 4', ['Tom 1', 'Tom 4'], 'Tom 5'],
])('%s beside %j is called %s', (name, taken, free) => {
  expect(freeName(name, taken)).toBe(free);
});

describe('the kind of a track by its name', () => {
  test.each([
    ['Kick In', 'drums'],
    ['Bass Drum', 'drums'],
    ['Snare Top', 'drums'],
    ['Drum Room', 'drums'],
    ['Room', 'drums'],
    ['Tom 2', 'drums'],
    ['Clap', 'drums'],
    ['drums', 'drums'],
    ['OH L', 'percussion'],
    ['Hi Hat', 'percussion'],
    ['HiHat', 'percussion'],
    ['Shaker', 'percussion'],
    ['Ride', 'percussion'],
    ['Bassguitar', 'bass'],
    ['Bass DI', 'bass'],
    ['Synth Bass', 'bass'],
    ['Sub', 'bass'],
    ['808', 'bass'],
    ['Leadguitar', 'guitar'],
    ['Elec Gtr1', 'guitar'],
    ['Acoustic', 'guitar'],
    ['Acoustic Piano', 'keys'],
    ['Clav', 'keys'],
    ['Claves', 'percussion'],
    ['Rhodes', 'keys'],
    ['Organ', 'keys'],
    ['Horns', 'synth'],
    ['Pad', 'synth'],
    ['Strings Hi', 'synth'],
    ['Lead', 'synth'],
    ['Lead Vox', 'voice'],
    ['Lead Vox Dbl', 'backing'],
    ['Vox FX', 'voice'],
    ['Rap', 'voice'],
    ['BGV 1', 'backing'],
    ['Choir', 'backing'],
    ['Harmonies', 'backing'],
    ['Riser', 'effects'],
    ['Ambience', 'effects'],
    ['Zither', 'other'],
    ['Grape', 'other'],
    ['Track 7', 'other'],
    ['', 'other'],
  ])('%s is %s', (name, kind) => {
    expect(guessKind(name)).toBe(kind);
  });
});
