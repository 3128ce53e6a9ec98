import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CommandLine } from '../../support/commandLine';
import { pinkNoise } from '../../support/programmes';
import { sine, wavFile } from '../../support/synth';

const cli = new CommandLine();
const rate = 48000;
let measured: Record<string, Record<string, unknown>>;

const tone = (levelDb: number, seconds: number) => sine(1000, rate, seconds * rate, 10 ** (levelDb / 20));

const files: Record<string, readonly Float32Array[]> = {
  // EBU Tech 3341, case 6: L R C Ls Rs.
  'surround.wav': [-28, -28, -24, -30, -30].map((levelDb) => tone(levelDb, 20)),
  'opposite.wav': [tone(-20, 3), tone(-20, 3).map((sample) => -sample)],
  'offset.wav': [tone(-20, 3).map((sample) => sample + 0.01), tone(-20, 3)],
  'clipped.wav': [sine(100, rate, 2 * rate, 2).map((sample) => Math.max(-1, Math.min(1, sample)))],
  'padded.wav': [
    Float32Array.from({ length: 5 * rate }, (_, at) =>
      at >= rate && at < 3 * rate ? Math.sin(at / 8) / 4 : 0,
    ),
  ],
  'noise.wav': [pinkNoise(1, 5 * rate, 0.3), pinkNoise(2, 5 * rate, 0.3)],
};

beforeAll(() => {
  for (const [name, channels] of Object.entries(files)) {
    writeFileSync(cli.path(name), wavFile(channels, rate));
  }
  writeFileSync(cli.path('seven.wav'), wavFile(Array(7).fill(tone(-20, 1)), rate));
  const { out } = cli.run('measure', ...Object.keys(files), '--json');
  measured = Object.fromEntries(
    (JSON.parse(out) as { file: string }[]).map((facts) => [
      facts.file,
      facts as unknown as Record<string, unknown>,
    ]),
  );
});
afterAll(() => cli.remove());

const of = (file: string, field: string): number => measured[file]?.[field] as number;

describe('mixwell measure', () => {
  it('measures 5.0 as EBU Tech 3341 asks', () => {
    expect(measured['surround.wav']).toMatchObject({ channels: 5, frames: 20 * rate });
    for (const field of ['integratedLufs', 'maxMomentaryLufs', 'maxShortTermLufs']) {
      expect(Math.abs(of('surround.wav', field) + 23)).toBeLessThanOrEqual(0.1);
    }
    expect(of('surround.wav', 'truePeakDbtp')).toBeCloseTo(-24, 1);
  });

  it('refuses more channels than it has a layout for', () => {
    const { code, err } = cli.run('measure', 'seven.wav');
    expect(code).toBe(1);
    expect(err).toMatch(/seven\.wav.*7 channels/);
  });

  it('tells ratios, correlation and what is lost in mono', () => {
    expect(of('noise.wav', 'plrLu')).toBeCloseTo(
      of('noise.wav', 'truePeakDbtp') - of('noise.wav', 'integratedLufs'),
      9,
    );
    expect(of('noise.wav', 'psrLu')).toBeGreaterThan(5);
    expect(of('noise.wav', 'psrLu')).toBeLessThanOrEqual(of('noise.wav', 'plrLu') + 1);
    expect(Math.abs(of('noise.wav', 'correlation'))).toBeLessThan(0.2);
    expect(of('noise.wav', 'monoLossDb')).toBeCloseTo(3, 0);
    expect(of('opposite.wav', 'correlation')).toBeCloseTo(-1, 6);
    expect(of('opposite.wav', 'leastCorrelation')).toBeCloseTo(-1, 6);
    expect(of('opposite.wav', 'monoLossDb')).toBeNull();
  });

  it('finds an offset, clipping and silence at the ends', () => {
    expect(of('offset.wav', 'dcOffset')).toBeCloseTo(0.01, 5);
    expect(of('offset.wav', 'dcDbfs')).toBeCloseTo(-40, 2);
    expect(of('clipped.wav', 'clippedRuns')).toBe(400);
    expect(measured['clipped.wav']?.clippedSeconds).toContain(40 / rate);
    expect(of('noise.wav', 'clippedRuns')).toBe(0);
    expect(of('padded.wav', 'silentHeadSeconds')).toBeCloseTo(1, 2);
    expect(of('padded.wav', 'silentTailSeconds')).toBeCloseTo(2, 2);
  });
});
