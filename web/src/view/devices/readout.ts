import { type Accessor, createSignal } from 'solid-js';
import { onFrame } from '../kit/frameLoop';
import { fixed, typographic } from '../kit/valueText';
import type { PlacedDevice } from './chain';
import type { DeviceProbe } from './deviceGraph';
import { deviceInfo } from './deviceTable';

export interface Readout {
  /** "Reduction" */
  readonly label: string;
  /** "−6.1 dB"; empty where the label says it all. */
  readonly value: string;
}

const everyMs = 100;

/** Which of a device's read-outs stands in the head of its panel, and what it is called there. */
const shown: Readonly<Record<string, string>> = {
  reductionDb: 'Reduction',
  gainDb: 'Now',
  correlation: 'Correlation',
  distortion: 'Distortion',
  addedDb: 'Added',
  nowHz: 'Now',
};

function textOf(id: string, unit: string, value: number): string {
  if (!Number.isFinite(value)) return '–';
  const sign = id !== 'reductionDb' && unit !== '%' && value > 0 ? '+' : '';
  const decimals = unit === '' ? 2 : 1;
  return `${sign}${typographic(fixed(value, decimals))}${unit === '' ? '' : ` ${unit}`}`;
}

/** The one live number of a panel, written ten times a second; null where the device has none. */
export function createReadout(
  device: Accessor<PlacedDevice>,
  probe: DeviceProbe,
  song: { bpm(): number },
): Accessor<Readout | null> {
  const info = deviceInfo(device().deviceId);
  const index = info?.readouts.findIndex(({ id }) => id in shown) ?? -1;
  const entry = info?.readouts[index];
  const [value, setValue] = createSignal<number | null>(null);
  let readAt = 0;
  if (entry)
    onFrame((nowMs) => {
      if (nowMs - readAt < everyMs) return;
      readAt = nowMs;
      const number = probe.read()?.readouts[index];
      setValue(number === undefined ? null : Math.round(number * 100) / 100);
    });
  return () => {
    if (!device().on) return { label: 'Bypassed', value: '' };
    if (entry)
      return { label: shown[entry.id] ?? entry.id, value: textOf(entry.id, entry.unit, value() ?? 0) };
    if (device().deviceId === 'delay') return { label: `${fixed(song.bpm(), 1)} bpm`, value: '' };
    return null;
  };
}
