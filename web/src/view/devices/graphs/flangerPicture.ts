import { fixed } from '../../kit/valueText';
import { paintLevelAxis } from './axes';
import { combDb } from './comb';
import type { Handle, Values } from './handles';
import { paintOscillator, turnsPerSecond } from './oscillation';
import type { Pen } from './pen';
import { footPx, gutterPx, laneFromPx, type Picture, type Scene, type Sound } from './picture';
import { frequencyFigure, linearScale, logScale } from './scale';

const highestHz = 6000;

function layout({ width, height }: Scene) {
  const laneHeight = height < laneFromPx ? 0 : 30;
  const plotWidth = width - gutterPx;
  const plotHeight = height - laneHeight - footPx;
  return {
    laneHeight,
    plotWidth,
    plotHeight,
    x: linearScale(0, highestHz, 0, plotWidth),
    y: linearScale(8, -24, 6, plotHeight),
  };
}

/** The comb on a linear axis, where its teeth are evenly spaced; both ends of the sweep are faint. */
export class FlangerPicture implements Picture {
  #phase = 0;
  #nowMs = 0;

  hear(sound: Sound): boolean {
    const phase = sound.readouts[0] ?? 0;
    const nowMs = sound.readouts[1] ?? 0;
    if (phase === this.#phase && nowMs === this.#nowMs) return false;
    this.#phase = phase;
    this.#nowMs = nowMs;
    return true;
  }

  handles(scene: Scene): Handle[] {
    const { plotWidth, plotHeight, laneHeight } = layout(scene);
    const all: Handle[] = [
      {
        id: 'comb',
        name: 'Delay and feedback',
        target: { kind: 'area', left: 0, top: 0, right: plotWidth, bottom: plotHeight },
        // To the right the teeth go up: the delay gets shorter.
        x: { param: 'delayMs', scale: logScale(10, 0.1, 0, plotWidth * 1.5) },
        y: { param: 'feedback', scale: linearScale(-100, 100, plotHeight, 0) },
        cursor: 'move',
      },
    ];
    if (laneHeight === 0) return all;
    all.push({
      id: 'lane',
      name: 'Rate and depth',
      target: {
        kind: 'area',
        left: 0,
        top: scene.height - laneHeight,
        right: plotWidth,
        bottom: scene.height,
      },
      x: { param: 'rateHz', scale: logScale(0.01, 10, 0, plotWidth * 2) },
      y: { param: 'depthMs', scale: linearScale(0, 5, 120, 0) },
      follow: (changed): Values => (changed.rateHz === undefined ? {} : { sync: 0 }),
      cursor: 'move',
    });
    return all;
  }

  paint(pen: Pen, scene: Scene): void {
    const { plotWidth, plotHeight, laneHeight, x, y } = layout(scene);
    const { values, width, height } = scene;
    for (let hz = 1000; hz < highestHz; hz += 1000) {
      pen.vertical(x.toPx(hz), 0, plotHeight);
      pen.label(frequencyFigure(hz), x.toPx(hz), height - laneHeight - 8, { align: 'center' });
    }
    paintLevelAxis(pen, { scale: y, levels: [0, -12], width: plotWidth, figuresAt: width - 6, strong: 0 });
    const delayMs = values.delayMs ?? 1.6;
    const depthMs = values.depthMs ?? 1.1;
    const feedback = (values.feedback ?? 0) / 100;
    const mix = (values.mix ?? 0) / 100;
    const nowMs =
      this.#nowMs > 0 ? this.#nowMs : Math.max(0.05, delayMs + depthMs * Math.sin(2 * Math.PI * this.#phase));
    const comb = (ms: number) => (px: number) => y.toPx(combDb(x.toValue(px), ms, feedback, mix));
    pen.clipped(0, 0, plotWidth, plotHeight, () => {
      for (const end of [Math.max(0.05, delayMs - depthMs), delayMs + depthMs]) {
        pen.curve(comb(end), 0, plotWidth, 'accent', { alpha: 0.26, step: 0.5 });
      }
      pen.area(comb(nowMs), 0, plotWidth, y.toPx(0), 'accent', 0.14, 1 / 3);
      pen.curve(comb(nowMs), 0, plotWidth, 'accent', { width: 2, step: 1 / 3 });
    });
    pen.label(`now ${fixed(nowMs, 2)} ms`, 8, plotHeight - 9, { ink: 'text', size: 11, weight: 530 });
    if (laneHeight > 0) {
      paintOscillator(pen, {
        left: 0,
        top: height - laneHeight,
        width: plotWidth,
        height: laneHeight,
        fullWidth: width,
        phase: this.#phase,
        turns: turnsPerSecond(scene),
        depth: Math.min(1, 0.25 + depthMs / Math.max(1, delayMs)),
      });
    }
    pen.vertical(plotWidth, 0, height, 'lineStrong');
  }
}
