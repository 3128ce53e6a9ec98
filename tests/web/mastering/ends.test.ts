import { describe, expect, it } from 'vitest';
import { checksOf } from '../../../web/src/mastering/checks';
import { endRepairs, repaired } from '../../../web/src/mastering/ends';
import { masteredPart } from '../../../web/src/mastering/masteredPart';
import { type Measures, measuresOf } from '../../../web/src/mastering/measures';
import { findTarget, type MasteringTarget } from '../../../web/src/mastering/targets';
import { programmeFigures } from '../../support/programmeFigures';

const good = measuresOf(programmeFigures());
const rateHz = 48_000;
const none = { headFrames: 0, tailFrames: 0 };

describe('the ends of a master', () => {
  it.each<[string, Partial<Measures>, string[]]>([
    ['a good one', {}, []],
    ['silence first', { silentHeadSeconds: 3 }, ['trim-start']],
    ['silence last', { silentTailSeconds: 9 }, ['trim-end']],
    ['a cut end', { endPeakDbtp: -20 }, ['add-end']],
    ['all silent', { integratedLufs: null, silentHeadSeconds: 9 }, []],
  ])('of %s', (_, changes, expected) => {
    expect(endRepairs({ ...good, ...changes })).toEqual(expected);
  });

  it('are mended wherever their check fails', () => {
    const spotify = findTarget('spotify') as MasteringTarget;
    for (const changes of [
      {},
      { silentHeadSeconds: 0.51 },
      { silentTailSeconds: 4.01 },
      { endPeakDbtp: -59 },
    ]) {
      const measures = { ...good, ...changes };
      const failing = checksOf(measures, spotify).filter(({ passed }) => !passed);
      const mended = endRepairs(measures).map((repair) => (repair === 'trim-start' ? 'start' : 'end'));
      expect(failing.map(({ id }) => id)).toEqual(mended);
    }
  });

  it.each<[string, number, number[], number, boolean]>([
    ['cut in the middle of a tenth', 2.05, [-3, -3], -3, false],
    ['cut at its beginning, where too little is left to tell', 2.005, [-3, -44], -3, false],
    ['faded', 2.05, [-40, -52], -52, true],
    ['fallen by 30 dB in a tenth', 2.08, [-15, -45], -45, true],
  ])('are told by the last sound before silence: %s', (_, soundSeconds, lastDbtp, expected, passed) => {
    const truePeak = new Float32Array(40);
    truePeak.fill(0.5, 0, 19);
    truePeak.set(
      lastDbtp.map((db) => 10 ** (db / 20)),
      19,
    );
    const measures = measuresOf(
      programmeFigures({
        frames: 4 * rateHz,
        silentTailFrames: Math.round((4 - soundSeconds) * rateHz),
        history: { ...programmeFigures().history, truePeak },
      }),
    );
    expect(measures.soundEndDbtp).toBeCloseTo(expected, 3);
    const spotify = findTarget('spotify') as MasteringTarget;
    expect(checksOf(measures, spotify).at(-1)).toMatchObject({ id: 'end', passed });
    // No more silence helps what is cut off.
    expect(endRepairs(measures)).toEqual([]);
  });

  it('move by what was measured between the old ones', () => {
    const ends = repaired(
      { headFrames: 1000, tailFrames: 500 },
      'trim-start',
      { ...good, silentHeadSeconds: 3 },
      rateHz,
    );
    expect(ends).toEqual({ headFrames: 1000 + 2.9 * rateHz, tailFrames: 500 });
    const cut = repaired(none, 'trim-end', { ...good, silentTailSeconds: 9 }, rateHz);
    expect(cut).toEqual({ headFrames: 0, tailFrames: -8 * rateHz });
    expect(repaired(cut, 'add-end', good, rateHz).tailFrames).toBe(-6 * rateHz);
  });

  it('make a part of the song, or all of it where nothing is left between them', () => {
    expect(masteredPart(100_000, none)).toEqual({ startFrame: 0, frames: 100_000 });
    expect(masteredPart(100_000, { headFrames: 3000, tailFrames: 2000 })).toEqual({
      startFrame: 3000,
      frames: 99_000,
    });
    expect(masteredPart(100_000, { headFrames: 0, tailFrames: -40_000 }).frames).toBe(60_000);
    for (const gone of [
      { headFrames: 100_000, tailFrames: 5000 },
      { headFrames: 60_000, tailFrames: -40_000 },
    ])
      expect(masteredPart(100_000, gone)).toEqual({ startFrame: 0, frames: 100_000 });
    expect(masteredPart(0, { headFrames: 0, tailFrames: 96_000 }).frames).toBe(0);
  });
});
