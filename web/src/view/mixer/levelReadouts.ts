import { type Accessor, createSignal } from 'solid-js';
import { onFrame } from '../kit/frameLoop';
import type { MeterReader } from '../kit/Meter';
import { levelDb } from '../kit/meterPainter';

/** All in dBFS, minus 200 in silence. */
export interface LevelReadouts {
  /** Highest sample since the last reset. */
  readonly maxPeakDb: Accessor<number>;
  /** The louder channel's peak now, as the meter shows it. */
  readonly peakDb: Accessor<number>;
  /** The louder channel over the last 300 ms. */
  readonly rmsDb: Accessor<number>;
}

const everyMs = 100;
const tenth = (db: number) => Math.round(db * 10) / 10;

/** Levels as numbers, written ten times a second. */
export function createLevelReadouts(read: MeterReader): LevelReadouts {
  const levels = new Float32Array(6);
  const silent = levelDb(0);
  const [maxPeakDb, setMaxPeakDb] = createSignal(silent);
  const [peakDb, setPeakDb] = createSignal(silent);
  const [rmsDb, setRmsDb] = createSignal(silent);
  let readAt = 0;
  onFrame((nowMs) => {
    if (nowMs - readAt < everyMs) return;
    readAt = nowMs;
    if (!read(levels)) levels.fill(0);
    const [peakL = 0, peakR = 0, rmsL = 0, rmsR = 0, maxPeak = 0] = levels;
    setMaxPeakDb(tenth(levelDb(maxPeak)));
    setPeakDb(tenth(levelDb(Math.max(peakL, peakR))));
    setRmsDb(tenth(levelDb(Math.max(rmsL, rmsR))));
  });
  return { maxPeakDb, peakDb, rmsDb };
}
