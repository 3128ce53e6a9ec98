import { framesPerBar, framesPerBeat } from '../../commands/snap';
import { frameOfBar } from '../../model/tempo';
import type { ProjectSnapshot } from '../../model/types';
import { barText, clockText } from '../bar/positionText';
import { fixed, parseNumber, typographic } from '../kit/valueText';
import { rulerUnit } from '../state/timeline';
import type { TimeGrid } from './grid';

/** A place, as the ruler counts: "5 | 1 | 1" or "00:00:42.813". */
export function placeText(frame: number, project: ProjectSnapshot): string {
  return rulerUnit() === 'bars' ? barText(frame, project) : clockText(frame, project.sampleRateHz);
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

/** "17", "17.3" (bar and beat), "1:30" or "90 s" as a frame; null where it is none of these. */
export function parsePlace(text: string, project: ProjectSnapshot): number | null {
  const place = text.trim();
  const clock = /^(?:(\d+):)?(\d{1,3}):(\d{1,2}(?:\.\d+)?)$/.exec(place);
  if (clock) {
    const seconds = Number(clock[1] ?? 0) * 3600 + Number(clock[2]) * 60 + Number(clock[3]);
    return Math.round(seconds * project.sampleRateHz);
  }
  const seconds = /^(\d+(?:\.\d+)?)\s*s(ec(onds?)?)?$/.exec(place);
  if (seconds) return Math.round(Number(seconds[1]) * project.sampleRateHz);
  const bar = /^(?:bar\s+)?(\d{1,5})(?:[.|:\s]+(\d{1,2}))?$/.exec(place);
  if (!bar || Number(bar[1]) < 1) return null;
  const beats = Number(bar[2] ?? 1) - 1;
  return Math.round(frameOfBar(project, Number(bar[1]) - 1, beats));
}

/** "120 ms", "1.25 s", or a bare number of milliseconds, as frames. */
export function parseDuration(text: string, sampleRateHz: number): number | null {
  const ms = parseNumber(text, 'ms');
  return ms === null || ms < 0 ? null : Math.round((ms / 1000) * sampleRateHz);
}
