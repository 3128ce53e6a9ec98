import { paintFrequencyAxis, paintLevelAxis } from './axes';
import { phaserDb } from './comb';
import type { Handle } from './handles';
import { paintOscillator, turnsPerSecond } from './oscillation';
import type { Pen } from './pen';
import { footPx, gutterPx, laneFromPx, type Picture, type Scene, type Sound } from './picture';
import { frequencyScale, linearScale, logScale, mappedScale } from './scale';

const barY = 7;

function layout({ width, height }: Scene) {
  const laneHeight = height < laneFromPx ? 0 : 30;
  const plotWidth = width - gutterPx;
  const plotHeight = height - laneHeight - footPx;
  return {
    laneHeight,
    plotWidth,
    plotHeight,
    x: frequencyScale(plotWidth),
    y: linearScale(8, -24, 6, plotHeight),
  };
}

/** Notches on the logarithmic axis, both ends of the sweep faint; the bar above is how far it sweeps. */
export class PhaserPicture implements Picture {
  #phase = 0;
  #nowHz = 0;

  hear(sound: Sound): boolean {
    const phase = sound.readouts[0] ?? 0;
    const nowHz = sound.readouts[1] ?? 0;
    if (phase === this.#phase && nowHz === this.#nowHz) return false;
    this.#phase = phase;
    this.#nowHz = nowHz;
    return true;
  }

  handles(scene: Scene): Handle[] {
    const { plotWidth, plotHeight, laneHeight, x } = layout(scene);
    const centreHz = scene.values.centreHz ?? 900;
    const reach = scene.values.reachOctaves ?? 1.3;
    const limit = (px: number) => Math.min(plotWidth - 6, Math.max(6, px));
    const end = (sign: 1 | -1): Handle => ({
      id: sign > 0 ? 'reach' : 'reachBelow',
      name: 'Reach',
      target: { kind: 'point', x: limit(x.toPx(centreHz * 2 ** (sign * reach))), y: barY },
      x: {
        param: 'reachOctaves',
        scale: mappedScale(
          x,
          (octaves) => centreHz * 2 ** (sign * octaves),
          (hz) => sign * Math.log2(hz / centreHz),
        ),
      },
      pointerOnly: sign < 0,
    });
    const all: Handle[] = [
      {
        id: 'feedback',
        name: 'Feedback',
        target: { kind: 'area', left: 0, top: 16, right: plotWidth, bottom: plotHeight },
        y: { param: 'feedback', scale: linearScale(-100, 100, plotHeight, 0) },
      },
      {
        id: 'centre',
        name: 'Centre',
        target: {
          kind: 'area',
          left: limit(x.toPx(centreHz * 2 ** -reach)),
          top: 0,
          right: limit(x.toPx(centreHz * 2 ** reach)),
          bottom: 16,
        },
        x: { param: 'centreHz', scale: x },
      },
      end(-1),
      end(1),
    ];
    if (laneHeight > 0)
      all.push({
        id: 'lane',
        name: 'Rate',
        target: {
          kind: 'area',
          left: 0,
          top: scene.height - laneHeight,
          right: plotWidth,
          bottom: scene.height,
        },
        x: { param: 'rateHz', scale: logScale(0.01, 10, 0, plotWidth * 2) },
        follow: () => ({ sync: 0 }),
      });
    return all;
  }

  paint(pen: Pen, scene: Scene): void {
    const { plotWidth, plotHeight, laneHeight, x, y } = layout(scene);
    const { values, width, height } = scene;
    paintFrequencyAxis(pen, {
      scale: x,
      fromHz: 20,
      toHz: 20000,
      width: plotWidth,
      height: plotHeight,
      footHeight: footPx,
    });
    paintLevelAxis(pen, { scale: y, levels: [0, -12], width: plotWidth, figuresAt: width - 6, strong: 0 });
    const stages = ((values.stages ?? 2) + 1) * 2;
    const centreHz = values.centreHz ?? 900;
    const reach = values.reachOctaves ?? 1.3;
    const feedback = (values.feedback ?? 0) / 100;
    const mix = (values.mix ?? 0) / 100;
    const nowHz =
      this.#nowHz > 0 ? this.#nowHz : centreHz * 2 ** (reach * Math.sin(2 * Math.PI * this.#phase));
    const notches = (corner: number) => (px: number) =>
      y.toPx(phaserDb(x.toValue(px), corner, stages, feedback, mix));
    const low = centreHz * 2 ** -reach;
    const high = centreHz * 2 ** reach;
    pen.clipped(0, 0, plotWidth, plotHeight, () => {
      for (const end of [low, high])
        pen.curve(notches(end), 0, plotWidth, 'accent', { alpha: 0.28, step: 0.5 });
      pen.area(notches(nowHz), 0, plotWidth, y.toPx(0), 'accent', 0.14, 0.25);
      pen.curve(notches(nowHz), 0, plotWidth, 'accent', { width: 2, step: 0.25 });
    });
    pen.horizontal(barY, Math.max(0, x.toPx(low)), Math.min(plotWidth, x.toPx(high)), 'accent', { width: 3 });
    pen.now(x.toPx(nowHz), barY + 0.5);
    pen.label(`now ${Math.round(nowHz / 10) * 10} Hz`, 8, plotHeight - 9, {
      ink: 'text',
      size: 11,
      weight: 530,
    });
    if (laneHeight > 0) {
      paintOscillator(pen, {
        left: 0,
        top: height - laneHeight,
        width: plotWidth,
        height: laneHeight,
        fullWidth: width,
        phase: this.#phase,
        turns: turnsPerSecond(scene),
        depth: Math.min(1, 0.3 + reach / 2),
      });
    }
    pen.vertical(plotWidth, 0, height, 'lineStrong');
  }
}
