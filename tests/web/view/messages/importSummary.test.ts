import { describe, expect, it } from 'vitest';
import { createBegunCounter, importSummary } from '../../../../web/src/view/messages/importSummary';

const job = (name: string, fraction: number | null) => ({ id: name, name, fraction });

describe('files being read, in one line', () => {
  it('is nothing without files', () => {
    expect(importSummary([], 0)).toBeNull();
  });

  it('names the file in hand and counts what is through', () => {
    expect(importSummary([job('b.wav', 0.5), job('c.wav', null)], 3)).toEqual({
      title: 'Reading 3 files: 1 done',
      detail: 'b.wav',
      fraction: 0.5,
    });
  });

  it('speaks of one file as one', () => {
    expect(importSummary([job('a.wav', null)], 1)).toEqual({
      title: 'Reading a file',
      detail: 'a.wav',
      fraction: 0,
    });
  });

  it('never goes back while files come to their end', () => {
    const begun = createBegunCounter();
    const steps = [
      [job('a', 0.2), job('b', null)],
      [job('a', 0.9), job('b', 0.1)],
      [job('b', 0.1)],
      [job('b', 0.8), job('c', null)],
    ];
    const fractions = steps.slice(0, 3).map((jobs) => importSummary(jobs, begun(jobs))?.fraction ?? -1);
    expect(fractions).toEqual([...fractions].sort((x, y) => x - y));
    expect(importSummary(steps[3] ?? [], begun(steps[3] ?? []))?.title).toBe('Reading 3 files: 1 done');
    expect(begun([])).toBe(0);
    expect(begun([job('d', null)])).toBe(1);
  });
});
