import { describe, expect, it } from 'vitest';
import { freshChain, withGain } from '../../../web/src/mastering/chain';
import { checksOf } from '../../../web/src/mastering/checks';
import { curvesOf } from '../../../web/src/mastering/curves';
import type { Measures } from '../../../web/src/mastering/measures';
import { makeReport } from '../../../web/src/mastering/report';
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

describe('a report', () => {
  const reached = {
    gainDb: 4,
    reached: true,
    integratedLufs: -14,
    truePeakDbtp: -1,
    limitingDb: 4.5,
    loudnessLostLu: 0.3,
    passes: 3,
    warnings: ['It costs 4.5 dB.'],
  };
  const report = makeReport({
    date: '2026-11-21T14:20:00.000Z',
    engineVersion: '0.1.0',
    source: { name: 'mix.wav', format: 'WAV, 24 bit', sampleRate: 48000, channels: 2, frames: 4_800_000 },
    file: {
      name: 'master.wav',
      sampleRate: 48000,
      channels: 2,
      bits: '24',
      dither: 'none',
      frames: 4_800_000,
      pcmSha256: 'ab',
    },
    target: spotify,
    reference: null,
    amount: 0.5,
    chain: withGain(freshChain(), 4, -1),
    moves: [],
    notes: ['The mix is clipped in one place.'],
    reached,
    before: { ...good, integratedLufs: -18 },
    after: { ...good, silentHeadSeconds: 3 },
    curves: {
      stepSeconds: 0.1,
      momentaryLufs: [null, -14],
      shortTermLufs: [],
      truePeakDbtp: [],
      correlation: [],
      spectrum: [],
    },
  });

  it('says what was done, what it costs and what it comes to', () => {
    expect(report.verdict).toBe('Not ready: 6 of 7 checks pass.');
    expect(report.passed).toBe(false);
    expect(report.settings.chain).toEqual([
      { device: 'limiter', params: { inputGainDb: 4, ceilingDb: -1.05 } },
    ]);
    expect(report.notes).toEqual(['The mix is clipped in one place.', 'It costs 4.5 dB.']);
    expect(report.services.find(({ id }) => id === 'apple-music')?.changeDb).toBeCloseTo(-1.98, 9);
  });

  it('survives JSON', () => {
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
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
  const bands = [{ centreHz: 1000, left: 0.5, right: 0.5, cross: 0.5 }];

  it('have a value for each tenth of a second, two digits, and null for silence', () => {
    const curves = curvesOf({ history: history(50), bands });
    expect(curves.stepSeconds).toBe(0.1);
    expect(curves.momentaryLufs.slice(0, 3)).toEqual([null, -19, -18]);
    expect(curves.shortTermLufs[5]).toBe(-16.12);
    expect(curves.truePeakDbtp[37]).toBe(-6.02);
    expect(curves.spectrum).toEqual([{ hz: 1000, levelDb: 0 }]);
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
