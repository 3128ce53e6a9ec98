import { describe, expect, it } from 'vitest';
import { freshChain } from '../../../web/src/mastering/chain';
import type { Measures } from '../../../web/src/mastering/measures';
import { makeReport, type Report } from '../../../web/src/mastering/report';
import { reportPage } from '../../../web/src/mastering/reportPage';
import { targetOf } from '../../../web/src/mastering/targets';

const measures: Measures = {
  sampleRate: 48000,
  channels: 2,
  frames: 4_800_000,
  seconds: 100,
  integratedLufs: -14,
  loudnessRangeLu: 6.1,
  maxMomentaryLufs: -10.9,
  maxShortTermLufs: -12.3,
  truePeakDbtp: -0.4,
  truePeakSeconds: 38.12,
  samplePeakDbfs: -0.6,
  rmsDbfs: -16,
  plrLu: 13,
  psrLu: 9,
  crestDb: 15,
  correlation: 0.72,
  leastCorrelation: 0.31,
  monoLossDb: 1.1,
  dcOffset: 0,
  dcDbfs: null,
  clippedRuns: 0,
  clippedSeconds: [],
  truePeakOvers: 0,
  truePeakOverSeconds: [],
  silentHeadSeconds: 0.2,
  silentTailSeconds: 1,
  endPeakDbtp: -90,
};

const aReport = (name: string): Report =>
  makeReport({
    date: '2026-11-21T14:20:00.000Z',
    engineVersion: '1',
    source: { name, format: 'WAV, 24 bit', sampleRate: 48000, channels: 2, frames: 4_800_000 },
    file: {
      name: `${name}.wav`,
      sampleRate: 48000,
      channels: 2,
      bits: '24',
      dither: 'none',
      frames: 4_800_000,
      pcmSha256: 'a91f'.repeat(16),
    },
    target: targetOf('spotify'),
    reference: null,
    amount: 0.5,
    chain: freshChain(),
    moves: [],
    notes: [],
    reached: {
      gainDb: 3,
      reached: true,
      integratedLufs: -14,
      truePeakDbtp: -0.4,
      limitingDb: 2,
      loudnessLostLu: 0.1,
      passes: 3,
      warnings: [],
    },
    before: { ...measures, integratedLufs: -18 },
    after: measures,
    curves: {
      stepSeconds: 0.1,
      momentaryLufs: [null, -20, -14],
      shortTermLufs: [null, -22, -15],
      truePeakDbtp: [null, -6, -0.4],
      correlation: [0, 0.5, 0.7],
      spectrum: [
        { hz: 50, levelDb: -20 },
        { hz: 1000, levelDb: -30 },
        { hz: 10000, levelDb: null },
      ],
    },
  });

describe('a report as a page', () => {
  it('holds the figures, what failed first, and the hash', () => {
    const page = reportPage(aReport('Glass Harbour'));
    expect(page).toContain('−14.0');
    expect(page).toContain('−0.40');
    expect(page).toContain('a91f'.repeat(16));
    expect(page).toContain('Not ready');
    expect(page.indexOf('✗ True peak')).toBeGreaterThan(0);
    expect(page.indexOf('✗ True peak')).toBeLessThan(page.indexOf('✓ Loudness'));
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('fetches nothing, runs nothing, and lets no name in as markup', () => {
    const page = reportPage(aReport('<img src=x onerror=alert(1)>"&'));
    expect(page).not.toContain('<img');
    expect(page).not.toMatch(/<script|<link|url\(|href=|src="/);
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&amp;');
  });
});
