import { devices, type ParamInfo, stripParams } from '../../../generated/devices';
import { fixed, frequencyText } from '../../kit/valueText';
import type { ParamLookup, Values } from './handles';

/** The table of a device; the strip's own ids too, such as the cuts that the strip's EQ has beside its bands. */
export function lookupOf(deviceId: string): ParamLookup {
  const table = new Map<string, ParamInfo>();
  for (const info of stripParams) table.set(info.id, info);
  for (const info of devices.find((device) => device.id === deviceId)?.params ?? []) table.set(info.id, info);
  return (id) => table.get(id);
}

export function defaultsOf(deviceId: string): Values {
  const params = devices.find((device) => device.id === deviceId)?.params ?? [];
  return Object.fromEntries(params.map((info) => [info.id, info.default]));
}

export const deviceName = (deviceId: string): string =>
  devices.find((device) => device.id === deviceId)?.name ?? 'Device';

/** "3.30 kHz", "-6.0 dB", "24 ms", "45 %": for the voice and, with a real minus sign, beside the hand. */
export function paramText(info: ParamInfo, value: number): string {
  if (info.kind === 'choice') return info.choices[value] ?? `${value}`;
  if (info.kind === 'switch') return value === 0 ? 'off' : 'on';
  switch (info.unit) {
    case 'Hz':
      return value < 20 ? `${fixed(value, 2)} Hz` : frequencyText(value);
    case 'dB':
      return `${value > 0 && info.min < 0 ? '+' : ''}${fixed(value, 1)} dB`;
    case ':1':
      return `${fixed(value, value < 10 ? 1 : 0)} : 1`;
    case 'ms':
      return value >= 1000 ? `${fixed(value / 1000, 2)} s` : `${fixed(value, value < 10 ? 1 : 0)} ms`;
    case 's':
      return `${fixed(value, 2)} s`;
    case '%':
      return `${fixed(value, 0)} %`;
    case '':
      return fixed(value, 2);
    default:
      return `${fixed(value, 2)} ${info.unit}`;
  }
}
