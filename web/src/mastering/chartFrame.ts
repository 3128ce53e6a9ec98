import { el, type Markup } from './reportMarkup';

/** Where a chart's curves lie, in the units of its view box; figures stand in a gutter at the right and at the foot. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  /** Where the plot begins at the top. */
  readonly head: number;
  /** Values at the top and at the bottom of the plot. */
  readonly top: number;
  readonly bottom: number;
}

export type Values = readonly (number | null)[];

export const gutter = 36;
export const foot = 17;

export const plotWidth = ({ width }: Frame): number => width - gutter;
export const plotBottom = ({ height }: Frame): number => height - foot;

const tenth = (value: number): number => Math.round(10 * value) / 10;

export function yOf(frame: Frame, value: number): number {
  const held = Math.min(Math.max(value, frame.bottom), frame.top);
  const share = (frame.top - held) / (frame.top - frame.bottom);
  return tenth(frame.head + share * (plotBottom(frame) - frame.head));
}

export const chart = ({ width, height }: Frame, label: string, ...content: (Markup | null)[]): Markup =>
  el('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label }, content);

export const path = (d: string, kind: string): Markup => el('path', { d, class: kind });

export const words = (x: number, y: number, text: string, anchor = 'start', kind = ''): Markup =>
  el('text', { x: tenth(x), y: tenth(y), 'text-anchor': anchor, ...(kind ? { class: kind } : {}) }, text);

export const figure = (value: number): string => (value < 0 ? `−${-value}` : `${value}`);

/** Lines across at these values, each with its figure in the gutter. */
export function levels(
  frame: Frame,
  values: readonly number[],
  text: (value: number) => string = figure,
): Markup[] {
  const inside = values.filter((value) => value < frame.top && value > frame.bottom);
  const right = plotWidth(frame);
  return [
    ...inside.flatMap((value) => {
      const y = yOf(frame, value);
      return [path(`M0 ${y}H${right}`, 'rule'), words(frame.width - 7, y + 3.5, text(value), 'end')];
    }),
    path(`M${right} 0V${plotBottom(frame)}`, 'rule'),
  ];
}

/** Lines down at round times, with the time at the foot. */
export function times(frame: Frame, seconds: number, most: number): Markup[] {
  const steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200];
  const step = steps.find((each) => seconds / each <= most) ?? 14_400;
  const marks: Markup[] = [];
  for (let nth = 1; nth * step < seconds; nth++) {
    const at = nth * step;
    const x = Math.round((at / seconds) * plotWidth(frame));
    if (x > plotWidth(frame) - 8) break;
    marks.push(path(`M${x} ${frame.head}V${plotBottom(frame)}`, 'rule'));
    marks.push(words(x, frame.height - 5, timeText(at, step), 'middle'));
  }
  return marks;
}

function timeText(at: number, step: number): string {
  const minutes = Math.floor(at / 60);
  const rest = at - 60 * minutes;
  const shown = step < 1 ? rest.toFixed(1).padStart(4, '0') : String(Math.round(rest)).padStart(2, '0');
  return `${minutes}:${shown}`;
}

/** Points of a curve over the plot's width; what is silent lies at the bottom. */
function points(frame: Frame, values: Values): string {
  const step = plotWidth(frame) / Math.max(1, values.length - 1);
  return values
    .map((value, place) => `${tenth(step * place)} ${yOf(frame, value ?? frame.bottom)}`)
    .join('L');
}

export const area = (frame: Frame, values: Values, kind = 'area'): Markup =>
  path(`M0 ${plotBottom(frame)}L${points(frame, values)}V${plotBottom(frame)}Z`, kind);

export const curve = (frame: Frame, values: Values, kind = 'curve'): Markup =>
  path(`M${points(frame, values)}`, kind);

/** The values in so many stretches, the highest of each. */
export function highestIn(values: Values, stretches: number): Values {
  if (values.length <= stretches) return values;
  return Array.from({ length: stretches }, (_, nth) => {
    const first = Math.floor((nth * values.length) / stretches);
    const part = values.slice(first, Math.floor(((nth + 1) * values.length) / stretches));
    return part.reduce(
      (most, value) => (value !== null && (most === null || value > most) ? value : most),
      null,
    );
  });
}
