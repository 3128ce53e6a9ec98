import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clipGainSpec,
  frequencySpec,
  linearSpec,
  listeningSpec,
  panSpec,
  settle,
  stepped,
  type ValueSpec,
  volumeSpec,
} from '../../../web/src/view/kit/valueSpec';
import {
  fixed,
  frequencyText,
  gainText,
  levelText,
  panText,
  parseLevel,
  parseNumber,
  parsePan,
} from '../../../web/src/view/kit/valueText';

describe('typed numbers', () => {
  it.each([
    ['-3', 'dB', -3],
    ['-3 dB', 'dB', -3],
    ['\u22123 dB', 'dB', -3],
    ['+1,5', 'dB', 1.5],
    ['.5', '', 0.5],
    ['1k', 'Hz', 1000],
    ['1.2 kHz', 'Hz', 1200],
    ['440', 'Hz', 440],
    ['440hz', 'Hz', 440],
    ['12', 'ms', 12],
    ['1.5 s', 'ms', 1500],
    ['10 ms', 's', 0.01],
    ['50 %', '%', 50],
  ])('reads %j in %s', (text, unit, value) => {
    expect(parseNumber(text, unit)).toBeCloseTo(value, 12);
  });

  it.each([
    ['', 'dB'],
    ['loud', 'dB'],
    ['3 Hz', 'dB'],
    ['1k', 'ms'],
    ['3 3', 'dB'],
    ['--3', 'dB'],
    ['1e3', 'Hz'],
  ])('refuses %j in %s', (text, unit) => {
    expect(parseNumber(text, unit)).toBeNull();
  });

  it('reads silence', () => {
    for (const text of ['off', '-inf', '-∞', '−∞ dB', '-Infinity'])
      expect(parseLevel(text)).toBe(Number.NEGATIVE_INFINITY);
  });

  it.each([
    ['C', 0],
    ['centre', 0],
    ['L20', -20],
    ['l 20', -20],
    ['20L', -20],
    ['R35', 35],
    ['35 right', 35],
    ['-20', -20],
    ['R', 100],
    ['0', 0],
  ])('reads the pan %j', (text, pan) => {
    expect(parsePan(text)).toBe(pan);
  });

  it('refuses a pan that is none', () => {
    for (const text of ['', 'X20', 'L20R', 'twenty']) expect(parsePan(text)).toBeNull();
  });
});

describe('written values', () => {
  it('never writes a negative zero', () => {
    expect(fixed(-0.04, 1)).toBe('0.0');
    expect(levelText(-0.0001)).toBe('0.0');
    expect(gainText(-0.01)).toBe('0.0 dB');
  });

  it('writes levels, gains, pans and frequencies', () => {
    expect(levelText(-3)).toBe('\u22123.0');
    expect(levelText(-90)).toBe('\u2212∞');
    expect(gainText(1.5)).toBe('+1.5 dB');
    expect([-20, 0, 35, -0.3].map(panText)).toEqual(['L20', 'C', 'R35', 'C']);
    expect([80, 980, 1000, 3200, 12500].map(frequencyText)).toEqual([
      '80.0 Hz',
      '980 Hz',
      '1.00 kHz',
      '3.20 kHz',
      '12.5 kHz',
    ]);
  });

  it('tells screen readers the value with its unit and a plain hyphen', () => {
    expect(volumeSpec.format(-3)).toBe('-3.0 dB');
    expect(volumeSpec.format(-90)).toBe('-∞ dB');
    expect(panSpec.format(-20)).toBe('L20');
  });
});

const specs: readonly (readonly [string, ValueSpec])[] = [
  ['volume', volumeSpec],
  ['listening', listeningSpec],
  ['pan', panSpec],
  ['clip gain', clipGainSpec],
  ['frequency', frequencySpec({ min: 20, max: 20000, defaultValue: 1000 })],
  ['milliseconds', linearSpec({ min: 0, max: 500, defaultValue: 10, unit: 'ms', decimals: 0 })],
];

describe.each(specs)('%s', (_, spec) => {
  const values = fc.double({ min: spec.min, max: spec.max, noNaN: true }).map((value) => settle(spec, value));

  it('settles within its range, and stays where it settled', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), (value) => {
        const settled = settle(spec, value);
        expect(settled).toBeGreaterThanOrEqual(spec.min);
        expect(settled).toBeLessThanOrEqual(spec.max);
        expect(settle(spec, settled)).toBe(settled);
      }),
    );
  });

  it('reads what it wrote', () => {
    fc.assert(
      fc.property(values, (value) => {
        const read = spec.parse(spec.format(value));
        expect(read).not.toBeNull();
        const written = spec.format(settle(spec, read as number));
        expect(written).toBe(spec.format(value));
      }),
    );
  });

  it('finds its place on the travel and back', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.03, max: 1, noNaN: true }), (position) => {
        expect(spec.toPosition(spec.fromPosition(position))).toBeCloseTo(position, 9);
      }),
    );
  });

  it('steps up and down to where it began, away from the ends', () => {
    fc.assert(
      fc.property(values, (value) => {
        const up = stepped(spec, value, spec.step);
        expect(up).toBeGreaterThanOrEqual(value);
        if (up < spec.max && value > spec.min) expect(stepped(spec, up, -spec.step)).toBeCloseTo(value, 6);
      }),
    );
  });
});

describe('a fader at its foot', () => {
  it('steps from off to -60 dB and back', () => {
    expect(stepped(volumeSpec, -90, 0.1)).toBe(-60);
    expect(stepped(volumeSpec, -60, -0.1)).toBe(-90);
    expect(stepped(volumeSpec, -90, -3)).toBe(-90);
    expect(settle(volumeSpec, volumeSpec.fromPosition(0.015))).toBe(-60);
    expect(settle(volumeSpec, volumeSpec.fromPosition(0.005))).toBe(-90);
  });
});
