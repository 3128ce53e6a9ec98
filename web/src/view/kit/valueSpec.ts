import { faderDb, faderPosition, lowestDb, offDb } from './taper';
import { fixed, frequencyText, panText, parseLevel, parseNumber, parsePan } from './valueText';

/** How a value is turned, stepped, written and typed. The same object serves knobs, faders, fields and screen readers. */
export interface ValueSpec {
  readonly min: number;
  readonly max: number;
  readonly defaultValue: number;
  /** Arrow key and wheel; with Shift; Page keys. */
  readonly step: number;
  readonly bigStep: number;
  readonly pageStep: number;
  /** Grid of what a hand sets. */
  readonly quantum: number;
  /** Place on the travel, 0 to 1, and back. */
  toPosition(value: number): number;
  fromPosition(position: number): number;
  /** With its unit and a plain hyphen: "-3.0 dB". What screen readers say and what is offered for typing. */
  format(value: number): string;
  parse(text: string): number | null;
  /** What can be typed, for the tooltip of the field. */
  readonly typing: string;
  /** Where one step leads, when that is not simply the sum. */
  nudge?(value: number, amount: number): number;
}

const onGrid = (value: number, quantum: number): number => {
  const perUnit = 1 / quantum;
  return Math.round(value * perUnit) / perUnit;
};

/** On the grid of the value and within its range. */
export function settle(spec: ValueSpec, value: number): number {
  const limited = Math.min(spec.max, Math.max(spec.min, value));
  return limited === spec.min || limited === spec.max ? limited : onGrid(limited, spec.quantum) + 0;
}

/** One step up or down by a key or the wheel. */
export const stepped = (spec: ValueSpec, value: number, amount: number): number =>
  settle(spec, spec.nudge ? spec.nudge(value, amount) : value + amount);

/** Between -60 dB and off there is nothing. */
const offBelowLowest = (db: number): number =>
  db >= lowestDb ? db : db > (lowestDb + offDb) / 2 ? lowestDb : offDb;

/** Faders: -60 to +12 dB on the console taper, or off. */
export const volumeSpec: ValueSpec = {
  min: offDb,
  max: 12,
  defaultValue: 0,
  step: 0.1,
  bigStep: 1,
  pageStep: 3,
  quantum: 0.1,
  toPosition: faderPosition,
  fromPosition: (position) => offBelowLowest(faderDb(position)),
  format: (db) => (db < lowestDb ? '-∞ dB' : `${fixed(db, 1)} dB`),
  parse: (text) => {
    const db = parseLevel(text);
    return db === null ? null : offBelowLowest(Math.max(offDb, db));
  },
  typing: '-2.5, -2.5 dB, +1, off',
  nudge: (db, amount) => {
    if (db < lowestDb) return amount > 0 ? lowestDb : offDb;
    return db + amount < lowestDb ? offDb : db + amount;
  },
};

/** A fader that does not go above 0 dB: the listener's own volume. */
export const listeningSpec: ValueSpec = {
  ...volumeSpec,
  max: 0,
  toPosition: (db) => Math.min(1, faderPosition(db) / faderPosition(0)),
  fromPosition: (position) => volumeSpec.fromPosition(position * faderPosition(0)),
  typing: '-6, -6 dB, off',
};

export const panSpec: ValueSpec = {
  ...linearSpec({ min: -100, max: 100, defaultValue: 0, step: 1, bigStep: 5, pageStep: 25, quantum: 1 }),
  format: panText,
  parse: parsePan,
  typing: 'L20, C, R35',
};

export const clipGainSpec: ValueSpec = {
  ...linearSpec({ min: -60, max: 24, defaultValue: 0, unit: 'dB', decimals: 1 }),
  parse: parseLevel,
};

export interface LinearSpecOptions {
  min: number;
  max: number;
  defaultValue: number;
  unit?: string;
  decimals?: number;
  step?: number;
  bigStep?: number;
  pageStep?: number;
  quantum?: number;
}

/** A value whose travel is even: dB of a trim, per cent, milliseconds of a short range. */
export function linearSpec(options: LinearSpecOptions): ValueSpec {
  const { min, max, defaultValue, unit = '', decimals = 1 } = options;
  const quantum = options.quantum ?? 10 ** -decimals;
  const step = options.step ?? Math.max(quantum, 0.1);
  return {
    min,
    max,
    defaultValue,
    quantum,
    step,
    bigStep: options.bigStep ?? step * 10,
    pageStep: options.pageStep ?? step * 30,
    toPosition: (value) => (value - min) / (max - min),
    fromPosition: (position) => min + position * (max - min),
    format: (value) => (unit === '' ? fixed(value, decimals) : `${fixed(value, decimals)} ${unit}`),
    parse: (text) => parseNumber(text, unit),
    typing: `${fixed(defaultValue, decimals)}${unit === '' ? '' : `, ${fixed(defaultValue, decimals)} ${unit}`}`,
  };
}

/** A frequency: even in octaves. */
export function frequencySpec(options: { min: number; max: number; defaultValue: number }): ValueSpec {
  const { min, max } = options;
  const octaves = Math.log(max / min);
  return {
    ...options,
    quantum: 0.1,
    step: 1,
    bigStep: 10,
    pageStep: 100,
    toPosition: (hz) => Math.log(hz / min) / octaves,
    fromPosition: (position) => min * Math.exp(position * octaves),
    format: frequencyText,
    parse: (text) => parseNumber(text, 'Hz'),
    typing: '440, 1k, 3.2 kHz',
  };
}
