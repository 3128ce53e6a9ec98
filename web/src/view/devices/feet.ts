import { deviceInfo } from './deviceTable';

/** A value in the foot of a panel: its id, and its label where the table's name is too long. */
export interface FootItem {
  readonly id: string;
  readonly label: string;
  /** Shows the label of a choice too, where its values don't say what they are of. */
  readonly captioned: boolean;
}

export interface Foot {
  readonly items: readonly FootItem[];
  /** At the right edge: small switches, then mix. */
  readonly right: readonly FootItem[];
}

type Row = readonly (string | readonly [id: string, label: string, captioned?: 'captioned'])[];

/** Choices of kind first; what does not stand here is reached by "All values". */
const rows: Readonly<Record<string, { readonly items: Row; readonly right?: Row }>> = {
  gate: {
    items: ['thresholdDb', ['hysteresisDb', 'Hysteresis'], 'attackMs', 'holdMs', 'releaseMs', 'rangeDb'],
  },
  compressor: {
    items: ['thresholdDb', 'ratio', 'attackMs', 'releaseMs', 'kneeDb', 'makeupDb'],
    right: ['mix'],
  },
  deesser: {
    items: ['thresholdDb', ['lowHz', 'From'], ['highHz', 'To'], ['maxReductionDb', 'Most']],
    right: [['action', 'Acts on']],
  },
  transient: {
    items: ['attackDb', 'sustainDb', 'speedMs', 'outputDb'],
    right: ['guardClips', 'mix'],
  },
  saturator: {
    items: ['curve', 'driveDb', 'bias', 'toneDb', 'outputDb'],
    right: ['mix'],
  },
  exciter: {
    items: [['freqHz', 'From'], 'driveDb', 'harmonics', 'amount'],
    right: ['mix'],
  },
  chorus: { items: ['rateHz', 'depthMs', 'delayMs', 'voices'], right: ['mix'] },
  flanger: { items: ['rateHz', 'depthMs', 'delayMs', ['feedback', 'Feedb.']], right: ['mix'] },
  phaser: { items: ['stages', 'rateHz', 'centreHz', ['feedback', 'Feedb.']], right: ['mix'] },
  delay: {
    items: ['sync', 'timeMs', 'feedback', 'pingPong', 'lowCutHz', 'highCutHz', 'duckingDb'],
    right: ['mix'],
  },
  reverb: {
    items: ['kind', 'preDelayMs', 'decayS', 'size', 'lowMult', 'highMult', 'diffusion', 'width'],
    right: ['mix'],
  },
  convolution: {
    items: ['startMs', 'endS', 'fadeS', 'stretch', 'lowCutHz', 'highCutHz'],
    right: ['mix'],
  },
  imager: {
    items: [
      'width',
      ['band1.width', 'Lowest'],
      ['band2.width', 'Low'],
      ['band3.width', 'High'],
      ['band4.width', 'Highest'],
      ['monoBelowHz', 'Mono below'],
    ],
    right: [['monoBelow', 'Mono']],
  },
  utility: {
    items: ['gainDb', 'width', 'delayMs'],
    right: ['mono', ['polarityLeft', 'Ø L'], ['polarityRight', 'Ø R'], 'swap'],
  },
  gain: { items: ['gainDb', 'pan', 'width'], right: ['polarity'] },
  multiband: {
    items: [
      ['crossover1Hz', 'Cross 1'],
      ['crossover2Hz', 'Cross 2'],
      ['crossover3Hz', 'Cross 3'],
    ],
    right: ['mix'],
  },
  limiter: {
    items: ['style', ['inputGainDb', 'Gain'], 'ceilingDb', 'releaseMs', ['lookaheadMs', 'Lookahead']],
    right: [['oversampling', 'Oversampling', 'captioned']],
  },
};

const mostUnlisted = 7;

/** What stands in the foot of a device's panel, as far as its table has it. */
export function footOf(deviceId: string): Foot {
  const params = deviceInfo(deviceId)?.params ?? [];
  const listed = (row: Row = []): FootItem[] =>
    row.flatMap((entry) => {
      const [id, label, captioned] = typeof entry === 'string' ? [entry] : entry;
      const param = params.find((candidate) => candidate.id === id);
      return param ? [{ id, label: label ?? param.name, captioned: captioned !== undefined }] : [];
    });
  const row = rows[deviceId];
  if (row) return { items: listed(row.items), right: listed(row.right) };
  const others = params.filter(({ id }) => id !== 'on' && id !== 'mix').slice(0, mostUnlisted);
  return { items: listed(others.map(({ id }) => id)), right: listed(['mix']) };
}
