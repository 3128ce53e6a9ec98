import { describe, expect, it } from 'vitest';
import { freshChain, withGain } from '../../../web/src/mastering/chain';
import {
  masterReport,
  mixReport,
  stemsReport,
  type WrittenFile,
} from '../../../web/src/mastering/makeReport';
import type { Programme } from '../../../web/src/mastering/measures';
import type { Report } from '../../../web/src/mastering/report';
import { reportPage, reportSheet } from '../../../web/src/mastering/reportPage';
import { reportText } from '../../../web/src/mastering/reportText';
import { findTarget, type MasteringTarget } from '../../../web/src/mastering/targets';
import { programmeFigures } from '../../support/programmeFigures';

const hash = 'a91f'.repeat(16);

const written = (name: string, changes: Partial<Programme> = {}, cutOff = 0): WrittenFile => ({
  name,
  format: name.endsWith('.flac') ? 'FLAC' : 'WAV',
  bits: '24',
  dither: 'none',
  bytes: 28_800_100,
  sha256: hash,
  cutOff,
  written: programmeFigures(changes),
});

const origin = (name: string) => ({
  date: '2026-11-21T14:20:00.000Z',
  engineVersion: '1',
  source: { name, format: 'Mix of 3 tracks', sampleRate: 48000, channels: 2, frames: 4_800_000 },
});

const sections = [
  { name: 'Intro', startSeconds: 0 },
  { name: 'Chorus', startSeconds: 30 },
];

const aMaster = (name = 'Glass Harbour', changes: Partial<Programme> = {}) =>
  masterReport({
    ...origin(name),
    range: 'song',
    startSeconds: 0,
    file: written(`${name}.wav`, changes),
    sections,
    original: programmeFigures({ integratedLufs: -18 }),
    target: findTarget('spotify') as MasteringTarget,
    reference: null,
    amount: 0.5,
    chain: withGain(freshChain(), 4, -1),
    moves: [],
    notes: ['The mix is clipped in one place.'],
    reached: {
      gainDb: 4,
      reached: true,
      integratedLufs: -14,
      truePeakDbtp: -1,
      limitingDb: 4.5,
      loudnessLostLu: 0.3,
      passes: 3,
      warnings: ['It costs 4.5 dB.'],
    },
  });

const whole = { range: 'song', startSeconds: 0, tracks: 3 } as const;
const aMix = (file: WrittenFile, stems: readonly WrittenFile[] = []) =>
  mixReport({ ...origin('Glass Harbour'), ...whole, sections, file, stems });
const someStems = (files: readonly WrittenFile[]) =>
  stemsReport({ ...origin('Glass Harbour'), ...whole, files });

describe('the report of a master', () => {
  it('says what was done, what it costs and what it comes to', () => {
    const report = aMaster('Glass Harbour', { silentHeadFrames: 3 * 48000 });
    expect(report).toMatchObject({ version: 2, what: 'master', passed: false });
    expect(report.verdict).toBe('Not ready: 6 of 7 checks pass.');
    expect(report.settings.chain).toEqual([
      { device: 'limiter', params: { inputGainDb: 4, ceilingDb: -1.05 } },
    ]);
    expect(report.notes).toEqual(['The mix is clipped in one place.', 'It costs 4.5 dB.']);
    expect(report.services.find(({ id }) => id === 'apple-music')?.changeDb).toBeCloseTo(-1.98, 9);
    expect(report.before.integratedLufs).toBe(-18);
  });
});

describe('the report of a mix', () => {
  it('has no target and nothing before it, and is ready where nothing is lost', () => {
    const report = aMix(written('Mix.wav', { integratedLufs: -22 }));
    expect(report).toMatchObject({ version: 2, what: 'mix', passed: true });
    expect(report.verdict).toBe('Ready for mastering: 6 of 6 checks pass.');
    expect(report).not.toHaveProperty('target');
    expect(report).not.toHaveProperty('before');
    expect(report.settings).toEqual(whole);
    expect(report.file).toMatchObject({ name: 'Mix.wav', frames: 4_800_000, pcmSha256: hash });
  });

  it('fails for what was cut off, and for a stem that fails', () => {
    expect(aMix(written('Mix.wav', {}, 5)).verdict).toBe('Not ready: 5 of 6 checks pass.');
    const report = aMix(written('Mix.wav'), [written('01 Kick.wav'), written('02 Snare.wav', {}, 2)]);
    expect(report.passed).toBe(false);
    expect(report.verdict).toBe('Ready for mastering: 6 of 6 checks pass. 1 of 2 stems should be looked at.');
  });
});

