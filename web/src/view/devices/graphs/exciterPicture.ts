import { paintFrequencyAxis, paintLevelAxis } from './axes';
import type { Handle } from './handles';
import { Spectrum } from './live/spectrum';
import type { Pen } from './pen';
import { footPx, gutterPx, type Picture, type Scene, type Sound } from './picture';
import { frequencyScale, linearScale } from './scale';

const lowestHz = 200;
const highestHz = 20000;

function layout({ width, height }: Scene) {
  const plotWidth = width - gutterPx;
  const plotHeight = height - footPx;
  return {
    plotWidth,
    plotHeight,
    x: frequencyScale(plotWidth, lowestHz, highestHz),
    y: linearScale(-8, -76, 0, plotHeight),
    amount: linearScale(0, 100, plotHeight - 8, 8),
  };
}

/** Spectrum before in grey; what the exciter adds above its corner stands on it in blue. */
export class ExciterPicture implements Picture {
  readonly #before = new Spectrum();
  readonly #after = new Spectrum();

  hear(sound: Sound): boolean {
    const before = this.#before.update(sound.inLeft, sound.inRight, sound.elapsedMs);
    const after = this.#after.update(sound.outLeft, sound.outRight, sound.elapsedMs);
    return before || after;
  }

  handles(scene: Scene): Handle[] {
    const { plotWidth, plotHeight, x, amount } = layout(scene);
    const { values } = scene;
    const corner = x.toPx(values.freqHz ?? 5000);
    return [
      {
        id: 'corner',
        name: 'Frequency',
        target: { kind: 'line', at: corner, along: 'y', from: 0, to: plotHeight },
        x: { param: 'freqHz', scale: x },
      },
      {
        id: 'amount',
        name: 'Amount',
        target: {
          kind: 'line',
          at: amount.toPx(values.amount ?? 0),
          along: 'x',
          from: corner + 7,
          to: plotWidth,
        },
        y: { param: 'amount', scale: amount },
      },
    ];
  }

  paint(pen: Pen, scene: Scene): void {
    const { plotWidth, plotHeight, x, y, amount } = layout(scene);
    const { values, width, height, sampleRateHz } = scene;
    paintFrequencyAxis(pen, {
      scale: x,
      fromHz: lowestHz,
      toHz: highestHz,
      width: plotWidth,
      height: plotHeight,
      footHeight: footPx,
    });
    paintLevelAxis(pen, { scale: y, levels: [-24, -36, -48, -60], width: plotWidth, figuresAt: width - 6 });
    const corner = x.toPx(values.freqHz ?? 5000);
    pen.rect(corner, 0, plotWidth - corner, plotHeight, 'accent', 0.08);
    const outline = (spectrum: Spectrum) => (px: number) =>
      Math.min(plotHeight, y.toPx(spectrum.levelDb(x.toValue(px), sampleRateHz)));
    pen.clipped(0, 0, plotWidth, plotHeight, () => {
      if (this.#before.silent && this.#after.silent) return;
      const before = outline(this.#before);
      const after = outline(this.#after);
      pen.area(before, 0, plotWidth, plotHeight, 'signal', 0.26);
      pen.between((px) => Math.min(before(px), after(px)), before, 0, plotWidth, 'accent', 0.5);
      pen.curve(before, 0, plotWidth, 'signal', { alpha: 0.9 });
      pen.curve(after, 0, plotWidth, 'accent', { width: 1.25 });
    });
    pen.vertical(corner, 0, plotHeight, 'text2');
    pen.grip(corner + 0.5, plotHeight - 14, 'y');
    const level = amount.toPx(values.amount ?? 0);
    pen.horizontal(level, corner, plotWidth, 'accent', { dash: [4, 3], width: 1.5 });
    pen.grip((corner + plotWidth) / 2, level, 'x');
    pen.vertical(plotWidth, 0, height, 'lineStrong');
  }
}
