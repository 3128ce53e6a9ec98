import { describe, expect, it } from 'vitest';
import { safeFileName, stemFileNames } from '../../../web/src/bridge/fileNames';

describe('safeFileName', () => {
  it.each([
    ['Kick In', 'Kick In'],
    ['a/b\\c:d*e?f"g<h>i|j', 'a b c d e f g h i j'],
    ['../../etc/passwd', 'etc passwd'],
    ['..', 'Track'],
    ['  \t\n ', 'Track'],
    ['CON', '_CON'],
    ['com1.txt', '_com1.txt'],
    ['Gitarre. ', 'Gitarre'],
    ['Stimme \u0001 leise', 'Stimme leise'],
    ['Überschall 日本', 'Überschall 日本'],
  ])('%j becomes %j', (name, expected) => {
    expect(safeFileName(name, 'Track')).toBe(expected);
  });

  it('is of a bearable length', () => {
    expect(safeFileName('x'.repeat(5000), 'Track').length).toBeLessThanOrEqual(120);
  });
});

describe('stemFileNames', () => {
  it('numbers the tracks, so that equal names stay apart', () => {
    expect(stemFileNames(['Gtr', 'Gtr', ''], 'wav')).toEqual(['01 Gtr.wav', '02 Gtr.wav', '03 Track.wav']);
    expect(stemFileNames(['Gtr'], 'flac')).toEqual(['01 Gtr.flac']);
  });

  it('takes as many digits as there are tracks', () => {
    const names = stemFileNames(
      Array.from({ length: 120 }, () => 'A'),
      'wav',
    );
    expect(names[0]).toBe('001 A.wav');
    expect(new Set(names).size).toBe(120);
  });
});