describe('the report of stems', () => {
  it('has a line a file', () => {
    const report = someStems([written('01 Kick.wav'), written('02 Snare.wav', {}, 2)]);
    expect(report.stems.map(({ file, passed }) => [file.name, passed])).toEqual([
      ['01 Kick.wav', true],
      ['02 Snare.wav', false],
    ]);
    expect(report.passed).toBe(false);
    expect(someStems([written('01 Kick.wav')]).verdict).toBe('The stem is sound.');
  });
});

const all: [string, Report][] = [
  ['a master', aMaster()],
  ['a mix', aMix(written('Mix.wav'))],
  ['a mix and its stems', aMix(written('Mix.wav'), [written('01 Kick.wav')])],
  ['stems', someStems([written('01 Kick.wav', { integratedLufs: Number.NEGATIVE_INFINITY })])],
];

describe.each(all)('the report of %s', (_, report) => {
  it('survives JSON', () => {
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  it('is a page that fetches nothing and runs nothing, with the hash of every file', () => {
    const page = reportPage(report);
    expect(page).toContain(hash);
    expect(page).toContain(report.verdict);
    expect(page).not.toMatch(/NaN|undefined|Infinity|null/);
    expect(page).not.toMatch(/<script|<link|url\(|href=|src="/);
  });
});

describe('a report as text', () => {
  it.each(all)('of %s holds each hash, and no gaps', (_, report) => {
    const text = reportText(report);
    expect(text).toContain(report.verdict);
    const stems = report.what === 'master' ? 0 : report.stems.length;
    const files = report.what === 'stems' ? stems : stems + 1;
    expect(text.split(hash)).toHaveLength(files + 1);
    expect(text).not.toMatch(/NaN|undefined|Infinity|null/);
  });

  it('is short, and says what failed', () => {
    expect(reportText(aMaster('Glass Harbour', { silentHeadFrames: 3 * 48000 }))).toBe(
      `Glass Harbour.wav
Not ready: 6 of 7 checks pass.
1:40.0, WAV, stereo, 48 kHz, 24 bit, 28.8 MB; loudness −14.0 LUFS, true peak −1.04 dBTP, range 6.0 LU
Target: Spotify, −14.0 ± 0.5 LUFS, true peak at most −1.0 dBTP
Passed: Loudness, True peak, Clipped places, Loss in mono, Offset (DC), End
Failed: Start. It starts after 3.00 s of silence.
SHA-256 of the sound data: ${hash}

Measured by Mixwell 1 on 2026-11-21, as ITU-R BS.1770-5.
`,
    );
  });
});

describe('the report of a FLAC file', () => {
  it('says what it is, and that the hash is of what is decoded', () => {
    const report = aMix(written('Mix.flac'));
    expect(report.file.format).toBe('FLAC');
    for (const words of [reportText(report), reportPage(report)]) {
      expect(words).toContain('FLAC, stereo, 48 kHz, 24 bit');
      expect(words).toContain('SHA-256 of the decoded sound data');
    }
  });
});

describe('a report as a page', () => {
  it('holds the figures, the sections of the song, and what failed first', () => {
    const page = reportPage(aMaster('Glass Harbour', { silentHeadFrames: 3 * 48000 }));
    for (const words of ['−14.0', '−1.04', 'Not ready', 'Intro', 'Chorus', 'ceiling −1.0', 'range 6.0 LU'])
      expect(page).toContain(words);
    expect(page.indexOf('>Start<')).toBeGreaterThan(0);
    expect(page.indexOf('>Start<')).toBeLessThan(page.indexOf('>True peak</td>'));
  });

  it('lets no name in as markup', () => {
    const page = reportPage(aMaster('<img src=x onerror=alert(1)>"&'));
    expect(page).not.toContain('<img');
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&amp;');
  });

  it('is made of nodes that the studio can make as well', () => {
    const sheet = reportSheet(aMaster());
    expect(sheet).toMatchObject({ tag: 'article', attributes: { class: 'report-sheet' } });
  });
});
