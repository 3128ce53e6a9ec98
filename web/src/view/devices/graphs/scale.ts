/** Where a value lies on an axis of a picture, in CSS pixels, and which value lies at a pixel. */
export interface Scale {
  toPx(value: number): number;
  toValue(px: number): number;
}

/** `from` lies at `fromPx`, `to` at `toPx`; goes on straight beyond both. */
export function linearScale(from: number, to: number, fromPx: number, toPx: number): Scale {
  const pxPerUnit = (toPx - fromPx) / (to - from);
  return {
    toPx: (value) => fromPx + (value - from) * pxPerUnit,
    toValue: (px) => from + (px - fromPx) / pxPerUnit,
  };
}

/** Equal ratios are equal ways; values are above 0. */
export function logScale(from: number, to: number, fromPx: number, toPx: number): Scale {
  const pxPerNeper = (toPx - fromPx) / Math.log(to / from);
  return {
    toPx: (value) => fromPx + Math.log(value / from) * pxPerNeper,
    toValue: (px) => from * Math.exp((px - fromPx) / pxPerNeper),
  };
}

/** The same axis with another meaning: `toInner` gives what `scale` measures. */
export const mappedScale = (
  scale: Scale,
  toInner: (value: number) => number,
  fromInner: (inner: number) => number,
): Scale => ({
  toPx: (value) => scale.toPx(toInner(value)),
  toValue: (px) => fromInner(scale.toValue(px)),
});

export const lowestHz = 20;
export const highestHz = 20000;

/** 20 Hz to 20 kHz over `width`. */
export const frequencyScale = (width: number, fromHz = lowestHz, toHz = highestHz): Scale =>
  logScale(fromHz, toHz, 0, width);

export interface FrequencyLine {
  readonly hz: number;
  /** With a figure, and drawn in full. */
  readonly named: boolean;
}

/** The lines 1 to 9 of every decade in the range; 1, 2 and 5 carry figures. */
export function frequencyLines(fromHz: number, toHz: number): FrequencyLine[] {
  const lines: FrequencyLine[] = [];
  for (let decade = 10; decade <= toHz; decade *= 10) {
    for (let digit = 1; digit < 10; digit++) {
      const hz = digit * decade;
      if (hz > fromHz && hz < toHz) lines.push({ hz, named: digit === 1 || digit === 2 || digit === 5 });
    }
  }
  return lines;
}

/** "50", "1k", "20k" */
export const frequencyFigure = (hz: number): string => (hz >= 1000 ? `${hz / 1000}k` : `${hz}`);

const minus = '\u2212';

/** "−12", "0": a figure of a scale. */
export const figure = (value: number): string => (value < 0 ? `${minus}${-value}` : `${value}`);

/** "+6", "−12", "0" */
export const signedFigure = (value: number): string => (value > 0 ? `+${value}` : figure(value));
