import { framesPerBar, framesPerBeat, type SnapMode } from '../../commands/snap';
import { segmentAt, type TempoGrid, type TempoSegment, tempoSegments } from '../../model/tempo';

export type TimeGrid = TempoGrid;

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

export type RulerUnit = 'bars' | 'time';

const labelPx = 66;
const linePx = 10;
/** A quarter of a beat wider than this is too long without another label. */
const closestPx = 400;

/** In frames, or in beats where they count music. */
interface Steps {
  readonly labelStep: number;
  readonly lineStep: number;
}

/** The least of `steps` (in frames, rising) that is `px` wide on the screen. */
const wideEnough = (steps: readonly number[], framesPerPx: number, px: number): number =>
  steps.find((step) => step / framesPerPx >= px) ?? (steps.at(-1) as number);

function musicalSteps({ framesPerBeat, beatsPerBar: bar }: TempoSegment, framesPerPx: number): Steps {
  const beatsPerPx = framesPerPx / framesPerBeat;
  const steps = [1 / 4, 1, ...Array.from({ length: 14 }, (_, i) => bar * 2 ** i)];
  const labelStep = wideEnough(steps, beatsPerPx, labelPx);
  const finer =
    labelStep > bar ? [labelStep / 4, labelStep / 2].filter((step) => step >= bar) : [1 / 16, ...steps];
  const lines = finer.filter((step) => step < labelStep && labelStep / step < 17);
  return { labelStep, lineStep: lines.find((step) => step / beatsPerPx >= linePx) ?? labelStep };
}

function clockSteps(sampleRateHz: number, framesPerPx: number): Steps {
  const seconds = [
    0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60,
    120, 300, 600, 1800, 3600,
  ];
  const steps = seconds.map((step) => step * sampleRateHz);
  const labelStep = wideEnough(steps, framesPerPx, labelPx);
  const lines = steps.filter(
    (step) => step < labelStep && Number.isInteger(Math.round((labelStep / step) * 1e6) / 1e6),
  );
  return { labelStep, lineStep: wideEnough([...lines, labelStep], framesPerPx, linePx) };
}

/** "17", or "17.3" and "17.3.2" where the ruler shows beats and their quarters; beats count from the song's first bar on. */
function barLabel(beats: number, beatsPerBar: number): string {
  const quarters = Math.round(beats * 4);
  const whole = Math.floor(quarters / 4);
  const bar = Math.floor(whole / beatsPerBar);
  const beat = whole - bar * beatsPerBar;
  const quarter = quarters % 4;
  return [bar + 1, ...(beat + quarter > 0 ? [beat + 1] : []), ...(quarter > 0 ? [quarter + 1] : [])].join(
    '.',
  );
}

/** The lines of a stretch of one meter, by the bars of the song: bar 17 stands where 16 bars of this meter would end. */
function musicalTicks(range: TickRange, segment: TempoSegment): Tick[] {
  const { startFrame, endFrame, startBar, startBeat, beatsPerBar, framesPerBeat } = segment;
  const { labelStep, lineStep } = musicalSteps(segment, range.framesPerPx);
  const every = Math.round(labelStep / lineStep);
  const firstBeat = startBar * beatsPerBar + startBeat;
  const beatsAt = (frame: number): number => firstBeat + (frame - startFrame) / framesPerBeat;
  const from = Math.max(firstBeat, beatsAt(range.startFrame) - lineStep);
  const first = Math.max(0, Math.ceil(from / lineStep - 1e-9));
  const last = Math.ceil(beatsAt(Math.min(range.endFrame, endFrame)) / lineStep);
  const ticks: Tick[] = [];
  for (let index = first; index <= last; index++) {
    const frame = startFrame + (index * lineStep - firstBeat) * framesPerBeat;
    if (frame >= endFrame - 0.5) break;
    const labelled = index % every === 0;
    ticks.push({
      frame,
      level: labelled ? 0 : 1,
      label: labelled ? barLabel(index * lineStep, beatsPerBar) : '',
    });
  }
  return ticks;
}

/** "1:30", "0:01.25" */
function clockLabel(frame: number, sampleRateHz: number, stepFrames: number): string {
  const decimals = Math.max(0, Math.min(4, Math.ceil(-Math.log10(stepFrames / sampleRateHz) - 1e-9)));
  const seconds = frame / sampleRateHz;
  const minutes = Math.floor(seconds / 60 + 1e-9);
  const rest = Math.max(0, seconds - minutes * 60).toFixed(decimals);
  return `${minutes}:${rest.padStart(decimals === 0 ? 2 : decimals + 3, '0')}`;
}

/** Lines and labels of the ruler; `asked` says what it counts. The lanes draw the same lines. */
export function rulerTicks(range: TickRange, asked: RulerUnit, grid: TimeGrid): Tick[] {
  const { sampleRateHz } = grid;
  // Closer than quarters of a beat music has no names for places: the clock goes on.
  const widest = segmentAt(grid, Math.max(0, range.startFrame)).framesPerBeat / 4 / range.framesPerPx;
  if (asked === 'bars' && widest <= closestPx) {
    return tempoSegments(grid)
      .filter(({ startFrame, endFrame }) => startFrame <= range.endFrame && endFrame > range.startFrame)
      .flatMap((segment) => musicalTicks(range, segment));
  }
  const { labelStep, lineStep } = clockSteps(sampleRateHz, range.framesPerPx);
  const every = Math.round(labelStep / lineStep);
  const ticks: Tick[] = [];
  const first = Math.max(0, Math.floor(range.startFrame / lineStep));
  const last = Math.ceil(range.endFrame / lineStep);
  for (let index = first; index <= last; index++) {
    const frame = index * lineStep;
    const labelled = index % every === 0;
    const label = labelled ? clockLabel(frame, sampleRateHz, labelStep) : '';
    ticks.push({ frame, level: labelled ? 0 : 1, label });
  }
  return ticks;
}

/** How far an arrow key moves a clip: a step of the grid, 10 ms where there is none, 1 ms when fine. */
export function nudgeFrames(grid: TimeGrid, mode: SnapMode, fine: boolean): number {
  if (fine) return Math.round(grid.sampleRateHz / 1000);
  if (mode === 'off') return Math.round(grid.sampleRateHz / 100);
  return Math.round(mode === 'bar' ? framesPerBar(grid) : framesPerBeat(grid));
}
