import {
  area,
  chart,
  curve,
  type Frame,
  figure,
  foot,
  highestIn,
  levels,
  path,
  plotBottom,
  plotWidth,
  times,
  type Values,
  words,
  yOf,
} from './chartFrame';
import type { Curves } from './curves';
import { plain } from './decibels';
import type { Measures } from './measures';
import type { ReportedSection } from './report';
import { el, type Markup } from './reportMarkup';

// Charts of a report as SVG; colours are the page's, by class.

/** What a chart shows of a target: loudness asked for, with what is allowed beside it, and the ceiling. */
export interface ChartTarget {
  readonly loudnessLufs: number | null;
  readonly toleranceLu: number;
  readonly ceilingDbtp: number;
}

const wideWidth = 840;
const halfWidth = 410;
const waveHeight = 38;
const namesHeight = 16;

/** "1:08.2" */
export function clock(seconds: number): string {
  const tenths = Math.round(10 * seconds);
  const minutes = Math.floor(tenths / 600);
  return `${minutes}:${((tenths - 600 * minutes) / 10).toFixed(1).padStart(4, '0')}`;
}

/** Where a curve is highest, in seconds from the start. */
export function highestAt(values: Values, stepSeconds: number): number | null {
  let best: number | null = null;
  values.forEach((value, place) => {
    if (value !== null && (best === null || value > (values[best] ?? value))) best = place;
  });
  return best === null ? null : (best + 1) * stepSeconds;
}

const secondsOf = (curves: Curves): number => curves.stepSeconds * curves.truePeakDbtp.length;

export function loudnessChart(
  after: Measures,
  curves: Curves,
  sections: readonly ReportedSection[],
  target: ChartTarget | null,
): Markup {
  const wanted = target?.loudnessLufs ?? null;
  const loudest = Math.max(after.maxMomentaryLufs ?? -20, wanted ?? -60);
  const top = Math.min(6, 2 * Math.ceil((loudest + 3) / 2));
  const head = waveHeight + (sections.length > 0 ? namesHeight : 0);
  const frame: Frame = { width: wideWidth, height: 190 + head - waveHeight, head, top, bottom: top - 26 };
  const seconds = secondsOf(curves);
  const right = plotWidth(frame);
  return chart(
    frame,
    'Loudness over time',
    wave(curves.truePeakDbtp, right),
    path(`M0 ${waveHeight}H${frame.width}`, 'rule'),
    area(frame, curves.momentaryLufs),
    ...levels(frame, lufsLevels(top, wanted)),
    ...times(frame, seconds, 9),
    ...sections.flatMap(({ name, startSeconds }, nth) => {
      const x = Math.round((startSeconds / seconds) * right);
      const next = ((sections[nth + 1]?.startSeconds ?? seconds) / seconds) * right;
      const fits = Math.floor((next - x - 8) / 6);
      const text = name.length <= fits ? name : fits > 3 ? `${name.slice(0, fits - 1)}…` : '';
      return [
        path(`M${x} 0V${plotBottom(frame)}`, 'edge'),
        words(x + 5, waveHeight + 12, text, 'start', 'name'),
      ];
    }),
    ...(wanted === null
      ? []
      : [band(frame, wanted, target?.toleranceLu ?? 0), path(`M0 ${yOf(frame, wanted)}H${right}`, 'target')]),
    curve(frame, curves.shortTermLufs),
    ...loudestMark(frame, curves, after),
  );
}

/** Every 4 LU, the target among them. */
function lufsLevels(top: number, wanted: number | null): number[] {
  const from = wanted === null ? top - 2 : wanted + 4 * Math.floor((top - 1 - wanted) / 4);
  return [0, 4, 8, 12, 16, 20, 24].map((under) => from - under);
}

function wave(peaks: Values, width: number): Markup {
  const middle = waveHeight / 2;
  const shown = highestIn(peaks, Math.round(width / 2));
  const step = width / Math.max(1, shown.length);
  const bars = shown.map((peak, place) => {
    const half = Math.max(0.5, Math.min(1, 10 ** ((peak ?? -120) / 20)) * (middle - 3));
    const [x, y] = [Math.round(10 * step * place) / 10, Math.round(10 * (middle - half)) / 10];
    return `M${x} ${y}V${Math.round(10 * (middle + half)) / 10}`;
  });
  return path(bars.join(''), 'wave');
}

