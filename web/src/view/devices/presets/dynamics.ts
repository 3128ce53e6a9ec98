import type { PresetText, PresetValues } from './preset';

const gate = (
  thresholdDb: number,
  hysteresisDb: number,
  [attackMs, holdMs, releaseMs]: readonly [number, number, number],
  rangeDb: number,
): PresetValues => ({ thresholdDb, hysteresisDb, attackMs, holdMs, releaseMs, rangeDb });

export const gatePresets: readonly PresetText[] = [
  { name: 'Soft', values: gate(-48, 6, [2, 120, 200], -18) },
  { name: 'Kick: clean', values: { ...gate(-32, 5, [0.2, 60, 120], -40), keyHighCutHz: 4000 } },
  { name: 'Snare: tight', values: { ...gate(-28, 6, [0.5, 80, 160], -24), keyLowCutHz: 120 } },
  { name: 'Toms: long', values: { ...gate(-30, 6, [1, 200, 420], -30), keyHighCutHz: 2500 } },
  { name: 'Vocal: room away', values: { ...gate(-42, 6, [3, 250, 300], -12), keyLowCutHz: 100 } },
  { name: 'Guitar amp: no hum', values: gate(-54, 5, [1, 150, 250], -36) },
  { name: 'Chopped by the key', values: gate(-30, 3, [0.5, 20, 60], -60) },
];

const compressor = (
  thresholdDb: number,
  ratio: number,
  kneeDb: number,
  [attackMs, releaseMs]: readonly [number, number],
  makeupDb = 0,
): PresetValues => ({ thresholdDb, ratio, kneeDb, attackMs, releaseMs, makeupDb });

export const compressorPresets: readonly PresetText[] = [
  { name: 'Gentle', values: compressor(-20, 2, 12, [15, 150]) },
  { name: 'Vocal: steady', values: compressor(-24, 3, 8, [6, 120], 3) },
  { name: 'Vocal: up front', values: compressor(-28, 4.5, 6, [2, 80], 5) },
  { name: 'Kick: punch', values: compressor(-18, 4, 4, [25, 90], 2) },
  { name: 'Snare: crack', values: compressor(-18, 5, 4, [12, 110], 2) },
  { name: 'Bass: even', values: { ...compressor(-24, 4, 6, [20, 150], 3), detector: 'rms' } },
  { name: 'Acoustic guitar: smooth', values: compressor(-22, 2.5, 10, [10, 180], 2) },
  { name: 'Piano: held', values: compressor(-22, 2, 12, [20, 250], 1.5) },
  { name: 'Drums: crushed, beside the dry', values: { ...compressor(-34, 10, 3, [0.5, 60], 8), mix: 35 } },
  {
    name: 'Bus: glue',
    values: { ...compressor(-16, 2, 10, [30, 160], 1), detector: 'rms', keyLowCutHz: 80 },
  },
  {
    name: 'Master: a touch',
    values: { ...compressor(-14, 1.5, 18, [30, 250], 0.5), detector: 'rms', keyLowCutHz: 100 },
  },
  { name: 'Duck under the key', values: compressor(-32, 4, 8, [4, 220]) },
];

export const deesserPresets: readonly PresetText[] = [
  { name: 'Gentle', values: { thresholdDb: -34, lowHz: 5000, highHz: 11000, maxReductionDb: -6 } },
  { name: 'Bright voice', values: { thresholdDb: -36, lowHz: 5200, highHz: 10400, maxReductionDb: -8 } },
  { name: 'Dark voice', values: { thresholdDb: -38, lowHz: 3800, highHz: 8000, maxReductionDb: -8 } },
  { name: 'Strong', values: { thresholdDb: -42, lowHz: 4500, highHz: 12000, maxReductionDb: -14 } },
  {
    name: 'Hats in the overheads',
    values: { thresholdDb: -36, lowHz: 7000, highHz: 14000, maxReductionDb: -6 },
  },
];

export const transientPresets: readonly PresetText[] = [
  { name: 'More attack', values: { attackDb: 4, sustainDb: 0, speedMs: 30 } },
  { name: 'Kick: shorter, harder', values: { attackDb: 4, sustainDb: -6, speedMs: 40 } },
  { name: 'Snare: more stick', values: { attackDb: 6, sustainDb: -4, speedMs: 30, outputDb: -1 } },
  { name: 'Room: more of it', values: { attackDb: -2, sustainDb: 6, speedMs: 60, outputDb: -1 } },
  { name: 'Acoustic guitar: softer pick', values: { attackDb: -4, sustainDb: 2, speedMs: 25 } },
  { name: 'Drum bus: alive', values: { attackDb: 3, sustainDb: 1, speedMs: 35, guardClips: 1 } },
];
