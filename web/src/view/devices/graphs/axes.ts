import type { Pen } from './pen';
import { figure, frequencyFigure, frequencyLines, frequencyScale, type Scale, signedFigure } from './scale';

export interface FrequencyAxis {
  readonly scale: Scale;
  readonly fromHz: number;
  readonly toHz: number;
  /** Lines run down to here; figures stand below, where there is a foot. */
  readonly height: number;
  readonly footHeight: number;
  readonly width: number;
}

/** Vertical lines 1 to 9 of every decade; figures at 1, 2 and 5 where they do not meet their neighbours. */
export function paintFrequencyAxis(pen: Pen, axis: FrequencyAxis): void {
  let freeFrom = 4;
  const crowded = axis.width < 330;
  for (const { hz, named } of frequencyLines(axis.fromHz, axis.toHz)) {
    const x = axis.scale.toPx(hz);
    pen.vertical(x, 0, axis.height, 'line', { alpha: named ? 1 : 0.45 });
    if (!named || axis.footHeight === 0) continue;
    if (axis.width < 190 && !/^1/.test(`${hz}`)) continue;
    const text = frequencyFigure(hz);
    const half = pen.textWidth(text) / 2;
    if (x - half < freeFrom || x + half > axis.width - 2) continue;
    pen.label(text, x, axis.height + axis.footHeight / 2, { align: 'center' });
    freeFrom = x + half + (crowded ? 6 : 8);
  }
}

/** The ground of a spectrum over all that is heard, with a gutter at the right and a foot; where its plot is, and its frequencies. */
export function paintSpectrumGround(
  pen: Pen,
  { width, height }: { readonly width: number; readonly height: number },
  { gutterPx, footPx }: { readonly gutterPx: number; readonly footPx: number },
): { readonly x: Scale; readonly plotWidth: number; readonly plotHeight: number } {
  const plotWidth = width - gutterPx;
  const plotHeight = height - footPx;
  const x = frequencyScale(plotWidth);
  pen.rect(0, 0, width, height, 'well');
  paintFrequencyAxis(pen, {
    scale: x,
    fromHz: 20,
    toHz: 20000,
    height: plotHeight,
    footHeight: footPx,
    width: plotWidth,
  });
  return { x, plotWidth, plotHeight };
}

export interface LevelAxis {
  readonly scale: Scale;
  readonly levels: readonly number[];
  readonly width: number;
  /** The right edge of the figures; they stand in the gutter. */
  readonly figuresAt: number;
  readonly signed?: boolean;
  readonly strong?: number;
}

/** Horizontal lines with figures in the gutter. */
export function paintLevelAxis(pen: Pen, axis: LevelAxis): void {
  for (const level of axis.levels) {
    const y = axis.scale.toPx(level);
    pen.horizontal(y, 0, axis.width, level === axis.strong ? 'lineStrong' : 'line');
    const text = axis.signed ? signedFigure(level) : figure(level);
    pen.label(text, axis.figuresAt, y, { align: 'right' });
  }
}
