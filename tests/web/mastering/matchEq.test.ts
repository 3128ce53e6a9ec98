import { beforeAll, describe, expect, it } from 'vitest';
import { EqCurves } from '../../../web/src/engine/curves';
import { DeviceRun } from '../../../web/src/engine/deviceRun';
import type { MixwellModule } from '../../../web/src/engine/mixwellModule';
import { devices } from '../../../web/src/generated/devices';
import { defaultParams } from '../../../web/src/mastering/chain';
import { bandGainDb, bandParams, type EqBand } from '../../../web/src/mastering/eqBands';
import {
  matchBandsAlone,
  matchMoves,
  meanSpectrum,
  toneMatch,
  withoutGains,
} from '../../../web/src/mastering/matchMoves';
import { analysed, eachBlock } from '../../support/analysed';
import { nodeEngine } from '../../support/nodeEngine';
import { pinkNoise } from '../../support/programmes';

let module: MixwellModule;
const rate = 48000;
const table = devices.find(({ id }) => id === 'eq')?.params ?? [];

beforeAll(async () => {
  module = await nodeEngine();
});

/** Values of the equaliser with these bands, in the table's order. */
function eqValues(params: Readonly<Record<string, number>>): number[] {
  const all = { ...defaultParams('eq'), ...params };
  return table.map(({ id }) => all[id] as number);
}

const paramsOf = (bands: readonly EqBand[]) =>
  Object.assign({}, ...bands.map((band, index) => bandParams(index + 1, band))) as Record<string, number>;

/** What the device does at frequencies from 40 Hz to 16 kHz, by its own curve. */
const frequencies = Array.from({ length: 80 }, (_, index) => 40 * 400 ** (index / 79));
function curveOf(params: Readonly<Record<string, number>>): number[] {
  const curves = new EqCurves(module, frequencies);
  const gains = [...curves.gainsDb({ eq: eqValues(params) }, rate)];
  curves.delete();
  return gains;
}

/** Sound through the device itself. */
const equalised = (sound: Float32Array, bands: readonly EqBand[]): Promise<Float32Array> =>
  throughEq(sound, paramsOf(bands));

async function throughEq(
  sound: Float32Array,
  values: Readonly<Record<string, number>>,
): Promise<Float32Array> {
  const params = eqValues(values).map((value, index) => ({ index, value }));
  const run = new DeviceRun(module, rate, 1, [{ id: 'eq', params }]);
  const out = new Float32Array(sound.length);
  let done = 0;
  const sink = async ({ pointer, frames }: { pointer: number; frames: number }) => {
    out.set(new Float32Array(module.HEAPU8.buffer, pointer, frames), done);
    done += frames;
  };
  const blocks: Promise<void>[] = [];
  eachBlock(module, [sound], (block) => blocks.push(run.add(block, sink)));
  await Promise.all(blocks);
  run.delete();
  return out;
}

const filters: readonly (readonly EqBand[])[] = [
  [
    { shape: 'bell', freqHz: 1000, gainDb: 4, q: 1 },
    { shape: 'lowshelf', freqHz: 120, gainDb: -3, q: 0.71 },
    { shape: 'highshelf', freqHz: 7000, gainDb: 3, q: 0.71 },
  ],
  [
    { shape: 'bell', freqHz: 300, gainDb: -4, q: 0.8 },
    { shape: 'bell', freqHz: 3500, gainDb: 4, q: 1.2 },
  ],
  [
    { shape: 'bell', freqHz: 80, gainDb: 4, q: 0.9 },
    { shape: 'highshelf', freqHz: 5000, gainDb: -4, q: 0.6 },
  ],
];

