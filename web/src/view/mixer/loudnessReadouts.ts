import { type Accessor, createSignal } from 'solid-js';
import { loudnessFields, type MeteredBus } from '../../bridge/meterTypes';
import { onFrame } from '../kit/frameLoop';
import { useStudio } from '../state/studio';

/** Live figures of a bus; minus infinity in silence, and before there is enough sound. */
export interface LoudnessReadouts {
  readonly integratedLufs: Accessor<number>;
  readonly shortTermLufs: Accessor<number>;
  readonly momentaryLufs: Accessor<number>;
  readonly rangeLu: Accessor<number>;
  readonly truePeakDbtp: Accessor<number>;
  readonly correlation: Accessor<number>;
}

const everyMs = 100;
const place = (field: (typeof loudnessFields)[number]) => loudnessFields.indexOf(field);
const tenth = (value: number) => Math.round(10 * value) / 10;

/** Loudness as numbers, written ten times a second; of whichever bus it is at the time. */
export function createLoudnessReadouts(bus: MeteredBus | Accessor<MeteredBus>): LoudnessReadouts {
  const { mastering } = useStudio();
  const values = new Float64Array(loudnessFields.length);
  const readings: (() => void)[] = [];
  const reading = (field: (typeof loudnessFields)[number], write: (value: number) => number) => {
    const at = place(field);
    const [value, setValue] = createSignal(Number.NEGATIVE_INFINITY);
    readings.push(() => setValue(write(values[at] as number)));
    return value;
  };
  const readouts = {
    integratedLufs: reading('integratedLufs', tenth),
    shortTermLufs: reading('shortTermLufs', tenth),
    momentaryLufs: reading('momentaryLufs', tenth),
    rangeLu: reading('loudnessRangeLu', tenth),
    truePeakDbtp: reading('truePeak', (peak) => tenth(20 * Math.log10(peak))),
    correlation: reading('correlation', (value) => Math.round(100 * value) / 100),
  };
  const busNow = () => (typeof bus === 'function' ? bus() : bus);
  let readAt = 0;
  onFrame((nowMs) => {
    if (nowMs - readAt < everyMs || !mastering.readLoudness(busNow(), values)) return;
    readAt = nowMs;
    for (const read of readings) read();
  });
  return readouts;
}
