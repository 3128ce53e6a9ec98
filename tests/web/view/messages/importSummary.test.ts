import { describe, expect, it } from 'vitest';
import { importSummary } from '../../../../web/src/view/messages/importSummary';

const job = (name: string, fraction: number | null) => ({ id: name, name, fraction });

describe('files being read, in one line', () => {
  it('is nothing without files', () => {
    expect(importSummary([])).toBeNull();
  });

  it('names the file in hand and counts what is done', () => {
    expect(importSummary([job('a.wav', 1), job('b.wav', 0.5), job('c.wav', null)])).toEqual({
      title: 'Reading 3 files: 1 done',
      detail: 'b.wav',
      fraction: 0.5,
    });
  });

  it('speaks of one file as one', () => {
    expect(importSummary([job('a.wav', null)])).toEqual({
      title: 'Reading a file',
      detail: 'a.wav',
      fraction: 0,
    });
  });
});
