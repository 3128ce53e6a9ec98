import type { ParamValues } from '../deviceGraph';

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
