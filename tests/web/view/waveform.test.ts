import { describe, expect, it } from 'vitest';
import type { WaveformPeaks } from '../../../web/src/bridge/waveformTypes';
import { fadeCurves } from '../../../web/src/model/types';
import { clipGainAt, fadeGain } from '../../../web/src/view/tracks/fadeShape';
import { SampleCache } from '../../../web/src/view/tracks/sampleCache';
import { columnsFromChunks, columnsFromPeaks, WaveColumns } from '../../../web/src/view/tracks/waveColumns';
import { glassHarbour } from '../../support/fakeSong';

/** Two levels of a source whose peak rises from point to point. */
const peaks: WaveformPeaks = {
  channels: 1,
  frames: 1024,
  levels: [
    { framesPerPoint: 256, channels: [Int8Array.from([-10, 10, -20, 20, -30, 30, -40, 127])] },
    { framesPerPoint: 512, channels: [Int8Array.from([-20, 20, -40, 127])] },
  ],
};

describe('columns of a waveform', () => {
  it('take the highest and lowest of what they span', () => {
    const columns = new WaveColumns();
    columnsFromPeaks(columns, peaks, 0, 256, 4);
    expect([...columns.high.slice(0, 4)].map((high) => Math.round(high * 127))).toEqual([10, 20, 30, 127]);
    columnsFromPeaks(columns, peaks, 0, 512, 2);
    expect([...columns.high.slice(0, 2)].map((high) => Math.round(high * 127))).toEqual([20, 127]);
    columnsFromPeaks(columns, peaks, 0, 1024, 1);
    expect(columns.high[0]).toBe(1);
    expect(columns.low[0]).toBeCloseTo(-40 / 127, 6);
  });

  it('are silent outside the source', () => {
    const columns = new WaveColumns();
    columnsFromPeaks(columns, peaks, 2048, 256, 3);
    expect([...columns.high.slice(0, 3)]).toEqual([0, 0, 0]);
  });

  it('use the measured RMS where there is one', () => {
    const measured: WaveformPeaks = {
      ...peaks,
      levels: [
        {
          framesPerPoint: 256,
          channels: [Int8Array.from([-127, 127, -127, 127])],
          rms: [Uint8Array.from([51, 51])],
        },
      ],
    };
    const columns = new WaveColumns();
    columnsFromPeaks(columns, measured, 0, 512, 1);
    expect(columns.rms[0]).toBeCloseTo(0.2, 6);
  });

  it('take samples as they are from close by, and their extremes from further away', async () => {
    const wave = Float32Array.from({ length: 65536 }, (_, i) => (i === 1000 ? 0.75 : i === 1001 ? -1 : 0.25));
    const cache = new SampleCache({ get: () => null, samples: async () => [wave] }, () => {});
    cache.chunks('s', 0, 100);
    await new Promise((resolve) => setTimeout(resolve));
    const list = cache.chunks('s', 0, 65536)?.list ?? [];
    const columns = new WaveColumns();
    columnsFromChunks(columns, list, 0, 998, 2, 3);
    expect([...columns.high.slice(0, 3)]).toEqual([0.25, 0.75, 0.25]);
    expect([...columns.low.slice(0, 3)]).toEqual([0, -1, 0]);
    columnsFromChunks(columns, list, 0, 0, 512, 4);
    expect([...columns.high.slice(0, 4)]).toEqual([0.25, 0.75, 0.25, 0.25]);
    expect(columns.rms[0]).toBeCloseTo(0.25, 6);
  });
});

describe('fades', () => {
  it('run from silence to full, never back', () => {
    for (const curve of fadeCurves) {
      expect(fadeGain(curve, 0)).toBeCloseTo(0, 12);
      expect(fadeGain(curve, 1)).toBeCloseTo(1, 12);
      for (let i = 1; i <= 100; i++)
        expect(fadeGain(curve, i / 100)).toBeGreaterThanOrEqual(fadeGain(curve, (i - 1) / 100));
    }
  });

  it('of equal power sum to full power', () => {
    for (let i = 0; i <= 10; i++)
      expect(fadeGain('equalPower', i / 10) ** 2 + fadeGain('equalPower', 1 - i / 10) ** 2).toBeCloseTo(
        1,
        12,
      );
  });

  it('multiply with the gain of the clip', () => {
    const clip = {
      ...glassHarbour().tracks[0]?.clips[0],
      lengthFrames: 1000,
      fadeInFrames: 100,
      fadeOutFrames: 200,
    };
    const linear = { ...clip, fadeInCurve: 'linear', fadeOutCurve: 'linear' } as never;
    expect(clipGainAt(linear, 50, 2)).toBeCloseTo(1, 12);
    expect(clipGainAt(linear, 500, 2)).toBe(2);
    expect(clipGainAt(linear, 950, 2)).toBeCloseTo(0.5, 12);
  });
});

describe('samples for the closest zoom', () => {
  it('come in chunks, each asked for once', async () => {
    const asked: number[] = [];
    let ready = 0;
    const cache = new SampleCache(
      {
        get: () => null,
        async samples(_, from, count) {
          asked.push(from);
          return [Float32Array.from({ length: count }, (__, i) => (from + i) / 1e6)];
        },
      },
      () => {
        ready++;
      },
    );
    expect(cache.chunks('s', 65000, 66000)).toBeNull();
    expect(cache.chunks('s', 65000, 66000)).toBeNull();
    await new Promise((resolve) => setTimeout(resolve));
    expect(asked).toEqual([0, 65536]);
    expect(ready).toBe(2);
    const found = cache.chunks('s', 65000, 66000);
    expect(found?.first).toBe(0);
    expect(found?.list[1]?.[0]?.samples[100]).toBeCloseTo(0.065636, 6);
  });
});
