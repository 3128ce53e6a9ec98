import { describe, expect, it } from 'vitest';
import { setUpMastering } from '../../../../web/src/commands/mastering';
import { masteringId } from '../../../../web/src/model/types';
import { deviceAt } from '../../../../web/src/view/devices/chain';
import { filesPlace, placesOf, withShown } from '../../../../web/src/view/mastering/grid';
import { fileLine, lineOf } from '../../../../web/src/view/mastering/gridLines';
import { edited, song } from '../../commands/song';

const links = (...devices: string[]) =>
  devices.map((deviceId, at) => ({ key: `${deviceId}${at}`, deviceId }));
const standard = links('gain', 'eq', 'multiband', 'compressor', 'exciter', 'imager', 'limiter');

describe('the places of the enlarged chain', () => {
  it('go to EQ, multiband, limiter and the files; without them to what comes first', () => {
    expect(placesOf(standard, [])).toEqual(['eq1', 'multiband2', 'limiter6', filesPlace]);
    expect(placesOf(links('compressor', 'limiter', 'limiter'), [])).toEqual([
      'limiter2',
      filesPlace,
      'compressor0',
      'limiter1',
    ]);
    expect(placesOf([], [])).toEqual([filesPlace]);
  });

  it('are given by hand, one for another, and fall back when a device goes', () => {
    const places = placesOf(standard, []);
    const swapped = withShown(places, 'multiband2', 'imager5');
    expect(swapped).toEqual(['eq1', 'imager5', 'limiter6', filesPlace]);
    expect(withShown(swapped, 'imager5', 'eq1')).toEqual(swapped);
    expect(withShown(places, null, 'gain0')).toEqual(['eq1', 'gain0', 'limiter6', filesPlace]);
    expect(placesOf(standard, swapped)).toEqual(swapped);
    const gone = standard.filter(({ key }) => key !== 'imager5');
    expect(placesOf(gone, swapped)).toEqual(places);
  });
});

describe('the lines of the list', () => {
  it('say what a device is set to', () => {
    const laid = edited(song([]), setUpMastering(song([])));
    const { inserts } = laid.mastering;
    const insertId = inserts.find(({ device }) => device === 'eq')?.id ?? '';
    const eqWith = (params: Record<string, number>, on = true) => {
      const project = edited(laid, [
        { op: 'insert.set', ownerId: masteringId, insertId, fields: { on } },
        ...Object.entries(params).map(([param, value]) => ({
          op: 'insert.param' as const,
          ownerId: masteringId,
          insertId,
          param,
          value,
        })),
      ]);
      const device = deviceAt(project, masteringId, insertId);
      return device ? lineOf(device) : '';
    };
    expect(eqWith({}, false)).toBe('Bypassed');
    expect(eqWith({ 'band1.on': 1 })).toBe('Minimum, 1 band');
    expect(eqWith({ 'band1.on': 1, 'band4.on': 1, 'band4.channels': 1, phase: 1 })).toBe(
      'Linear, mid and side',
    );
    const limiter = deviceAt(laid, masteringId, inserts.at(-1)?.id ?? '');
    expect(limiter && lineOf(limiter)).toBe('Transparent');
  });

  it('say what the file is written in', () => {
    expect(fileLine({ word: '16', dither: 'shaped' })).toBe('16 bit, shaped');
    expect(fileLine({ word: '24', dither: 'none' })).toBe('24 bit, no dither');
    expect(fileLine({ word: '32f', dither: 'shaped' })).toBe('32 bit float');
  });
});
