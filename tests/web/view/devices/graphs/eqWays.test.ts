import { describe, expect, it } from 'vitest';
import { devices } from '../../../../../web/src/generated/devices';
import { preRinging, waysOf } from '../../../../../web/src/view/devices/graphs/eqWays';
import { nodeEngine } from '../../../../support/nodeEngine';

const table = devices.find(({ id }) => id === 'eq')?.params ?? [];
const defaults = Object.fromEntries(table.map((param) => [param.id, param.default]));
const choice = (id: string, name: string) =>
  (table.find((param) => param.id === id)?.choices ?? []).indexOf(name);
const rateHz = 48_000;

/** Milliseconds from the first sample of the response that is within 60 dB of its largest to that one. */
async function ringsAheadMs(values: Readonly<Record<string, number>>): Promise<number> {
  const module = await nodeEngine();
  const chain = new module.DeviceChain(rateHz, 2);
  const place = chain.add('eq');
  for (const [index, { id }] of table.entries()) chain.setParam(place, index, values[id] ?? 0);
  chain.reset();
  const block = 4096;
  const left = new Float32Array(module.HEAPU8.buffer, chain.left(), block);
  const right = new Float32Array(module.HEAPU8.buffer, chain.right(), block);
  const response: number[] = [];
  for (let at = 0; at < 8; at++) {
    left.fill(0);
    right.fill(0);
    if (at === 0) left[0] = right[0] = 1;
    chain.process(block);
    response.push(...left);
  }
  chain.delete();
  const most = Math.max(...response.map(Math.abs));
  // What the equaliser adds to the stroke itself.
  const centre = response.findIndex((value) => Math.abs(value) === most);
  const rest = response.map((value, at) => Math.abs(at === centre ? 0 : value));
  const loudest = Math.max(...rest);
  return (1000 * (centre - rest.findIndex((value) => value > 1e-3 * loudest))) / rateHz;
}

const linear = { ...defaults, on: 1, phase: choice('phase', 'linear') };

describe('the equaliser’s curves', () => {
  it('are one for all, or one for each of two parts of the sound', () => {
    const both = { ...defaults, 'band1.on': 1, 'band2.on': 1 };
    expect(waysOf(both).map(({ name }) => name)).toEqual(['']);
    const sides = waysOf({ ...both, 'band2.channels': choice('band2.channels', 'side') });
    expect(sides.map(({ name, values }) => [name, values['band1.on'], values['band2.on']])).toEqual([
      ['Mid', 1, 0],
      ['Side', 1, 1],
    ]);
    const left = waysOf({ ...both, 'band1.channels': choice('band1.channels', 'left') });
    expect(left.map(({ name, values }) => [name, values['band1.on'], values['band2.on']])).toEqual([
      ['Left', 1, 1],
      ['Right', 0, 1],
    ]);
    // A band that is off is for nobody.
    const off = { ...both, 'band3.channels': choice('band3.channels', 'mid') };
    expect(waysOf(off)).toHaveLength(1);
  });

  it.each([
    { freqHz: 100, q: 1, gainDb: 6 },
    { freqHz: 100, q: 4, gainDb: 6 },
    { freqHz: 400, q: 2, gainDb: -6 },
    { freqHz: 1000, q: 0.7, gainDb: 3 },
  ])('say about how long a linear phase rings ahead (%o)', async ({ freqHz, q, gainDb }) => {
    const values = {
      ...linear,
      'band1.on': 1,
      'band1.freqHz': freqHz,
      'band1.q': q,
      'band1.gainDb': gainDb,
    };
    const said = preRinging(values);
    const measured = await ringsAheadMs(values);
    console.log(
      `${freqHz} Hz, Q ${q}, ${gainDb} dB: rings ${measured.toFixed(1)} ms ahead, the page says ${said?.ms.toFixed(1)}`,
    );
    expect(said?.hz).toBe(freqHz);
    expect((said?.ms ?? 0) / measured).toBeGreaterThan(0.8);
    expect((said?.ms ?? 0) / measured).toBeLessThan(1.25);
  });

  it('ring ahead in linear phase alone', () => {
    expect(preRinging({ ...linear, phase: 0, 'band1.on': 1, 'band1.gainDb': 6 })).toBeNull();
    expect(preRinging(linear)).toBeNull();
  });
});
