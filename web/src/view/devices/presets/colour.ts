import type { PresetText } from './preset';

export const saturatorPresets: readonly PresetText[] = [
  { name: 'Warm bus', values: { curve: 'tube', driveDb: 6, bias: 16, outputDb: 0 } },
  { name: 'Tape: rounded', values: { curve: 'tape', driveDb: 6 } },
  { name: 'Bass: heard on small speakers', values: { curve: 'tube', driveDb: 12, bias: 20, mix: 60 } },
  { name: 'Drums: dirt beside the dry', values: { curve: 'hard', driveDb: 18, mix: 30 } },
  { name: 'Vocal: edge', values: { curve: 'tape', driveDb: 9, mix: 50 } },
];

export const exciterPresets: readonly PresetText[] = [
  { name: 'A little air', values: { freqHz: 6000, driveDb: 6, amount: 20 } },
  { name: 'Vocal: presence', values: { freqHz: 3500, driveDb: 8, amount: 25 } },
  { name: 'Dull guitar: strings', values: { freqHz: 2500, driveDb: 10, amount: 30 } },
];

export const chorusPresets: readonly PresetText[] = [
  { name: 'Wide three', values: { rateHz: 0.6, depthMs: 3, delayMs: 14, voices: '3', mix: 40 } },
  { name: 'Slow and thin', values: { rateHz: 0.2, depthMs: 1.5, delayMs: 10, voices: '2', mix: 30 } },
  { name: 'Ensemble', values: { rateHz: 0.35, depthMs: 4, delayMs: 18, voices: '6', mix: 50 } },
  {
    name: 'Backing voices: a crowd',
    values: { rateHz: 0.8, depthMs: 2.5, delayMs: 22, voices: '4', mix: 35 },
  },
];

export const flangerPresets: readonly PresetText[] = [
  { name: 'Slow tape', values: { rateHz: 0.25, depthMs: 1.1, delayMs: 1.6, feedback: 45, mix: 50 } },
  { name: 'Jet', values: { rateHz: 0.1, depthMs: 2.5, delayMs: 3, feedback: 75, mix: 50 } },
  { name: 'Hollow', values: { rateHz: 0.15, depthMs: 0.8, delayMs: 1, feedback: -60, mix: 50 } },
];

export const phaserPresets: readonly PresetText[] = [
  { name: 'Six stages', values: { rateHz: 0.4, stages: '6', centreHz: 900, feedback: 30, mix: 50 } },
  { name: 'Electric piano', values: { rateHz: 0.9, stages: '4', centreHz: 700, feedback: 20, mix: 50 } },
  {
    name: 'Deep and slow',
    values: { rateHz: 0.08, stages: '12', centreHz: 500, reachOctaves: 2.5, feedback: 55, mix: 50 },
  },
];

export const utilityPresets: readonly PresetText[] = [
  { name: 'Default', values: {} },
  { name: 'Mono', values: { mono: 1 } },
  { name: 'Lift the needle: DC block', values: { dcBlock: 1 } },
  { name: 'Swap left and right', values: { swap: 1 } },
];

export const multibandPresets: readonly PresetText[] = [
  {
    name: 'Gentle, all bands',
    values: Object.fromEntries([1, 2, 3, 4].map((band) => [`band${band}.ratio`, 1.5])),
  },
  {
    name: 'Glue, 4 bands',
    values: {
      'band1.thresholdDb': -24,
      'band1.ratio': 2.2,
      'band1.attackMs': 30,
      'band1.releaseMs': 180,
      'band2.thresholdDb': -22,
      'band2.ratio': 1.8,
      'band2.attackMs': 25,
      'band2.releaseMs': 140,
      'band3.thresholdDb': -26,
      'band3.ratio': 1.6,
      'band3.attackMs': 12,
      'band3.releaseMs': 90,
      'band4.thresholdDb': -31,
      'band4.ratio': 1.5,
      'band4.attackMs': 6,
      'band4.releaseMs': 60,
    },
  },
  { name: 'Hold the bass', values: { 'band1.thresholdDb': -28, 'band1.ratio': 3, 'band1.gainDb': 1 } },
  {
    name: 'Calm the top',
    values: { 'band4.thresholdDb': -34, 'band4.ratio': 2.5, 'band3.thresholdDb': -28, 'band3.ratio': 1.5 },
  },
];

export const imagerPresets: readonly PresetText[] = [
  { name: 'As it came', values: {} },
  {
    name: 'Narrow lows',
    values: { 'band1.width': 0, 'band2.width': 80, 'band3.width': 110, 'band4.width': 150 },
  },
  { name: 'Bass: mono below 120 Hz', values: { monoBelow: 1, monoBelowHz: 120 } },
  { name: 'Wide keys', values: { width: 130, monoBelow: 1, monoBelowHz: 150 } },
  {
    name: 'Master: a little wider above',
    values: { 'band3.width': 108, 'band4.width': 118, monoBelow: 1, monoBelowHz: 90 },
  },
];

export const limiterPresets: readonly PresetText[] = [
  { name: 'Safety', values: { inputGainDb: 0, ceilingDb: -1 } },
  { name: 'Streaming', values: { inputGainDb: 3, ceilingDb: -1, style: 'transparent' } },
  { name: 'Loud', values: { inputGainDb: 6, ceilingDb: -1, style: 'loud' } },
];
