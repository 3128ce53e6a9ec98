import type { CopiedDevice } from '../deviceActions';
import { deviceInfo } from '../deviceTable';
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
import { type Preset, type PresetText, resolvePreset } from './preset';
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

const resolved = new Map<string, readonly Preset[]>();

/** Ours, in the order of the menu. Every device has at least its default. */
export function presetsOf(deviceId: string): readonly Preset[] {
  const known = resolved.get(deviceId);
  if (known) return known;
  const texts = presetTexts[deviceId] ?? [{ name: 'Default', values: {} }];
  const list = texts.map((text) => resolvePreset(deviceId, text));
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
