import { describe, expect, it } from 'vitest';
import { filesOfTransfer, wantedFiles } from '../../../../web/src/view/files/droppedFiles';

const file = (name: string) => new File(['x'], name);

const fileEntry = (name: string) => ({
  name,
  isFile: true,
  isDirectory: false,
  file: (done: (file: File) => void) => done(file(name)),
});

/** A folder that hands its entries over in portions of two, as browsers do with a hundred. */
function folder(name: string, entries: readonly { name: string }[]) {
  return {
    name,
    isFile: false,
    isDirectory: true,
    createReader() {
      let at = 0;
      return {
        readEntries(done: (portion: unknown[]) => void) {
          at += 2;
          done(entries.slice(at - 2, at));
        },
      };
    },
  };
}

const transfer = (roots: readonly { name: string; isFile: boolean }[]) =>
  ({
    items: roots.map((entry) => ({
      kind: 'file',
      webkitGetAsEntry: () => entry,
      getAsFile: () => (entry.isFile ? file(entry.name) : null),
    })),
  }) as unknown as DataTransfer;

describe('a drop', () => {
  it('opens folders to the last level, in the order of their names', async () => {
    const song = folder('song', [
      fileEntry('10_vox.wav'),
      fileEntry('2_bass.wav'),
      folder('drums', [fileEntry('snare.wav'), fileEntry('kick.wav'), fileEntry('hat.wav')]),
    ]);
    const files = await filesOfTransfer(transfer([song, fileEntry('mix.wav')]));
    expect(files.map(({ name }) => name)).toEqual([
      '2_bass.wav',
      '10_vox.wav',
      'hat.wav',
      'kick.wav',
      'snare.wav',
      'mix.wav',
    ]);
  });

  it('leaves out what file managers leave behind', async () => {
    const song = folder('song', [
      fileEntry('.DS_Store'),
      folder('__MACOSX', [fileEntry('a.wav')]),
      fileEntry('a.wav'),
      fileEntry('Thumbs.db'),
    ]);
    expect((await filesOfTransfer(transfer([song]))).map(({ name }) => name)).toEqual(['a.wav']);
    expect(wantedFiles([file('._a.wav'), file('a.wav')]).map(({ name }) => name)).toEqual(['a.wav']);
  });

  it('takes files where the browser knows no entries', async () => {
    const items = [{ kind: 'file', getAsFile: () => file('a.wav') }, { kind: 'string' }];
    const plain = { items } as unknown as DataTransfer;
    expect((await filesOfTransfer(plain)).map(({ name }) => name)).toEqual(['a.wav']);
  });
});
