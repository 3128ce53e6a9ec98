import type { CopiedDevice } from '../deviceActions';
import type { ParamValues } from '../deviceGraph';
import { deviceInfo, paramOf } from '../deviceTable';
import { ourChains } from './chains';
import {
  chorusPresets,
  exciterPresets,
  flangerPresets,
  imagerPresets,
  limiterPresets,
  multibandPresets,
  phaserPresets,
  saturatorPresets,
  utilityPresets,
} from './colour';
import { compressorPresets, deesserPresets, gatePresets, transientPresets } from './dynamics';
import { eqPresets } from './eq';
import type { Preset, PresetText, PresetValues } from './preset';
import { convolutionPresets, delayPresets, reverbPresets } from './space';

export type { Preset } from './preset';

export const presetTexts: Readonly<Record<string, readonly PresetText[]>> = {
  eq: eqPresets,
  gate: gatePresets,
  compressor: compressorPresets,
  deesser: deesserPresets,
  transient: transientPresets,
  reverb: reverbPresets,
  convolution: convolutionPresets,
  delay: delayPresets,
  saturator: saturatorPresets,
  exciter: exciterPresets,
  chorus: chorusPresets,
  flanger: flangerPresets,
  phaser: phaserPresets,
  multiband: multibandPresets,
  utility: utilityPresets,
  imager: imagerPresets,
  limiter: limiterPresets,
};

/** Choices become numbers; what the engine's table does not have is left out. */
export function resolveValues(deviceId: string, values: PresetValues): ParamValues {
  return Object.fromEntries(
    Object.entries(values).flatMap(([id, value]) => {
      const param = paramOf(deviceId, id);
      if (!param) return [];
      const number = typeof value === 'number' ? value : param.choices.indexOf(value);
      return number === -1 && typeof value === 'string' ? [] : [[id, number]];
    }),
  );
}

const resolved = new Map<string, readonly Preset[]>();

/** Ours, in the order of the menu. Every device has at least its default. */
export function presetsOf(deviceId: string): readonly Preset[] {
  const known = resolved.get(deviceId);
  if (known) return known;
  const texts = presetTexts[deviceId] ?? [{ name: 'Default', values: {} }];
  const list = texts.map(({ name, values }) => ({ name, values: resolveValues(deviceId, values) }));
  resolved.set(deviceId, list);
  return list;
}

/** What a device is set to when it is added: a fresh one alters nothing, and would seem broken. */
export const startPreset = (deviceId: string): Preset | undefined => presetsOf(deviceId)[0];

export interface Chain {
  readonly name: string;
  readonly devices: readonly CopiedDevice[];
}

/** Our chains, as far as the engine has their devices. */
export function chains(): readonly Chain[] {
  return ourChains.map(({ name, devices }) => ({
    name,
    devices: devices
      .filter(({ deviceId }) => deviceInfo(deviceId) !== undefined)
      .map(({ deviceId, preset }) => ({
        deviceId,
        preset,
        values: presetsOf(deviceId).find((each) => each.name === preset)?.values ?? {},
      })),
  }));
}
