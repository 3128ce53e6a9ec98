import type { Curves } from './curves';
import type { Measures } from './measures';
import type { MasteringTarget } from './targets';

// Charts of a report as SVG, in light colours. Everything drawn is a number of our own, so nothing needs escaping.

const ink = '#16181d';
const grey = '#c9ccd3';
const line = '#e6e8ec';
const accent = '#2a5bd7';
const gutter = 34;
const foot = 16;

interface Frame {
  readonly width: number;
  readonly height: number;
  /** Value at the top and at the bottom. */
  readonly top: number;
  readonly bottom: number;
}

const yOf = ({ height, top, bottom }: Frame, value: number): number => {
  const part = (top - Math.min(top, Math.max(bottom, value))) / (top - bottom);
  return Math.round(10 * part * (height - foot)) / 10;
};

const svg = ({ width, height }: Frame, label: string, content: string): string =>
  `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">${content}</svg>`;

const text = (x: number, y: number, words: string, anchor = 'start'): string =>
  `<text x="${x}" y="${y}" text-anchor="${anchor}">${words}</text>`;

function rules(frame: Frame, values: readonly number[]): string {
  return values
    .map((value) => {
      const y = yOf(frame, value);
      const words = String(value).replace('-', '−');
      return `<path d="M0 ${y}H${frame.width - gutter}" stroke="${line}"/>${text(frame.width - gutter + 4, y + 3, words)}`;
    })
    .join('');
}

/** Times at the foot, at round distances. */
function times(frame: Frame, seconds: number): string {
  const steps = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 3600];
  const step = steps.find((each) => seconds / each <= 8) ?? 3600;
  const marks: string[] = [];
  for (let at = step; at < seconds; at += step) {
    const x = Math.round((at / seconds) * (frame.width - gutter));
    const words = `${Math.floor(at / 60)}:${String(at % 60).padStart(2, '0')}`;
    marks.push(
      `<path d="M${x} 0V${frame.height - foot}" stroke="${line}"/>${text(x, frame.height - 4, words, 'middle')}`,
    );
  }
  return marks.join('');
}

/** Points of a curve over the width; what is silent lies at the bottom. */
function points(frame: Frame, values: readonly (number | null)[]): string {
  const step = (frame.width - gutter) / Math.max(1, values.length - 1);
  return values
    .map((value, place) => `${Math.round(10 * step * place) / 10} ${yOf(frame, value ?? frame.bottom)}`)
    .join('L');
}

const area = (frame: Frame, values: readonly (number | null)[]): string =>
  `<path d="M0 ${frame.height - foot}L${points(frame, values)}V${frame.height - foot}Z" fill="${grey}"/>`;
const curve = (frame: Frame, values: readonly (number | null)[]): string =>
  `<path d="M${points(frame, values)}" fill="none" stroke="${ink}" stroke-width="1.5"/>`;

export function loudnessChart(after: Measures, curves: Curves, { loudnessLufs }: MasteringTarget): string {
  const top = Math.ceil(Math.max(-4, after.maxMomentaryLufs ?? -4));
  const frame = { width: 720, height: 190, top, bottom: -36 };
  const target =
    loudnessLufs === null
      ? ''
      : `<path d="M0 ${yOf(frame, loudnessLufs)}H${frame.width - gutter}" stroke="${accent}" stroke-dasharray="5 3"/>`;
  return svg(
    frame,
    'Loudness over time',
    area(frame, curves.momentaryLufs) +
      rules(frame, [-6, -12, -18, -24, -30]) +
      times(frame, curves.stepSeconds * curves.momentaryLufs.length) +
      curve(frame, curves.shortTermLufs) +
      target,
  );
}

export function peakChart(curves: Curves, { ceilingDbtp }: MasteringTarget): string {
  const frame = { width: 350, height: 120, top: 2, bottom: -15 };
  const ceiling = `<path d="M0 ${yOf(frame, ceilingDbtp)}H${frame.width - gutter}" stroke="${accent}"/>`;
  return svg(
    frame,
    'True peak over time',
    area(frame, curves.truePeakDbtp) +
      rules(frame, [0, -3, -6, -9, -12]) +
      times(frame, curves.stepSeconds * curves.truePeakDbtp.length) +
      ceiling,
  );
}

export function correlationChart(curves: Curves): string {
  const frame = { width: 350, height: 120, top: 1, bottom: -1 };
  return svg(
    frame,
    'Correlation over time',
    rules(frame, [1, 0, -1]) +
      times(frame, curves.stepSeconds * curves.correlation.length) +
      curve(frame, curves.correlation),
  );
}

export function spectrumChart({ spectrum }: Curves): string {
  const levels = spectrum.map(({ levelDb }) => levelDb ?? -90);
  const top = Math.ceil(Math.max(-12, ...levels) / 6) * 6;
  const frame = { width: 350, height: 150, top, bottom: top - 66 };
  const marks = spectrum
    .map(({ hz }, place) => ({ hz, place }))
    .filter(({ hz }) => [50, 100, 200, 500, 1000, 2000, 5000, 10000].includes(Math.round(hz)))
    .map(({ hz, place }) => {
      const x = Math.round(((frame.width - gutter) * place) / Math.max(1, spectrum.length - 1));
      return text(x, frame.height - 4, hz >= 1000 ? `${hz / 1000}k` : String(hz), 'middle');
    });
  const values = [top - 12, top - 24, top - 36, top - 48, top - 60];
  return svg(
    frame,
    'Average spectrum in third octaves',
    area(frame, levels) + rules(frame, values) + curve(frame, levels) + marks.join(''),
  );
}

/** How much of the time the short-term loudness has each whole value. */
export function histogramChart(
  { shortTermLufs }: Curves,
  { loudnessLufs }: Pick<MasteringTarget, 'loudnessLufs'>,
): string {
  const frame = { width: 350, height: 150, top: 1, bottom: 0 };
  const [least, most] = [-36, -2];
  const counts = new Map<number, number>();
  for (const value of shortTermLufs) {
    if (value === null) continue;
    const bin = Math.round(value);
    counts.set(bin, (counts.get(bin) ?? 0) + 1);
  }
  const highest = Math.max(1, ...counts.values());
  const width = frame.width / (most - least);
  const xOf = (value: number): number => Math.round(10 * (value - least) * width) / 10;
  const bars = [...counts].filter(([bin]) => bin >= least && bin < most);
  const drawn = bars.map(([bin, count]) => {
    const y = yOf(frame, (0.92 * count) / highest);
    return `<rect x="${xOf(bin - 0.4)}" y="${y}" width="${Math.round(8 * width) / 10}" height="${frame.height - foot - y}" fill="#8d919b"/>`;
  });
  const marks = [-30, -24, -18, -12, -6].map((value) =>
    text(xOf(value), frame.height - 4, `−${-value}`, 'middle'),
  );
  const target =
    loudnessLufs === null
      ? ''
      : `<path d="M${xOf(loudnessLufs)} 0V${frame.height - foot}" stroke="${accent}" stroke-dasharray="5 3"/>`;
  return svg(frame, 'How long at each short-term loudness', drawn.join('') + marks.join('') + target);
}