const band = (frame: Frame, lufs: number, toleranceLu: number): Markup => {
  const y = yOf(frame, lufs + toleranceLu);
  const height = yOf(frame, lufs - toleranceLu) - y;
  return el('rect', { x: 0, y, width: plotWidth(frame), height: Math.max(0, height), class: 'allowed' });
};

function loudestMark(frame: Frame, curves: Curves, { maxShortTermLufs }: Measures): Markup[] {
  const at = highestAt(curves.shortTermLufs, curves.stepSeconds);
  if (at === null || maxShortTermLufs === null) return [];
  const x = ((at - curves.stepSeconds) / secondsOf(curves)) * plotWidth(frame);
  const y = yOf(frame, maxShortTermLufs);
  const left = x > plotWidth(frame) - 110;
  return [
    el('circle', { cx: Math.round(x), cy: y, r: 3.5, class: 'dot' }),
    words(
      left ? x - 8 : x + 8,
      y - 7,
      `${plain(maxShortTermLufs)} at ${clock(at)}`,
      left ? 'end' : 'start',
      'said',
    ),
  ];
}

export function spectrumChart({ spectrum }: Curves): Markup {
  const average = spectrum.map(({ levelDb }) => levelDb);
  const highest = spectrum.map(({ highestDb }) => highestDb);
  const top = 6 * Math.ceil(Math.max(-12, ...highest.map((level) => level ?? -90)) / 6) + 3;
  const frame: Frame = { width: halfWidth, height: 148, head: 0, top, bottom: top - 75 };
  const step = plotWidth(frame) / Math.max(1, spectrum.length - 1);
  const marks = spectrum.flatMap(({ hz }, place) => {
    const round = [50, 100, 200, 500, 1000, 2000, 5000, 10_000].find(
      (each) => Math.abs(each / hz - 1) < 0.05,
    );
    if (round === undefined) return [];
    const x = Math.round(step * place);
    const text = round < 1000 ? String(round) : `${round / 1000}k`;
    return [path(`M${x} 0V${plotBottom(frame)}`, 'rule'), words(x, frame.height - 5, text, 'middle')];
  });
  return chart(
    frame,
    'Spectrum in third octaves, average and highest',
    ...marks,
    ...levels(
      frame,
      [-12, -24, -36, -48, -60, -72, -84].filter((level) => level < top - 6),
    ),
    area(frame, average),
    curve(frame, average, 'mean'),
    curve(frame, highest, 'highest'),
  );
}

const binLu = 0.5;

/** How much of the time the short-term loudness has each value, and the loudness range in it. */
export function histogramChart(
  { shortTermLufs }: Curves,
  after: Measures,
  target: ChartTarget | null,
): Markup {
  const frame: Frame = { width: halfWidth, height: 148, head: 26, top: 1, bottom: 0 };
  const wanted = target?.loudnessLufs ?? null;
  const heard = gated(shortTermLufs);
  const highest = Math.max(heard.at(-1) ?? -20, wanted ?? -60);
  const most = 2 * Math.ceil((highest + 2) / 2);
  const least = Math.min(
    most - 20,
    2 * Math.floor(((heard[Math.floor(0.03 * heard.length)] ?? most) - 3) / 2),
  );
  const width = frame.width - 24;
  const xOf = (lufs: number): number =>
    Math.round(10 * (12 + ((lufs - least) / (most - least)) * width)) / 10;
  const counts = new Map<number, number>();
  for (const lufs of heard) {
    const bin = Math.floor(lufs / binLu);
    counts.set(bin, (counts.get(bin) ?? 0) + 1);
  }
  const full = Math.max(1, ...counts.values());
  const bars = [...counts]
    .filter(([bin]) => bin * binLu >= least)
    .map(([bin, count]) => {
      const [x, y] = [xOf(bin * binLu), yOf(frame, count / full)];
      return el('rect', {
        x: x + 0.5,
        y,
        width: Math.max(0.5, Math.round(10 * (xOf((bin + 1) * binLu) - x - 1)) / 10),
        height: Math.round(10 * (plotBottom(frame) - y)) / 10,
        class: 'bar',
      });
    });
  const step = most - least > 28 ? 6 : 4;
  const marks: Markup[] = [];
  for (let lufs = most - 2; lufs > least; lufs -= step) {
    marks.push(path(`M${xOf(lufs)} 0V${plotBottom(frame)}`, 'rule'));
    if (wanted === null || Math.abs(lufs - wanted) > 1.5)
      marks.push(words(xOf(lufs), frame.height - 5, figure(lufs), 'middle'));
  }
  return chart(
    frame,
    'How long at each short-term loudness',
    ...marks,
    ...bars,
    path(`M0 ${plotBottom(frame)}H${frame.width}`, 'edge'),
    ...(wanted === null
      ? []
      : [
          path(`M${xOf(wanted)} 0V${plotBottom(frame)}`, 'target'),
          words(xOf(wanted), frame.height - 5, figure(wanted), 'middle', 'wanted'),
        ]),
    ...rangeMark(heard, after.loudnessRangeLu, xOf),
  );
}

