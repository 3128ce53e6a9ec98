import { describe, expect, it } from 'vitest';
import type { ExportedFile } from '../../../../web/src/bridge/exportTypes';
import {
  bitsText,
  dbfsText,
  formatText,
  leftText,
  loopText,
  verdictOf,
} from '../../../../web/src/view/dialogs/exportText';
import { glassHarbour } from '../../../support/fakeSong';

const file = (fields: Partial<ExportedFile>): ExportedFile => ({
  name: 'a.wav',
  seconds: 1,
  bytes: 1,
  peakDbfs: -3,
  headroomDb: 3,
  rmsDbfs: -20,
  clippedSamples: 0,
  sha256: '',
  ...fields,
});

describe('what an export means', () => {
  it('is good below full scale', () => {
    expect(verdictOf([file({})], 24)).toEqual({ good: true, text: '3.0 dB of headroom.' });
    expect(verdictOf([file({ peakDbfs: -0.4 })], 24).good).toBe(true);
  });

  it('says how much to lower the master when samples were cut off', () => {
    const verdict = verdictOf([file({ peakDbfs: 1.25, clippedSamples: 1200 })], 24);
    expect(verdict.good).toBe(false);
    expect(verdict.text).toContain('1,200 samples');
    expect(verdict.lowerByDb).toBeCloseTo(1.4, 9);
    expect(verdict.lowerByDb).toBeGreaterThan(1.25);
  });

  it('does not call a float file cut off', () => {
    const verdict = verdictOf([file({ peakDbfs: 1.2, clippedSamples: 1200 })], '32f');
    expect(verdict.good).toBe(false);
    expect(verdict.text).not.toContain('cut off');
  });

  it('takes the loudest of several files', () => {
    expect(
      verdictOf([file({ peakDbfs: -12 }), file({ peakDbfs: null }), file({ peakDbfs: -6 })], 24).text,
    ).toBe('6.0 dB of headroom.');
  });

  it('says so when there is only silence', () => {
    expect(verdictOf([file({ peakDbfs: null })], 24)).toEqual({
      good: false,
      text: 'There is only silence in it.',
    });
  });
});

describe('words', () => {
  it('names formats', () => {
    const settings = { format: 'wav', bits: 24, sampleRateHz: 44100 } as const;
    expect(formatText(settings)).toBe('WAV, 44.1 kHz, 24 bit');
    expect(formatText({ ...settings, format: 'flac' })).toBe('FLAC, 44.1 kHz, 24 bit');
    expect(bitsText('32f')).toBe('32 bit float');
  });

  it('names the bars of the loop', () => {
    expect(loopText(glassHarbour())).toBe('Loop, bars 13–21');
  });

  it('writes levels with a real minus sign', () => {
    expect(dbfsText(-2.94)).toBe('−2.9 dBFS');
    expect(dbfsText(5.31)).toBe('+5.3 dBFS');
    expect(dbfsText(null)).toBe('silence');
  });

  it.each([
    [null, ''],
    [0.2, '1 s left'],
    [3.2, '4 s left'],
    [61, '2 min left'],
    [3900, '1:05 h left'],
  ])('says of %s s: %s', (seconds, text) => {
    expect(leftText(seconds)).toBe(text);
  });
});
