import type { ParamValues } from '../deviceGraph';
import { paramOf } from '../deviceTable';

/** Values by their ids; choices by name. What is left out has its default. */
export type PresetValues = Readonly<Record<string, number | string>>;

export interface PresetText {
  readonly name: string;
  readonly values: PresetValues;
}

/** Ready to be set: choices by their numbers. */
export interface Preset {
  readonly name: string;
  readonly values: ParamValues;
}

/** Several devices in a row. */
export interface ChainText {
  readonly name: string;
  readonly devices: readonly { readonly deviceId: string; readonly preset: string }[];
}

/** Choices become numbers; what the engine's table does not have is left out. */
function resolveValues(deviceId: string, values: PresetValues): ParamValues {
  return Object.fromEntries(
    Object.entries(values).flatMap(([id, value]) => {
      const param = paramOf(deviceId, id);
      if (!param) return [];
      const number = typeof value === 'number' ? value : param.choices.indexOf(value);
      return number === -1 && typeof value === 'string' ? [] : [[id, number]];
    }),
  );
}

export const resolvePreset = (deviceId: string, { name, values }: PresetText): Preset => ({
  name,
  values: resolveValues(deviceId, values),
});
