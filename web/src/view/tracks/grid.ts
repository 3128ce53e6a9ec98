import type { Tempo } from '../../model/types';

/** Frames of one beat; a fraction. bpm counts the beats of the signature. */
export const framesPerBeat = (tempo: Tempo, sampleRateHz: number): number => (60 * sampleRateHz) / tempo.bpm;
export const framesPerBar = (tempo: Tempo, sampleRateHz: number): number =>
  framesPerBeat(tempo, sampleRateHz) * tempo.beatsPerBar;

/** The frame of a grid of `stepFrames` that is nearest. */
export const nearestOnGrid = (frame: number, stepFrames: number): number =>
  Math.round(Math.round(frame / stepFrames) * stepFrames);

export interface Tick {
  readonly frame: number;
  /** 0 is a line of its own kind with a label, 1 a finer line. */
  readonly level: 0 | 1;
  readonly label: string;
}

export interface TickRange {
  readonly startFrame: number;
  readonly endFrame: number;
  readonly framesPerPx: number;
}

const labelPx = 66;
const linePx = 10;

interface Steps {
  readonly labelStep: number;
  readonly lineStep: number;
}

/** The least of `steps` (in frames, rising) that is `px` wide on the screen. */
const wideEnough = (steps: readonly number[], framesPerPx: number, px: number): number =>
  steps.find((step) => step / framesPerPx >= px) ?? (steps.at(-1) as number);

function musicalSteps(tempo: Tempo, sampleRateHz: number, framesPerPx: number): Steps {
  const bar = framesPerBar(tempo, sampleRateHz);
  const beat = framesPerBeat(tempo, sampleRateHz);
  const steps = [beat / 64, beat / 16, beat / 4, beat, ...Array.from({ length: 14 }, (_, i) => bar * 2 ** i)];
  const labelStep = wideEnough(steps, framesPerPx, labelPx);
  const finer = labelStep > bar ? [labelStep / 4, labelStep / 2].filter((step) => step >= bar) : steps;
  const lines = finer.filter((step) => step < labelStep && labelStep / step < 17);
  return { labelStep, lineStep: lines.find((step) => step / framesPerPx >= linePx) ?? labelStep };
}

function clockSteps(sampleRateHz: number, framesPerPx: number): Steps {
  const seconds = [
    0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600,
  ];
  const steps = seconds.map((step) => step * sampleRateHz);
  const labelStep = wideEnough(steps, framesPerPx, labelPx);
  const lines = steps.filter(
    (step) => step < labelStep && Number.isInteger(Math.round((labelStep / step) * 1e6) / 1e6),
  );
  return { labelStep, lineStep: wideEnough([...lines, labelStep], framesPerPx, linePx) };
}

/** "17", or "17.3" where the ruler shows beats. */
function barLabel(frame: number, tempo: Tempo, sampleRateHz: number): string {
  const beats = Math.round((frame / framesPerBeat(tempo, sampleRateHz)) * 64) / 64;
  const bar = Math.floor(beats / tempo.beatsPerBar);
  const inBar = beats - bar * tempo.beatsPerBar;
  if (inBar === 0) return String(bar + 1);
  const sixteenths = (inBar % 1) * 4;
  return `${bar + 1}.${Math.floor(inBar) + 1}${sixteenths === 0 ? '' : `.${Math.round((sixteenths + 1) * 16) / 16}`}`;
}

/** "1:30", "0:01.25" */
function clockLabel(frame: number, sampleRateHz: number, stepFrames: number): string {
  const decimals = Math.max(0, Math.min(3, Math.ceil(-Math.log10(stepFrames / sampleRateHz) - 1e-9)));
  const seconds = frame / sampleRateHz;
  const minutes = Math.floor(seconds / 60 + 1e-9);
  const rest = Math.max(0, seconds - minutes * 60).toFixed(decimals);
  return `${minutes}:${rest.padStart(decimals === 0 ? 2 : decimals + 3, '0')}`;
}

/** Lines and labels of the ruler; `unit` says what it counts. The lanes draw the same lines. */
export function rulerTicks(
  range: TickRange,
  unit: 'bars' | 'time',
  tempo: Tempo,
  sampleRateHz: number,
): Tick[] {
  const { labelStep, lineStep } =
    unit === 'bars'
      ? musicalSteps(tempo, sampleRateHz, range.framesPerPx)
      : clockSteps(sampleRateHz, range.framesPerPx);
  const every = Math.round(labelStep / lineStep);
  const ticks: Tick[] = [];
  const first = Math.max(0, Math.floor(range.startFrame / lineStep));
  const last = Math.ceil(range.endFrame / lineStep);
  for (let index = first; index <= last; index++) {
    const frame = index * lineStep;
    const labelled = index % every === 0;
    const label = !labelled
      ? ''
      : unit === 'bars'
        ? barLabel(frame, tempo, sampleRateHz)
        : clockLabel(frame, sampleRateHz, labelStep);
    ticks.push({ frame, level: labelled ? 0 : 1, label });
  }
  return ticks;
}

export interface SnapGrid {
  readonly mode: 'bars' | 'beats' | 'off';
  readonly tempo: Tempo;
  readonly sampleRateHz: number;
}

/** Where a frame lands on the grid; itself where the grid is off. Never before the start. */
export function snapToGrid(frame: number, grid: SnapGrid): number {
  const plain = Math.max(0, Math.round(frame));
  if (grid.mode === 'off') return plain;
  const step = (grid.mode === 'bars' ? framesPerBar : framesPerBeat)(grid.tempo, grid.sampleRateHz);
  return Math.max(0, nearestOnGrid(plain, step));
}

/** How far an arrow key moves a clip. */
export function nudgeFrames(grid: SnapGrid, fine: boolean): number {
  if (fine) return Math.round(grid.sampleRateHz / 1000);
  if (grid.mode === 'off') return Math.round(grid.sampleRateHz / 100);
  return Math.round((grid.mode === 'bars' ? framesPerBar : framesPerBeat)(grid.tempo, grid.sampleRateHz));
}
