import { devices } from '../generated/devices';
import { clamp } from './decibels';

/** A device of the mastering chain with all values of its table. */
export interface Stage {
  readonly device: string;
  readonly on: boolean;
  readonly params: Readonly<Record<string, number>>;
}

/** The default chain, in its order. */
export const masteringStages = [
  'gain',
  'eq',
  'multiband',
  'compressor',
  'exciter',
  'imager',
  'limiter',
] as const;
export type MasteringDevice = (typeof masteringStages)[number];

/** All values of a device's table at their defaults. */
export function defaultParams(device: string): Record<string, number> {
  const table = devices.find(({ id }) => id === device);
  if (!table) throw new RangeError(`there is no device "${device}"`);
  return Object.fromEntries(table.params.map((param) => [param.id, param.default]));
}

/** A fresh chain: it changes nothing but the limiter's latency. What has nothing to do is off. */
export function freshChain(): Stage[] {
  return masteringStages.map((device) => ({
    device,
    on: device === 'limiter',
    params: defaultParams(device),
  }));
}

/** The chain with some values of a device set, and the device on. */
export function withParams(
  chain: readonly Stage[],
  device: MasteringDevice,
  params: Readonly<Record<string, number>>,
): Stage[] {
  return chain.map((stage) =>
    stage.device === device ? { ...stage, on: true, params: { ...stage.params, ...params } } : stage,
  );
}

/** A little under what a target asks for, so that rounding to the file's word length stays under it as well. */
export const ceilingMarginDb = 0.05;

/** The place of the limiter that comes last, which makes the loudness; -1 without one. */
export const lastLimiter = (chain: readonly Pick<Stage, 'device'>[]): number =>
  chain.findLastIndex(({ device }) => device === 'limiter');

/**
 * The chain with so much gain into its last limiter. What the limiter's own input can't give is given by the first gain; thresholds
 * follow, so that nothing else changes.
 */
export function withGain(chain: readonly Stage[], gainDb: number, ceilingDbtp: number): Stage[] {
  const inputGainDb = held('limiter', 'inputGainDb', gainDb);
  const restDb = gainDb - inputGainDb;
  const limiter = lastLimiter(chain);
  const gain = chain.findIndex(({ device }) => device === 'gain');
  const ceilingDb = ceilingDbtp - ceilingMarginDb;
  return chain.map((stage, place) => {
    const { params } = stage;
    if (place === limiter) return { ...stage, on: true, params: { ...params, inputGainDb, ceilingDb } };
    if (restDb === 0) return stage;
    if (place === gain)
      return { ...stage, on: true, params: { ...params, gainDb: (params.gainDb ?? 0) + restDb } };
    const shifted = Object.entries(params).map(([id, value]) => [
      id,
      /thresholdDb$/.test(id) ? held(stage.device, id, value + restDb) : value,
    ]);
    return { ...stage, params: Object.fromEntries(shifted) as Record<string, number> };
  });
}

/** A value inside its range. */
export function held(device: string, id: string, value: number): number {
  const param = devices.find((table) => table.id === device)?.params.find((each) => each.id === id);
  return param ? clamp(value, param.min, param.max) : value;
}

/** Values that differ from the table's defaults, choices by name: the form of `mixwell process --chain`. */
export function namedParams({ device, params }: Stage): Record<string, number | string> {
  const table = devices.find(({ id }) => id === device)?.params ?? [];
  const changed = table.filter((param) => (params[param.id] ?? param.default) !== param.default);
  return Object.fromEntries(
    changed.map((param) => {
      const value = params[param.id] as number;
      return [param.id, param.kind === 'choice' ? (param.choices[value] ?? value) : value];
    }),
  );
}

/** The stages that are on, with their values by the places of the devices' tables. */
export function stageDevices(
  stages: readonly Stage[],
): { readonly id: string; readonly params: readonly { readonly index: number; readonly value: number }[] }[] {
  return stages
    .filter(({ on }) => on)
    .map((stage) => ({
      id: stage.device,
      params: tableValues(stage).map((value, index) => ({ index, value })),
    }));
}

/** In the order of the device's table. */
export function tableValues({ device, params }: Stage): number[] {
  const table = devices.find(({ id }) => id === device)?.params ?? [];
  return table.map((param) => params[param.id] ?? param.default);
}
