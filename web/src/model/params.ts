import { devices, masterParams, type ParamInfo, stripParams } from '../generated/devices';
import type { DeviceId, MasterParamId, MasterParams, StripParamId, StripParams } from './types';

/** What the model needs of an entry of the engine's parameter tables. */
export interface ParamRange {
  readonly id: string;
  readonly min: number;
  readonly max: number;
  readonly default: number;
  /** Choices and switches hold whole numbers. */
  readonly whole: boolean;
  readonly unit?: string;
  readonly curve?: string;
  /** False where the latency follows from it. */
  readonly automatable?: boolean;
}

function rangesOf<ParamId extends string>(table: readonly ParamInfo[]): ReadonlyMap<ParamId, ParamRange> {
  return new Map(
    table.map(({ id, min, max, default: fallback, kind, unit, curve, changesLatency }) => [
      id as ParamId,
      {
        id,
        min,
        max,
        default: fallback,
        whole: kind !== 'continuous',
        unit,
        curve,
        automatable: changesLatency === 0,
      },
    ]),
  );
}

export const stripRanges = rangesOf<StripParamId>(stripParams);
export const masterRanges = rangesOf<MasterParamId>(masterParams);

const deviceRangesById: ReadonlyMap<string, ReadonlyMap<string, ParamRange>> = new Map(
  devices.map(({ id, params }) => [id, rangesOf(params)]),
);
const nothing: ReadonlyMap<string, ParamRange> = new Map();

/** Empty for a device that this engine does not have. */
export const deviceRanges = (device: string): ReadonlyMap<string, ParamRange> =>
  deviceRangesById.get(device) ?? nothing;
export const isDevice = (device: string): device is DeviceId => deviceRangesById.has(device);

export const sendRanges: ReadonlyMap<string, ParamRange> = new Map([
  ['gainDb', { id: 'gainDb', min: -90, max: 12, default: 0, whole: false, unit: 'dB' }],
  ['pan', { id: 'pan', min: -100, max: 100, default: 0, whole: false }],
]);

function defaultsOf<ParamId extends string>(
  ranges: ReadonlyMap<ParamId, ParamRange>,
): Readonly<Record<ParamId, number>> {
  return Object.freeze(
    Object.fromEntries([...ranges].map(([id, range]) => [id, range.default])) as Record<ParamId, number>,
  );
}

/** A fresh strip, which changes nothing. */
export const defaultStripParams: StripParams = defaultsOf(stripRanges);
export const defaultMasterParams: MasterParams = defaultsOf(masterRanges);
export const defaultDeviceParams = (device: string): Readonly<Record<string, number>> =>
  defaultsOf(deviceRanges(device));

/** The nearest value that the parameter takes. `value` is a number, infinities included. */
export function clampParam(range: ParamRange, value: number): number {
  const inRange = Math.min(Math.max(value, range.min), range.max);
  return (range.whole ? Math.round(inRange) : inRange) + 0;
}
