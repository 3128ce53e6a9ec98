import { paintFrequencyAxis, paintLevelAxis } from './axes';
import type { Handle } from './handles';
import { TimeHistory } from './live/levels';
import { Spectrum } from './live/spectrum';
import type { Pen } from './pen';
import { footPx, gutterPx, laneFromPx, type Picture, type Scene, type Sound } from './picture';
import { figure, frequencyScale, linearScale, type Scale } from './scale';

const lowestHz = 500;
const highestHz = 20000;
const topDb = -8;
const floorDb = -70;
const spanMs = 8000;

interface Layout {
  readonly plotWidth: number;
  readonly plotHeight: number;
  readonly laneHeight: number;
  readonly x: Scale;
  readonly y: Scale;
}

function layout({ width, height, values }: Scene): Layout {
  const laneHeight = height < laneFromPx ? 0 : 30;
  const plotWidth = width - gutterPx;
  const plotHeight = height - laneHeight - footPx;
  // A threshold near full scale stays in the picture.
  const shownTopDb = Math.max(topDb, (values.thresholdDb ?? 0) + 3);
  return {
    plotWidth,
    plotHeight,
    laneHeight,
    x: frequencyScale(plotWidth, lowestHz, highestHz),
    y: linearScale(shownTopDb, floorDb, 0, plotHeight),
  };
}

/** Spectrum before and after: the space between them inside the band is what it takes; below it the reduction over 8 s. */
export class DeesserPicture implements Picture {
  readonly #before = new Spectrum();
  readonly #after = new Spectrum();
  readonly #reductions = new TimeHistory(spanMs, 480, 0, Math.min);

  hear(sound: Sound): boolean {
    this.#before.update(sound.inLeft, sound.inRight, sound.elapsedMs);
    this.#after.update(sound.outLeft, sound.outRight, sound.elapsedMs);
    this.#reductions.addFor(Math.min(0, sound.readouts[0] ?? 0), sound.elapsedMs);
    return true;
  }

  handles(scene: Scene): Handle[] {
    const { x, y, plotHeight } = layout(scene);
    const { values } = scene;
    const lowHz = values.lowHz ?? 5000;
    const highHz = values.highHz ?? 12000;
    const low = x.toPx(lowHz);
    const high = x.toPx(highHz);
    const threshold = y.toPx(values.thresholdDb ?? 0);
    const edge = (id: string, name: string, param: string, at: number): Handle => ({
      id,
      name,
      target: { kind: 'line', at, along: 'y', from: 0, to: plotHeight },
      x: { param, scale: x },
    });
    return [
      {
        id: 'band',
        name: 'Band',
        target: { kind: 'area', left: low + 7, top: 0, right: high - 7, bottom: plotHeight },
        x: { param: 'lowHz', scale: x },
        follow: (changed) => ({
          ...(changed.lowHz === undefined
            ? {}
            : { highHz: Math.min(highestHz, Math.round((changed.lowHz * highHz) / lowHz)) }),
        }),
        wheel: 'thresholdDb',
        cursor: 'grab',
        pointerOnly: true,
      },
      edge('low', 'Band from', 'lowHz', low),
      edge('high', 'Band to', 'highHz', high),
      {
        id: 'threshold',
        name: 'Threshold',
        target: { kind: 'line', at: threshold, along: 'x', from: low + 7, to: high - 7 },
        y: { param: 'thresholdDb', scale: y },
      },
    ];
  }

  paint(pen: Pen, scene: Scene): void {
    const at = layout(scene);
    const { plotWidth, plotHeight, x, y } = at;
    const { values, width, sampleRateHz } = scene;
    paintFrequencyAxis(pen, {
      scale: x,
      fromHz: lowestHz,
      toHz: highestHz,
      width: plotWidth,
      height: plotHeight,
      footHeight: footPx,
    });
    paintLevelAxis(pen, { scale: y, levels: [-24, -36, -48, -60], width: plotWidth, figuresAt: width - 6 });
    const low = x.toPx(values.lowHz ?? 5000);
    const high = x.toPx(values.highHz ?? 12000);
    pen.rect(low, 0, high - low, plotHeight, 'accent', 0.08);
    const outline = (spectrum: Spectrum) => (px: number) => {
      const db = spectrum.levelDb(x.toValue(px), sampleRateHz);
      return Math.min(plotHeight, y.toPx(db));
    };
    pen.clipped(0, 0, plotWidth, plotHeight, () => {
      if (this.#before.silent) return;
      const before = outline(this.#before);
      const after = outline(this.#after);
      pen.area(after, 0, plotWidth, plotHeight, 'signal', 0.26);
      pen.curve(after, 0, plotWidth, 'signal', { alpha: 0.9 });
      const from = values.action === 1 ? 0 : Math.max(0, low - 12);
      const to = values.action === 1 ? plotWidth : Math.min(plotWidth, high + 12);
      pen.between((px) => Math.min(before(px), after(px)), after, from, to, 'accent', 0.42);
      pen.curve(before, 0, plotWidth, 'signal', { alpha: 0.55 });
    });
    for (const px of [low, high]) {
      pen.vertical(px, 0, plotHeight, 'text2');
      pen.grip(px + 0.5, plotHeight - 14, 'y');
    }
    const thresholdY = y.toPx(values.thresholdDb ?? 0);
    pen.horizontal(thresholdY, low, high, 'accent', { dash: [4, 3], width: 1.5 });
    pen.grip((low + high) / 2, thresholdY, 'x');
    if (at.laneHeight > 0) this.#paintLane(pen, scene, at);
    pen.vertical(plotWidth, 0, scene.height, 'lineStrong');
  }

  #paintLane(pen: Pen, { width, height, values }: Scene, { plotWidth, laneHeight }: Layout): void {
    const top = height - laneHeight;
    const mostDb = Math.min(-3, values.maxReductionDb ?? -8);
    const hang = linearScale(0, mostDb, top + 1, height - 4);
    pen.rect(0, top, width, laneHeight, 'panel');
    pen.horizontal(top, 0, width, 'lineStrong');
    const outline = (px: number) => hang.toPx(this.#reductions.atPx(px, plotWidth));
    pen.area(outline, 0, plotWidth, top, 'accent', 0.22);
    pen.curve(outline, 0, plotWidth, 'accent', { width: 1.5 });
    pen.label(figure(Math.round(mostDb)), width - 6, height - 9, { align: 'right', ground: 'panel' });
  }
}
