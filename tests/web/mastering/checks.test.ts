import { describe, expect, it } from 'vitest';
import { checksOf, mixChecks, stemChecks } from '../../../web/src/mastering/checks';
import { curvesOf } from '../../../web/src/mastering/curves';
import type { Measures } from '../../../web/src/mastering/measures';
import { findTarget, type MasteringTarget } from '../../../web/src/mastering/targets';

const spotify = findTarget('spotify') as MasteringTarget;

const good: Measures = {
  sampleRate: 48000,
  channels: 2,
  frames: 4_800_000,
  seconds: 100,
  integratedLufs: -14.02,
  loudnessRangeLu: 6,
  maxMomentaryLufs: -10,
  maxShortTermLufs: -12,
  truePeakDbtp: -1.04,
  truePeakSeconds: 61.5,
  samplePeakDbfs: -1.2,
  rmsDbfs: -17,
  plrLu: 13,
  psrLu: 10,
  crestDb: 15,
  correlation: 0.7,
  leastCorrelation: 0.3,
  monoLossDb: 1.1,
  dcOffset: 0,
  dcDbfs: -96,
  clippedRuns: 0,
  clippedSeconds: [],
  truePeakOvers: 0,
  truePeakOverSeconds: [],
  silentHeadSeconds: 0.2,
  silentTailSeconds: 1,
  endPeakDbtp: -74,
  soundEndDbtp: -62,
};

const failed = (measures: Measures, target = spotify) =>
  checksOf(measures, target).filter(({ passed }) => !passed);

describe('checks', () => {
  it('pass a good file', () => {
    expect(failed(good)).toEqual([]);
    expect(checksOf(good, spotify)).toHaveLength(7);
  });

  it.each<[string, Partial<Measures>, RegExp]>([
    ['loudness', { integratedLufs: -12.9 }, /1\.1 LU too loud for Spotify/],
    ['loudness', { integratedLufs: null }, /no loudness/],
    ['true-peak', { truePeakDbtp: -0.8 }, /by 0\.20 dB, at 1:01\.5/],
    ['clipping', { clippedRuns: 3, clippedSeconds: [12.34] }, /first at 0:12\.3/],
    ['mono', { monoLossDb: 4.2 }, /loses 4\.2 dB in mono/],
    ['mono', { monoLossDb: null }, /Nothing is left/],
    ['dc', { dcDbfs: -40 }, /at −40\.0 dBFS/],
    ['start', { silentHeadSeconds: 2 }, /after 2\.00 s/],
    ['end', { endPeakDbtp: -41 }, /still sounds, at −41\.0/],
    ['end', { endPeakDbtp: null, soundEndDbtp: -12 }, /cut off at −12\.0 dBTP, and silence follows/],
  ])('fail %s of %j in a sentence', (id, fields, sentence) => {
    const [check, ...others] = failed({ ...good, ...fields });
    expect(others).toEqual([]);
    expect(check?.id).toBe(id);
    expect(check?.sentence).toMatch(sentence);
  });

  it('ask no loudness of a target that has none, and no mono of mono', () => {
    const vinyl = findTarget('vinyl') as MasteringTarget;
    const ids = checksOf({ ...good, channels: 1 }, vinyl).map(({ id }) => id);
    expect(ids).toEqual(['true-peak', 'clipping', 'dc', 'start', 'end']);
  });
});

describe('checks of a mix', () => {
  const failing = (measures: Partial<Measures>, cutOff = 0, whole = true) =>
    mixChecks({ ...good, ...measures }, cutOff, whole).filter(({ passed }) => !passed);

  it('ask for no loudness, and for no ceiling but full scale', () => {
    expect(failing({ integratedLufs: -30, truePeakDbtp: -0.2 })).toEqual([]);
    expect(mixChecks(good, 0, true).map(({ id }) => id)).toEqual([
      'headroom',
      'clipping',
      'mono',
      'dc',
      'start',
      'end',
    ]);
  });

  it.each<[string, Partial<Measures>, number, RegExp]>([
    ['headroom', { truePeakDbtp: 0.4 }, 0, /passes full scale by 0\.40 dB, at 1:01\.5/],
    ['clipping', {}, 12, /12 samples beyond full scale were cut off/],
    ['clipping', {}, 1, /One sample beyond full scale was cut off/],
    ['clipping', { clippedRuns: 2, clippedSeconds: [3] }, 0, /first at 0:03\.0/],
    ['end', { endPeakDbtp: -20 }, 0, /still sounds/],
  ])('fail %s of %j, %i cut off', (id, fields, cutOff, sentence) => {
    const [check, ...others] = failing(fields, cutOff);
    expect(others).toEqual([]);
    expect(check?.id).toBe(id);
    expect(check?.sentence).toMatch(sentence);
  });

  it('let a part of the song begin and end as it likes', () => {
    expect(failing({ endPeakDbtp: -10, silentHeadSeconds: 3 }, 0, false)).toEqual([]);
  });
});

describe('checks of a stem', () => {
  const failing = (measures: Partial<Measures>, cutOff = 0) =>
    stemChecks({ ...good, ...measures }, cutOff)
      .filter(({ passed }) => !passed)
      .map(({ id }) => id);

  it('let it be wide, late and cut short, but not silent, nor cut off', () => {
    expect(failing({ monoLossDb: null, silentHeadSeconds: 60, endPeakDbtp: -10 })).toEqual([]);
    expect(failing({ samplePeakDbfs: null, truePeakDbtp: null })).toEqual(['sound']);
    expect(failing({}, 3)).toEqual(['clipping']);
    expect(failing({ truePeakDbtp: 0.1, dcDbfs: -30 })).toEqual(['headroom', 'dc']);
  });
});

describe('curves', () => {
  const history = (moments: number) => ({
    momentaryLufs: Float32Array.from({ length: moments }, (_, at) =>
      at === 0 ? Number.NEGATIVE_INFINITY : -20 + (at % 10),
    ),
    shortTermLufs: new Float32Array(moments).fill(-16.123456),
    truePeak: Float32Array.from({ length: moments }, (_, at) => (at === 37 ? 0.5 : 0.25)),
    correlation: Float32Array.from({ length: moments }, (_, at) => (at === 37 ? -0.5 : 0.5)),
  });
  const bands = [{ centreHz: 1000, left: 0.5, right: 0.5, cross: 0.5, highest: 2 }];

  it('have a value for each tenth of a second, two digits, and null for silence', () => {
    const curves = curvesOf({ history: history(50), bands });
    expect(curves.stepSeconds).toBe(0.1);
    expect(curves.momentaryLufs.slice(0, 3)).toEqual([null, -19, -18]);
    expect(curves.shortTermLufs[5]).toBe(-16.12);
    expect(curves.truePeakDbtp[37]).toBe(-6.02);
    expect(curves.spectrum).toEqual([{ hz: 1000, levelDb: 0, highestDb: 3.01 }]);
  });

  it('stay small for hours, and keep peaks and dips', () => {
    const curves = curvesOf({ history: history(108_000), bands });
    expect(curves.truePeakDbtp.length).toBeLessThanOrEqual(3000);
    expect(curves.stepSeconds * curves.truePeakDbtp.length).toBeGreaterThanOrEqual(10_800);
    expect(Math.max(...curves.truePeakDbtp.map(Number))).toBe(-6.02);
    expect(Math.min(...curves.correlation)).toBe(-0.5);
    expect(Math.max(...curves.momentaryLufs.map(Number))).toBe(-11);
  });
});