/** In order; what lies far under the rest is no part of the range (EBU Tech 3342). */
function gated(shortTermLufs: Values): number[] {
  const sounding = shortTermLufs.filter((value) => value !== null).filter((value) => value > -70);
  const power = sounding.reduce((sum, lufs) => sum + 10 ** (lufs / 10), 0) / Math.max(1, sounding.length);
  const gate = 10 * Math.log10(power) - 20;
  return sounding.filter((lufs) => lufs > gate).sort((a, b) => a - b);
}

function rangeMark(
  heard: readonly number[],
  rangeLu: number | null,
  xOf: (lufs: number) => number,
): Markup[] {
  const [low, high] = [heard[Math.floor(0.1 * heard.length)], heard[Math.floor(0.95 * heard.length)]];
  if (rangeLu === null || low === undefined || high === undefined) return [];
  const [from, to] = [xOf(low), xOf(high)];
  const text = `range ${plain(rangeLu)} LU`;
  return [
    path(`M${from} 12H${to}M${from} 8V17M${to} 8V17`, 'span'),
    from > 84 ? words(from - 6, 16, text, 'end', 'said') : words(to + 6, 16, text, 'start', 'said'),
  ];
}

export function peakChart(curves: Curves, { ceilingDbtp }: Pick<ChartTarget, 'ceilingDbtp'>): Markup {
  const highest = Math.max(ceilingDbtp, ...curves.truePeakDbtp.map((peak) => peak ?? -90));
  const top = Math.max(1, Math.min(12, Math.ceil(highest) + 1));
  const frame: Frame = { width: halfWidth, height: 112, head: 4, top, bottom: top - 16 };
  const shown = highestIn(curves.truePeakDbtp, 187);
  const step = plotWidth(frame) / Math.max(1, shown.length);
  const bars = shown.flatMap((peak, place) =>
    peak === null || peak <= frame.bottom
      ? []
      : [`M${Math.round(10 * (step * (place + 0.5))) / 10} ${plotBottom(frame)}V${yOf(frame, peak)}`],
  );
  return chart(
    frame,
    'True peak over time',
    ...times(frame, secondsOf(curves), 5),
    ...levels(frame, [9, 6, 3, 0, -3, -6, -9, -12, -15]),
    path(bars.join('') || 'M0 0', 'peaks'),
    path(`M0 ${yOf(frame, ceilingDbtp)}H${plotWidth(frame)}`, 'ceiling'),
    words(6, yOf(frame, ceilingDbtp) + 12, `ceiling ${plain(ceilingDbtp)}`, 'start', 'said'),
  );
}

export function correlationChart(curves: Curves): Markup {
  const frame: Frame = { width: halfWidth, height: 112, head: 5, top: 1.05, bottom: -1.05 };
  const zero = yOf(frame, 0);
  return chart(
    frame,
    'Correlation over time',
    el('rect', {
      x: 0,
      y: zero,
      width: plotWidth(frame),
      height: frame.height - foot - zero,
      class: 'against',
    }),
    ...times(frame, secondsOf(curves), 5),
    ...levels(frame, [1, 0, -1], (value) => (value > 0 ? `+${value}` : figure(value))),
    path(`M0 ${zero}H${plotWidth(frame)}`, 'edge'),
    curve(frame, lowestIn(curves.correlation, 374)),
  );
}

const lowestIn = (values: readonly number[], stretches: number): Values =>
  highestIn(
    values.map((value) => -value),
    stretches,
  ).map((value) => (value === null ? null : -value));
