import type { Mastering } from '../../model/types';
import type { PlacedDevice } from '../devices/chain';
import { paramOf } from '../devices/deviceTable';
import { choiceName } from '../devices/paramSpec';

const eqBands = [1, 2, 3, 4, 5, 6, 7, 8];

/** What stands under a device's name in the list of the chain: its preset, or what it is set to. */
export function lineOf({ deviceId, on, preset, params }: PlacedDevice): string {
  if (!on) return 'Bypassed';
  const choice = (id: string) => {
    const name = paramOf(deviceId, id)?.choices[params[id] ?? 0];
    return name === undefined ? '' : choiceName(name);
  };
  if (deviceId === 'eq') {
    const active = eqBands.filter((band) => (params[`band${band}.on`] ?? 0) !== 0);
    const sides = active.some((band) => (params[`band${band}.channels`] ?? 0) !== 0);
    const bands = active.length === 1 ? '1 band' : `${active.length} bands`;
    const phase = choice('phase');
    return `${phase === '' ? '' : `${phase}, `}${sides ? 'mid and side' : bands}`;
  }
  if (deviceId === 'limiter') return choice('style');
  return preset || 'No preset';
}

/** "16 bit, shaped" */
export function fileLine({ word, dither }: Pick<Mastering, 'word' | 'dither'>): string {
  if (word === '32f') return '32 bit float';
  const noise = dither === 'none' ? 'no dither' : dither === 'tpdf' ? 'plain' : 'shaped';
  return `${word} bit, ${noise}`;
}
