import { describe, expect, it } from 'vitest';
import { type ReachMeasure, reachTarget } from '../../../web/src/mastering/reach';

/** A limiter that costs some loudness, the more the deeper it goes; `most` is the loudest that comes out. */
function limiter(own: { lufs: number; dbtp: number }, costPart: number, most = 0) {
  let passes = 0;
  const measure = async (gainDb: number): Promise<ReachMeasure> => {
    passes++;
    const over = Math.max(0, own.dbtp + gainDb + 1);
    const lufs = own.lufs + gainDb - costPart * over;
    return { integratedLufs: Math.min(most, lufs), truePeakDbtp: Math.min(-1, own.dbtp + gainDb) };
  };
  return { measure, passes: () => passes };
}

const goal = { loudnessLufs: -14, ceilingDbtp: -1 };
const into = ({ lufs, dbtp }: { lufs: number; dbtp: number }) => ({
  integratedLufs: lufs,
  truePeakDbtp: dbtp,
});

describe('reachTarget', () => {
  it.each([0, 0.1, 0.3, 0.5, 0.7, 0.8])(
    'lands near where limiting takes %d of each decibel',
    async (part) => {
      const own = { lufs: -18, dbtp: -2 };
      const { measure, passes } = limiter(own, part);
      const reached = await reachTarget(into(own), goal, measure);
      expect(reached.reached).toBe(true);
      expect(Math.abs((reached.integratedLufs as number) + 14)).toBeLessThanOrEqual(
        reached.passes <= 4 ? 0.02 : 0.05,
      );
      expect(reached.passes).toBe(passes());
      expect(reached.passes).toBeLessThanOrEqual(6);
      expect(reached.limitingDb).toBeCloseTo(reached.gainDb - 1, 9);
      expect(reached.warnings).toHaveLength(reached.limitingDb > 3 ? 1 : 0);
    },
  );

  it('turns down in one pass what is louder, and limits nothing', async () => {
    const own = { lufs: -8, dbtp: 0.5 };
    const reached = await reachTarget(into(own), goal, limiter(own, 0.5).measure);
    expect(reached).toMatchObject({ gainDb: -6, reached: true, passes: 1, limitingDb: 0, warnings: [] });
  });

  it('says of what can’t be reached how near it came', async () => {
    const own = { lufs: -30, dbtp: -3 };
    const { measure, passes } = limiter(own, 0.8, -17);
    const reached = await reachTarget(into(own), goal, measure);
    expect(reached.reached).toBe(false);
    expect(reached.integratedLufs).toBeLessThan(-14.5);
    expect(reached.limitingDb).toBeLessThanOrEqual(18);
    expect(passes()).toBeLessThanOrEqual(12);
    expect(reached.warnings).toEqual([
      expect.stringMatching(/^−14\.0 LUFS can't be reached under −1\.0 dBTP/),
    ]);
  });

  it('finds its way along a staircase', async () => {
    const own = { lufs: -20, dbtp: -4 };
    const { measure } = limiter(own, 0.4);
    const steps = async (gainDb: number) => measure(Math.round(gainDb / 0.05) * 0.05);
    const reached = await reachTarget(into(own), goal, steps);
    expect(reached.reached).toBe(true);
  });

  it('brings the peak to the ceiling where no loudness is asked for', async () => {
    const own = { lufs: -18, dbtp: -7 };
    const reached = await reachTarget(
      into(own),
      { loudnessLufs: null, ceilingDbtp: -1 },
      limiter(own, 0.5).measure,
    );
    expect(reached).toMatchObject({ reached: true, passes: 1, limitingDb: 0 });
    expect(reached.gainDb).toBeCloseTo(5.9, 9);
  });

  it('measures nothing of silence, and of what has no loudness', async () => {
    const never = () => Promise.reject(new Error('measured'));
    const silence = { integratedLufs: null, truePeakDbtp: null };
    expect(await reachTarget(silence, goal, never)).toMatchObject({ reached: false, passes: 0 });
    const blip = await reachTarget({ integratedLufs: null, truePeakDbtp: -20 }, goal, never);
    expect(blip.warnings[0]).toMatch(/too short or too soft/);
  });
});
