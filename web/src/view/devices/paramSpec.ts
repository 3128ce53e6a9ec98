import type { ParamInfo } from '../../generated/devices';
import type { ValueSpec } from '../kit/valueSpec';
import {
  fixed,
  frequencyText,
  panText,
  parseLevel,
  parseNumber,
  parsePan,
  typographic,
} from '../kit/valueText';

/** Below this a fader's value is off. */
const lowestFaderDb = -60;
/** A logarithmic value goes through its octave in so many steps of a key. */
const stepsPerOctave = 24;

interface Unit {
  readonly quantum: number;
  readonly step: number;
  format(value: number): string;
  parse(text: string): number | null;
  readonly typing: string;
}

const milliseconds = (ms: number): string => {
  if (ms >= 1000) return `${fixed(ms / 1000, 2)} s`;
  return `${fixed(ms, ms < 1 ? 2 : ms < 20 ? 1 : 0)} ms`;
};

const numbers = (unit: string, decimals: number, step: number, typing: string): Unit => ({
  quantum: 10 ** -decimals,
  step,
  format: (value) => (unit === '' ? fixed(value, decimals) : `${fixed(value, decimals)} ${unit}`),
  parse: (text) => parseNumber(text, unit),
  typing,
});

function unitOf(param: ParamInfo): Unit {
  const { unit, max, id } = param;
  if (unit === 'dB' || unit === 'dBTP')
    return {
      ...numbers(unit, 1, 0.1, `-3, -3 ${unit}, +1.5`),
      parse: (text) => parseLevel(text.replace(/(db)tp\s*$/i, '$1')),
    };
  if (unit === 'Hz' && max > 100)
    return {
      quantum: 0.1,
      step: 1,
      format: frequencyText,
      parse: (text) => parseNumber(text, 'Hz'),
      typing: '440, 1k, 3.2 kHz',
    };
  if (unit === 'Hz') return numbers('Hz', 2, 0.01, '0.5, 0.5 Hz');
  if (unit === 'ms')
    return {
      quantum: 0.01,
      step: 0.1,
      format: milliseconds,
      parse: (text) => parseNumber(text, 'ms'),
      typing: '20, 20 ms, 0.2 s',
    };
  if (unit === 's') return numbers('s', 2, 0.01, '1.5, 1.5 s, 800 ms');
  if (unit === '%') return numbers('%', 0, 1, '50, 50 %');
  if (unit === ':1')
    return {
      quantum: 0.01,
      step: 0.1,
      format: (value) => `${fixed(value, value < 20 ? 1 : 0)} : 1`,
      parse: (text) => parseNumber(text.replace(/\s*:\s*1\s*$/, '')),
      typing: '2, 4 : 1',
    };
  if (unit === 'x') return numbers('x', 2, 0.01, '0.5, 0.5 x');
  if (unit === '' && id === 'pan')
    return { quantum: 1, step: 1, format: panText, parse: parsePan, typing: 'L20, C, R35' };
  const whole = param.kind !== 'continuous';
  return numbers(unit, whole ? 0 : 2, whole ? 1 : 0.01, unit === '' ? '0.71' : `1, 1 ${unit}`);
}

type Travel = Pick<ValueSpec, 'toPosition' | 'fromPosition' | 'nudge' | 'step' | 'bigStep' | 'pageStep'>;

function logarithmic({ min, max }: ParamInfo, quantum: number): Travel {
  const octaves = Math.log2(max / min);
  return {
    toPosition: (value) => Math.log2(value / min) / octaves,
    fromPosition: (position) => min * 2 ** (position * octaves),
    step: 1,
    bigStep: 4,
    pageStep: stepsPerOctave,
    // At least one step of its grid, so that a low value does not stick.
    nudge: (value, amount) => {
      const to = value * 2 ** (amount / stepsPerOctave);
      return Math.abs(to - value) < quantum ? value + Math.sign(amount) * quantum : to;
    },
  };
}

function even({ min, max }: Pick<ParamInfo, 'min' | 'max'>, step: number): Travel {
  return {
    toPosition: (value) => (value - min) / (max - min),
    fromPosition: (position) => min + position * (max - min),
    step,
    bigStep: step * 10,
    pageStep: step * 30,
  };
}

const specs = new WeakMap<ParamInfo, ValueSpec>();

/** How a parameter of the engine's tables is turned, stepped, written and typed. */
export function specOf(param: ParamInfo): ValueSpec {
  const known = specs.get(param);
  if (known) return known;
  const { min, max, default: defaultValue } = param;
  const unit = unitOf(param);
  const common = { min, max, defaultValue, ...unit };
  const spec = ((): ValueSpec => {
    if (param.curve === 'logarithmic' && min > 0) return { ...common, ...logarithmic(param, unit.quantum) };
    if (param.curve !== 'fader') return { ...common, ...even(param, unit.step) };
    const lowest = Math.max(lowestFaderDb, min);
    const travel = even({ min: lowest, max }, unit.step);
    const settled = (db: number) => (db <= lowest ? min : db);
    return {
      ...common,
      ...travel,
      toPosition: (db) => Math.max(0, travel.toPosition(db)),
      fromPosition: (position) => settled(travel.fromPosition(position)),
      nudge: (db, amount) => (db <= min ? (amount > 0 ? lowest + amount : min) : settled(db + amount)),
      format: (db) => (db <= min ? '-∞ dB' : unit.format(db)),
      parse: (text) => {
        const db = parseLevel(text);
        return db === null ? null : settled(Math.max(min, db));
      },
      typing: '-3, -3 dB, off',
    };
  })();
  specs.set(param, spec);
  return spec;
}

/** As a panel shows it: a plus where the value is a change, a real minus. */
export function shownValue(param: ParamInfo, value: number): string {
  const text = typographic(specOf(param).format(value));
  if (param.unit === 'x') return `× ${text.replace(/ x$/, '')}`;
  const signed = param.min < 0 && param.max > 0 && param.unit !== '' && param.curve !== 'fader';
  return signed && value > 0 ? `+${text}` : text;
}

const choiceNames: Readonly<Record<string, string>> = {
  off: 'Free',
  band1: 'Lowest',
  band2: 'Low',
  band3: 'High',
  band4: 'Highest',
  bell: 'Bell',
  lowshelf: 'Low shelf',
  highshelf: 'High shelf',
  lowcut: 'Low cut',
  highcut: 'High cut',
  notch: 'Notch',
  tilt: 'Tilt',
  '4x': '4×',
  '8x': '8×',
  rms: 'RMS',
};

/** "lowshelf" as people read it. */
export function choiceName(choice: string): string {
  return choiceNames[choice] ?? choice.charAt(0).toUpperCase() + choice.slice(1);
}
