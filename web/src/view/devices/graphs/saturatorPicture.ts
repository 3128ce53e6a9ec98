import { fixed, typographic } from '../../kit/valueText';
import type { Handle } from './handles';
import { levelDb, peakOf } from './live/levels';
import type { Pen } from './pen';
import { footPx, type Picture, type Scene, type Sound, within } from './picture';
import { figure, linearScale } from './scale';
import { distortionPercent, overtonesDb, shapes, transferOf } from './shaper';

const overtoneCount = 9;
const floorDb = -84;
const bins = 96;
const histogramPx = 26;
const restingDb = -10;
const fallDbPerMs = 0.02;

/** Left the transfer curve over the histogram of the input, right the overtones that it makes at the present level. */
export class SaturatorPicture implements Picture {
  readonly #histogram = new Float32Array(bins);
  #peakDb = restingDb;
  #heard = false;

  hear(sound: Sound): boolean {
    const { inLeft, inRight, newFrames, elapsedMs } = sound;
    const first = inLeft.length - newFrames;
    const decay = Math.exp(-elapsedMs / 400);
    const share = newFrames > 0 ? (1 - decay) / newFrames : 0;
    for (let bin = 0; bin < bins; bin++) this.#histogram[bin] = (this.#histogram[bin] as number) * decay;
    for (let frame = Math.max(0, first); frame < inLeft.length; frame++) {
      const level = ((inLeft[frame] as number) + (inRight[frame] as number)) / 2;
      const bin = Math.min(bins - 1, Math.max(0, Math.floor(((level + 1) / 2) * bins)));
      this.#histogram[bin] = (this.#histogram[bin] as number) + share;
    }
    const peakDb = levelDb(peakOf(inLeft, inRight, first, newFrames));
    this.#peakDb = this.#heard ? Math.max(peakDb, this.#peakDb - elapsedMs * fallDbPerMs) : peakDb;
    this.#peakDb = Math.min(0, Math.max(-60, this.#peakDb));
    this.#heard = true;
    return true;
  }

  #curveWidth = ({ width, height }: Scene): number => Math.min(height, Math.round(width * 0.42));

  #transfer({ values }: Scene) {
    return transferOf(shapes[values.curve ?? 0] ?? 'tube', values.driveDb ?? 0, (values.bias ?? 0) / 100);
  }

  handles(scene: Scene): Handle[] {
    const width = this.#curveWidth(scene);
    return [
      {
        id: 'curve',
        name: 'Drive and bias',
        target: { kind: 'area', left: 0, top: 0, right: width, bottom: scene.height },
        x: { param: 'bias', scale: linearScale(-100, 100, 0, width * 2) },
        y: { param: 'driveDb', scale: linearScale(0, 24, scene.height, 0) },
        cursor: 'move',
      },
    ];
  }

  paint(pen: Pen, scene: Scene): void {
    const width = this.#curveWidth(scene);
    within(pen, 0, 0, width, scene.height, () => this.#paintCurve(pen, scene, width));
    within(pen, width + 1, 0, scene.width - width - 1, scene.height, () =>
      this.#paintOvertones(pen, scene, scene.width - width - 1),
    );
    pen.vertical(width, 0, scene.height, 'lineStrong');
  }

  #paintCurve(pen: Pen, scene: Scene, width: number): void {
    const { height } = scene;
    const transfer = this.#transfer(scene);
    const x = linearScale(-1, 1, 0, width);
    const y = linearScale(-1.25, 1.25, height, 0);
    for (const level of [-0.5, 0.5]) {
      pen.vertical(x.toPx(level), 0, height);
      pen.horizontal(y.toPx(level), 0, width);
    }
    pen.vertical(x.toPx(0), 0, height, 'lineStrong');
    pen.horizontal(y.toPx(0), 0, width, 'lineStrong');
    pen.segment(x.toPx(-1), y.toPx(-1), x.toPx(1), y.toPx(1), 'lineStrong');
    let most = 1e-9;
    for (let bin = 0; bin < bins; bin++) most = Math.max(most, this.#histogram[bin] as number);
    const outline = (px: number) => {
      const share = (this.#histogram[Math.min(bins - 1, Math.floor((px / width) * bins))] as number) / most;
      return height - Math.sqrt(share) * histogramPx;
    };
    if (most > 1e-6) pen.area(outline, 0, width, height, 'signal', 0.3);
    pen.curve((px) => y.toPx(transfer(x.toValue(px))), 0, width, 'accent', { width: 2, step: 0.5 });
    const peak = 10 ** (this.#peakDb / 20);
    pen.now(x.toPx(peak), y.toPx(transfer(peak)));
    pen.now(x.toPx(-peak), y.toPx(transfer(-peak)));
    pen.label('in', width - 6, height / 2 + 9, { align: 'right' });
    pen.label('out', width / 2 + 6, 10);
  }

  #paintOvertones(pen: Pen, scene: Scene, width: number): void {
    const plotHeight = scene.height - footPx;
    const left = 8;
    const right = width - 30;
    const barWidth = (right - left) / overtoneCount;
    const y = linearScale(0, floorDb, 10, plotHeight);
    for (const db of [0, -20, -40, -60, -80]) {
      pen.horizontal(y.toPx(db), left, right, db === 0 ? 'lineStrong' : 'line');
      pen.label(figure(db), width - 6, y.toPx(db), { align: 'right' });
    }
    const overtones = overtonesDb(this.#transfer(scene), 10 ** (this.#peakDb / 20), overtoneCount);
    overtones.forEach((db, index) => {
      const x = left + (index + 0.5) * barWidth;
      const even = index % 2 === 1;
      const top = y.toPx(db);
      const half = Math.min(7, barWidth / 2 - 2);
      if (db > floorDb)
        pen.rounded(
          x - half,
          top,
          half * 2,
          plotHeight - top,
          [2, 2, 0, 0],
          index === 0 ? 'signal' : 'accent',
          even || index === 0 ? 1 : 0.55,
        );
      pen.label(`${index + 1}`, x, scene.height - 8, {
        align: 'center',
        ink: index === 0 ? 'text2' : 'text3',
      });
    });
    const percent = distortionPercent(overtones);
    const level = Math.round(this.#peakDb);
    const words = `${fixed(percent, percent < 10 ? 1 : 0)} % at ${level} dBFS`;
    pen.label(typographic(words), right, 20, { align: 'right', ink: 'text', size: 11, weight: 530 });
    if (right - left < 150) return;
    pen.rect(right - 106, 32, 8, 8, 'accent');
    pen.rect(right - 44, 32, 8, 8, 'accent', 0.55);
    pen.label('even', right - 94, 36, { ink: 'text2' });
    pen.label('odd', right - 32, 36, { ink: 'text2' });
  }
}
