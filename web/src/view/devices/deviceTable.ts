import { devices, type ParamInfo, type ReadoutInfo, stripParams } from '../../generated/devices';
import { type StripSection, stripSections } from '../../model/types';
import type { IconName } from '../kit/Icon';

export const categories = [
  'EQ',
  'Dynamics',
  'Colour',
  'Movement',
  'Space',
  'Stereo',
  'Mastering',
  'Other',
] as const;
export type DeviceCategory = (typeof categories)[number];

/** How a device is named and found. */
interface Words {
  /** In panels and lists. */
  readonly name: string;
  /** In a slot of a strip. */
  readonly short?: string;
  readonly category: DeviceCategory;
  readonly description: string;
  readonly icon: IconName;
  /** Other words that find it. */
  readonly words?: string;
  /** Of its panel, in pixels. */
  readonly width: number;
}

const words: Readonly<Record<string, Words>> = {
  eq: {
    name: 'EQ',
    category: 'EQ',
    description: 'Eight bands, two cuts, exact to the top',
    icon: 'audio-waveform',
    words: 'equaliser equalizer filter',
    width: 584,
  },
  gate: {
    name: 'Gate',
    category: 'Dynamics',
    description: 'Closes below a level',
    icon: 'log-in',
    words: 'expander noise',
    width: 456,
  },
  compressor: {
    name: 'Compressor',
    short: 'Comp',
    category: 'Dynamics',
    description: 'Evens out the level',
    icon: 'activity',
    words: 'dynamics leveller duck',
    width: 484,
  },
  deesser: {
    name: 'De-esser',
    short: 'De-ess',
    category: 'Dynamics',
    description: 'Takes the sharpness out of s and t',
    icon: 'mic',
    words: 'sibilance',
    width: 440,
  },
  transient: {
    name: 'Transient',
    category: 'Dynamics',
    description: 'More or less attack and sustain',
    icon: 'drum',
    words: 'shaper punch',
    width: 472,
  },
  saturator: {
    name: 'Saturator',
    category: 'Colour',
    description: 'Warmth to grit: tube, tape, clip',
    icon: 'sparkles',
    words: 'distortion overdrive warmth tape tube',
    width: 440,
  },
  chorus: {
    name: 'Chorus',
    category: 'Movement',
    description: 'Voices that drift in time',
    icon: 'waves-horizontal',
    words: 'modulation ensemble vibrato voices',
    width: 356,
  },
  flanger: {
    name: 'Flanger',
    category: 'Movement',
    description: 'A comb that sweeps',
    icon: 'waves-horizontal',
    width: 340,
  },
  phaser: {
    name: 'Phaser',
    category: 'Movement',
    description: 'Notches that wander',
    icon: 'waves-horizontal',
    width: 356,
  },
  delay: {
    name: 'Delay',
    category: 'Space',
    description: 'Repeats on the beat, ping-pong',
    icon: 'repeat',
    words: 'echo',
    width: 584,
  },
  reverb: {
    name: 'Reverb',
    category: 'Space',
    description: 'Room, hall and plate',
    icon: 'blend',
    words: 'room hall plate ambience',
    width: 620,
  },
  convolution: {
    name: 'Convolution',
    short: 'Convol.',
    category: 'Space',
    description: 'The sound of a real place',
    icon: 'file-music',
    words: 'impulse response reverb',
    width: 520,
  },
  imager: {
    name: 'Imager',
    category: 'Stereo',
    description: 'Width by band, mono below',
    icon: 'expand',
    words: 'width stereo wide',
    width: 400,
  },
  utility: {
    name: 'Utility',
    category: 'Stereo',
    description: 'Gain, width, mono, swap, DC',
    icon: 'settings',
    words: 'gain trim polarity mono swap width',
    width: 340,
  },
  gain: {
    name: 'Gain',
    category: 'Stereo',
    description: 'Gain, pan, width, polarity',
    icon: 'sliders-vertical',
    words: 'trim volume',
    width: 260,
  },
  multiband: {
    name: 'Multiband',
    category: 'Mastering',
    description: 'A compressor for each band',
    icon: 'rows-3',
    width: 480,
  },
  exciter: {
    name: 'Exciter',
    category: 'Mastering',
    description: 'Adds air',
    icon: 'sparkles',
    width: 380,
  },
  limiter: {
    name: 'Limiter',
    category: 'Mastering',
    description: 'Never above the ceiling',
    icon: 'gauge',
    words: 'maximizer loudness ceiling',
    width: 440,
  },
};

export interface DeviceInfo extends Words {
  readonly id: string;
  readonly short: string;
  readonly params: readonly ParamInfo[];
  readonly readouts: readonly ReadoutInfo[];
}

const sectionParams = (section: StripSection): ParamInfo[] =>
  stripParams
    .filter(({ id }) => id.startsWith(`${section}.`))
    .map((param) => ({ ...param, id: param.id.slice(section.length + 1) }));

function worded(id: string, name: string, params: readonly ParamInfo[], readouts: readonly ReadoutInfo[]) {
  const own = words[id] ?? {
    name,
    category: 'Other',
    description: '',
    icon: 'sliders-horizontal',
    width: 360,
  };
  return { ...own, id, short: own.short ?? own.name, params, readouts };
}

const byId: ReadonlyMap<string, DeviceInfo> = new Map([
  // Every strip has these, whether or not they can be inserted too.
  ...stripSections.map((id) => [id, worded(id, id, sectionParams(id), [])] as const),
  ...devices.map(({ id, name, params, readouts }) => [id, worded(id, name, params, readouts)] as const),
]);

/** A device of the engine, or a section of the strips; undefined for what this engine does not have. */
export const deviceInfo = (id: string): DeviceInfo | undefined => byId.get(id);

const insertable: ReadonlySet<string> = new Set(devices.map(({ id }) => id));

/** Whether it can stand among the inserts, any number of times. */
export const isInsertable = (id: string): boolean => insertable.has(id);

/** All that the picker offers, in the order of the categories. */
export const pickable: readonly DeviceInfo[] = [...byId.values()].sort(
  (a, b) => categories.indexOf(a.category) - categories.indexOf(b.category),
);

export const paramOf = (deviceId: string, paramId: string): ParamInfo | undefined =>
  deviceInfo(deviceId)?.params.find(({ id }) => id === paramId);

/** The strip's own cuts, which the panel of its EQ shows as two more handles. */
export const cutParams: readonly ParamInfo[] = stripParams.filter(({ id }) => id.startsWith('cut.'));

export function defaultsOf(deviceId: string): Record<string, number> {
  return Object.fromEntries((deviceInfo(deviceId)?.params ?? []).map((param) => [param.id, param.default]));
}
