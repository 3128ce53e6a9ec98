import { framesPerBar, framesPerBeat } from '../../commands/snap';
import type { ProjectSnapshot } from '../../model/types';
import { barText, clockText } from '../bar/positionText';
import { fixed, typographic } from '../kit/valueText';
import { rulerUnit } from '../state/timeline';
import type { TimeGrid } from './grid';

/** A place, as the ruler counts: "5 | 1 | 1" or "00:00:42.813". */
export function placeText(frame: number, project: ProjectSnapshot): string {
  return rulerUnit() === 'bars'
    ? barText(frame, project.sampleRateHz, project.tempo)
    : clockText(frame, project.sampleRateHz);
}

const plural = (count: string, word: string) =>
  `${count} ${word}${count === '1' || count === '-1' ? '' : 's'}`;

/** A distance in the largest unit that tells it: "-8 bars", "+2 beats", "+12.5 ms". */
export function distanceText(frames: number, grid: TimeGrid): string {
  const sign = frames > 0 ? '+' : '';
  for (const [unit, size] of [
    ['bar', framesPerBar(grid)],
    ['beat', framesPerBeat(grid)],
  ] as const) {
    const count = frames / size;
    if (Math.abs(count) >= 1 && Math.abs(count - Math.round(count)) * size < 2)
      return typographic(sign + plural(String(Math.round(count)), unit));
  }
  return typographic(sign + durationText(frames, grid.sampleRateHz));
}

/** "12.5 ms", "1.250 s" */
export function durationText(frames: number, sampleRateHz: number): string {
  const ms = (frames / sampleRateHz) * 1000;
  return Math.abs(ms) < 999.95 ? `${fixed(ms, 1)} ms` : `${fixed(ms / 1000, 3)} s`;
}
