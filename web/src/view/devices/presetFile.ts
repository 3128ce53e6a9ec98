import { offerDownload } from '../../bridge/offerDownload';
import { clampParam } from '../../model/params';
import type { ParamValues } from './deviceGraph';
import { cutParams, deviceInfo } from './deviceTable';
import type { Preset } from './presets';

const kind = 'mixwell-preset';
const version = 1;

/** A preset as the text of a file of its own. */
export const presetText = (deviceId: string, { name, values }: Preset): string =>
  `${JSON.stringify({ kind, version, device: deviceId, name, values }, null, 2)}\n`;

export const presetFileName = (deviceId: string, name: string): string =>
  `${deviceInfo(deviceId)?.name ?? deviceId} ${name.replace(/[\\/:*?"<>|\s]+/g, ' ').trim()}.json`;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a file says for a device, its values within their ranges; or in words why it can't be used. */
export function readPresetFile(text: string, deviceId: string): Preset | { readonly error: string } {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return { error: 'This file is no preset.' };
  }
  if (!isRecord(data) || data.kind !== kind || typeof data.name !== 'string' || !isRecord(data.values))
    return { error: 'This file is no preset.' };
  if (typeof data.version !== 'number' || data.version > version)
    return { error: 'A newer Mixwell wrote this preset.' };
  if (data.device !== deviceId) {
    const other = deviceInfo(String(data.device))?.name;
    return {
      error: other ? `This is a preset of ${other}.` : 'This preset is of a device that is not here.',
    };
  }
  return { name: data.name.slice(0, 60) || 'Loaded', values: valuesOf(data.values, deviceId) };
}

function valuesOf(values: Record<string, unknown>, deviceId: string): ParamValues {
  const own = deviceInfo(deviceId)?.params ?? [];
  const params = deviceId === 'eq' ? [...own, ...cutParams] : own;
  return Object.fromEntries(
    params.flatMap((param) => {
      const { id } = param;
      const value = values[id];
      if (typeof value !== 'number' || !Number.isFinite(value)) return [];
      return [[id, clampParam({ ...param, whole: param.kind !== 'continuous' }, value)]];
    }),
  );
}

/** Opens the file dialog; null where nothing was chosen. */
export function chooseTextFile(): Promise<File | null> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = '.json,application/json';
    input.addEventListener('change', () => resolve(input.files?.[0] ?? null));
    input.addEventListener('cancel', () => resolve(null));
    input.click();
  });
}

export const saveTextFile = (name: string, text: string): void =>
  offerDownload(new Blob([text], { type: 'application/json' }), name);
