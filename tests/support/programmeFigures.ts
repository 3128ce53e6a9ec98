import type { Programme } from '../../web/src/mastering/measures';

const moments = 1000;
const filled = (value: number) => new Float32Array(moments).fill(value);

/** What the analysis might say of 100 s of a good master; `changes` say how another one differs. */
export function programmeFigures(changes: Partial<Programme> = {}): Programme {
  const amplitude = (db: number) => 10 ** (db / 20);
  const channel = {
    truePeak: amplitude(-1.04),
    truePeakFrame: 61.5 * 48000,
    samplePeak: amplitude(-1.2),
    rms: amplitude(-17),
    dc: amplitude(-96),
    clippedRuns: 0,
    clippedFrames: [],
  };
  const truePeak = filled(amplitude(-3));
  truePeak.set([amplitude(-62), ...Array<number>(10).fill(amplitude(-74))], moments - 11);
  return {
    sampleRateHz: 48000,
    frames: 4_800_000,
    integratedLufs: -14.02,
    loudnessRangeLu: 6,
    maxMomentaryLufs: -10,
    maxShortTermLufs: -12,
    channels: [channel, channel],
    correlation: 0.7,
    monoShare: 0.8,
    silentHeadFrames: 9600,
    silentTailFrames: 48000,
    overs: 0,
    overPlaces: [],
    bands: [50, 1000, 10_000].map((centreHz) => ({
      centreHz,
      left: 0.01,
      right: 0.01,
      cross: 0.005,
      highest: 0.1,
    })),
    spreads: [],
    history: {
      momentaryLufs: filled(-13),
      shortTermLufs: filled(-14),
      truePeak,
      correlation: filled(0.7),
    },
    ...changes,
  };
}
