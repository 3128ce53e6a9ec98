import type { PresetText } from './preset';

export const reverbPresets: readonly PresetText[] = [
  {
    name: 'Small hall',
    values: { kind: 'hall', preDelayMs: 24, decayS: 1.8, size: 62, lowMult: 1.25, highMult: 0.45, mix: 18 },
  },
  {
    name: 'Vocal: bright plate',
    values: {
      kind: 'plate',
      preDelayMs: 30,
      decayS: 1.6,
      size: 45,
      lowMult: 0.8,
      highMult: 0.7,
      lowCutHz: 200,
      mix: 18,
    },
  },
  {
    name: 'Snare: short plate',
    values: {
      kind: 'plate',
      preDelayMs: 8,
      decayS: 0.9,
      size: 35,
      lowMult: 0.7,
      highMult: 0.6,
      lowCutHz: 180,
      mix: 20,
    },
  },
  {
    name: 'Drum room',
    values: { kind: 'room', preDelayMs: 4, decayS: 0.6, size: 40, lowMult: 1, highMult: 0.5, mix: 22 },
  },
  {
    name: 'Ambience, hardly there',
    values: { kind: 'room', preDelayMs: 0, decayS: 0.4, size: 25, lowMult: 0.9, highMult: 0.6, mix: 14 },
  },
  {
    name: 'Guitar: warm room',
    values: { kind: 'room', preDelayMs: 12, decayS: 1, size: 55, lowMult: 1.1, highMult: 0.35, mix: 16 },
  },
  {
    name: 'Large hall',
    values: {
      kind: 'hall',
      preDelayMs: 36,
      decayS: 3.2,
      size: 85,
      lowMult: 1.2,
      highMult: 0.4,
      lowCutHz: 120,
      mix: 22,
    },
  },
  {
    name: 'Pads: endless',
    values: {
      kind: 'hall',
      preDelayMs: 50,
      decayS: 8,
      size: 100,
      lowMult: 0.8,
      highMult: 0.5,
      lowCutHz: 180,
      mix: 40,
    },
  },
];

export const convolutionPresets: readonly PresetText[] = [
  { name: 'As it is', values: { mix: 20 } },
  { name: 'Behind the voice', values: { lowCutHz: 200, highCutHz: 9000, mix: 14 } },
  { name: 'Shortened', values: { endS: 0.8, fadeS: 0.4, mix: 18 } },
  { name: 'Darker, larger', values: { stretch: 125, highCutHz: 6000, mix: 20 } },
];

export const delayPresets: readonly PresetText[] = [
  { name: 'Quarter, quiet', values: { sync: '1/4', feedback: 30, lowCutHz: 180, highCutHz: 6000, mix: 18 } },
  {
    name: 'Dotted, ping-pong',
    values: {
      sync: '1/8 dotted',
      feedback: 45,
      pingPong: 90,
      lowCutHz: 180,
      highCutHz: 5600,
      duckingDb: -6,
      mix: 22,
    },
  },
  {
    name: 'Vocal: throw, ducked',
    values: { sync: '1/4', feedback: 40, lowCutHz: 250, highCutHz: 4500, duckingDb: -12, mix: 25 },
  },
  { name: 'Slap', values: { timeMs: 110, feedback: 0, lowCutHz: 120, highCutHz: 5000, mix: 20 } },
  { name: 'Doubling', values: { timeMs: 28, feedback: 0, mix: 30 } },
  { name: 'Dub', values: { sync: '1/4 dotted', feedback: 70, lowCutHz: 200, highCutHz: 2500, mix: 30 } },
];