describe('match EQ', () => {
  it.each(filters.map((bands, index) => [index + 1, bands] as const))(
    'recovers known filter %d within 0.5 dB from 40 Hz to 16 kHz, and half of it at half the amount',
    async (_, bands) => {
      const source = pinkNoise(7, 20 * rate, 0.2);
      const reference = await equalised(source, bands);
      const [before, after] = [source, reference].map((sound) => analysed(module, [sound], rate));
      if (!before || !after) throw new Error('not analysed');
      const known = curveOf(paramsOf(bands));
      for (const amount of [1, 0.5]) {
        const [move] = matchMoves(before, after, amount, 'known');
        expect(move).toMatchObject({ id: 'match-tone', stage: 'eq' });
        const found = curveOf(move?.params ?? {});
        // Loudness is no part of tone: what differs throughout doesn't count.
        const misses = found.map((gain, index) => gain - amount * (known[index] as number));
        const middle = misses.filter(
          (_, index) => (frequencies[index] as number) > 200 && (frequencies[index] as number) < 4000,
        );
        const offset = middle.reduce((sum, miss) => sum + miss, 0) / middle.length;
        const worst = Math.max(...misses.map((miss) => Math.abs(miss - offset)));
        expect(worst).toBeLessThan(0.5);
      }
    },
  );

  it('does nothing where the tones are the same, and is held to 6 dB', async () => {
    const source = pinkNoise(8, 4 * rate, 0.2);
    const same = analysed(module, [source], rate);
    const softer = analysed(module, [source.map((sample) => 0.1 * sample)], rate);
    expect(matchMoves(same, softer, 1, 'itself')).toEqual([]);
    const extreme = await equalised(source, [{ shape: 'highshelf', freqHz: 3000, gainDb: 20, q: 0.71 }]);
    const [move] = matchMoves(same, analysed(module, [extreme], rate), 1, 'extreme');
    const curve = curveOf(move?.params ?? {});
    expect(Math.max(...curve.map(Math.abs))).toBeLessThan(7);
  });

  it('finds the same again once it is made, beside a band that is not its own', async () => {
    const source = pinkNoise(11, 20 * rate, 0.2);
    const reference = analysed(module, [await equalised(source, filters[1] ?? [])], rate);
    const hand = bandParams(1, { shape: 'lowshelf', freqHz: 90, gainDb: 3, q: 0.71 });
    const master = async (values: Readonly<Record<string, number>>) =>
      analysed(module, [await throughEq(source, { ...hand, ...values })], rate);
    const before = await master({});
    const [move] = toneMatch(before, reference, 0.5, 'known');
    const values = { ...defaultParams('eq'), ...hand, ...move?.params };
    const after = await master({ ...move?.params });
    const curves = new EqCurves(
      module,
      after.bands.map(({ centreHz }) => Math.min(centreHz, rate / 2)),
    );
    const made = [...curves.gainsDb({ eq: eqValues(matchBandsAlone(values)) }, rate)];
    curves.delete();
    const [again] = toneMatch(withoutGains(after, made), reference, 0.5, 'known');
    const [first, second] = [curveOf(move?.params ?? {}), curveOf(again?.params ?? {})];
    expect(Math.max(...first.map(Math.abs))).toBeGreaterThan(1);
    expect(Math.max(...first.map((gain, at) => Math.abs(gain - (second[at] as number))))).toBeLessThan(0.3);
  });

  it('takes the width towards the reference’s', () => {
    const stereo = (side: number) => {
      const [m, s] = [pinkNoise(9, 2 * rate, 0.2), pinkNoise(10, 2 * rate, 0.2 * side)];
      const left = m.map((sample, at) => sample + (s[at] as number));
      const right = m.map((sample, at) => sample - (s[at] as number));
      return analysed(module, [left, right], rate);
    };
    const width = (own: number, other: number, amount: number) =>
      matchMoves(stereo(own), stereo(other), amount, 'other').find(({ id }) => id === 'match-width')?.params
        .width;
    expect(width(0.4, 0.5, 1)).toBeCloseTo(125, 0);
    expect(width(0.4, 0.5, 0.4)).toBeCloseTo(110, 0);
    expect(width(0.5, 0.4, 1)).toBeCloseTo(80, 0);
    expect(width(0.1, 0.9, 1)).toBe(140);
    expect(width(0, 0.5, 1)).toBeUndefined();
  });

  it('takes several references as one, loud and soft ones alike', () => {
    const band = (centreHz: number, power: number) => ({ centreHz, left: power, right: power, cross: power });
    const loud = { bands: [band(100, 3), band(1000, 1)] };
    const soft = { bands: [band(100, 0.001), band(1000, 0.003)] };
    const [low, high] = meanSpectrum([loud, soft]).bands;
    expect(low?.left).toBeCloseTo(high?.left as number, 12);
    expect(meanSpectrum([loud])).toBe(loud);
    expect(meanSpectrum([])).toEqual({ bands: [] });
  });

  it('knows the curves of the device', () => {
    for (const band of filters.flat()) {
      const own = curveOf(paramsOf([band]));
      frequencies.forEach((hz, index) => {
        expect(Math.abs(bandGainDb(band, hz) - (own[index] as number))).toBeLessThan(0.25);
      });
    }
  });
});
