import type { Handle } from './handles';
import { eachChunk, levelDb, peakOf, silentDb, TimeHistory } from './live/levels';
import type { Pen } from './pen';
import { type Picture, type Scene, type Sound, within } from './picture';
import { figure, linearScale, mappedScale, type Scale } from './scale';

const spanMs = 4000;
const columns = 640;
const reductionReachDb = 12;
const dotFallDbPerMs = 0.06;

/**
 * Output level of a compressor for an input level, in dB: quadratic knee, no make-up. Giannoulis, Massberg and Reiss,
 * "Digital dynamic range compressor design" (JAES 60, 2012), equation 4.
 */
export function compressedDb(inputDb: number, thresholdDb: number, ratio: number, kneeDb: number): number {
  const over = inputDb - thresholdDb;
  if (2 * over < -kneeDb) return inputDb;
  if (2 * over <= kneeDb) return inputDb + ((1 / ratio - 1) * (over + kneeDb / 2) ** 2) / (2 * kneeDb || 1);
  return thresholdDb + over / ratio;
}

/** The ratio lies where the curve ends: at the output for full scale. */
export function ratioScale(y: Scale, thresholdDb: number): Scale {
  const threshold = Math.min(-0.5, thresholdDb);
  return mappedScale(
    y,
    (ratio) => threshold * (1 - 1 / ratio),
    (outputDb) => 1 / Math.max(1e-3, 1 - outputDb / threshold),
  );
}

/** The lowest level of the axes: a multiple of 12 dB well under the threshold. */
export const floorFor = (thresholdDb: number): number =>
  Math.min(-48, Math.floor((thresholdDb - 9) / 12) * 12);

interface Layout {
  readonly curveWidth: number;
  readonly floorDb: number;
  readonly x: Scale;
  readonly y: Scale;
}

function layout(scene: Scene): Layout {
  const { width, height, values } = scene;
  const curveWidth = Math.round(Math.min(height, width * 0.36));
  const floorDb = floorFor(values.thresholdDb ?? -18);
  return {
    curveWidth,
    floorDb,
    x: linearScale(floorDb, 0, 0, curveWidth),
    y: linearScale(floorDb, 0, height, 0),
  };
}

/** Left the curve with the present level on it, right the level of the last seconds with the reduction hanging from the top. */
export class CompressorPicture implements Picture {
  readonly #levels = new TimeHistory(spanMs, columns, silentDb);
  readonly #reductions = new TimeHistory(spanMs, columns, 0, Math.min);
  #reductionDb = 0;
  #keyDb = silentDb;

  hear(sound: Sound): boolean {
    const wasDb = this.#reductionDb;
    const isDb = Math.min(0, sound.readouts[0] ?? 0);
    const peakNow = levelDb(
      peakOf(sound.keyLeft, sound.keyRight, sound.keyLeft.length - sound.newFrames, sound.newFrames),
    );
    const keyDb = Math.max(peakNow, sound.readouts[3] ?? silentDb);
    this.#keyDb = Math.max(keyDb, this.#keyDb - sound.elapsedMs * dotFallDbPerMs);
    let gone = 0;
    eachChunk(sound, (first, frames, ms) => {
      gone += ms;
      this.#levels.addFor(levelDb(peakOf(sound.inLeft, sound.inRight, first, frames)), ms);
      this.#reductions.addFor(wasDb + ((isDb - wasDb) * gone) / sound.elapsedMs, ms);
    });
    this.#reductionDb = isDb;
    return true;
  }

  handles(scene: Scene): Handle[] {
    const { curveWidth, x, y } = layout(scene);
    const thresholdDb = scene.values.thresholdDb ?? -18;
    const ratio = scene.values.ratio ?? 1;
    const knee = scene.values.kneeDb ?? 6;
    const endY = y.toPx(compressedDb(0, thresholdDb, ratio, knee));
    return [
      {
        id: 'threshold',
        name: 'Threshold',
        target: { kind: 'line', at: x.toPx(thresholdDb), along: 'y', from: 0, to: scene.height },
        x: { param: 'thresholdDb', scale: x },
      },
      {
        id: 'traceThreshold',
        name: 'Threshold',
        target: { kind: 'line', at: y.toPx(thresholdDb), along: 'x', from: curveWidth, to: scene.width },
        y: { param: 'thresholdDb', scale: y },
        pointerOnly: true,
      },
      {
        id: 'ratio',
        name: 'Ratio',
        target: { kind: 'point', x: curveWidth - 8, y: Math.max(6, endY) },
        y: { param: 'ratio', scale: ratioScale(y, thresholdDb) },
        cursor: 'ns-resize',
      },
    ];
  }

  paint(pen: Pen, scene: Scene): void {
    const at = layout(scene);
    within(pen, 0, 0, at.curveWidth, scene.height, () => this.#paintCurve(pen, scene, at));
    within(pen, at.curveWidth, 0, scene.width - at.curveWidth, scene.height, () =>
      this.#paintTrace(pen, scene, at),
    );
    pen.vertical(at.curveWidth, 0, scene.height, 'lineStrong');
    const ratio = this.handles(scene).find(({ id }) => id === 'ratio');
    if (ratio?.target.kind === 'point') pen.grip(ratio.target.x, ratio.target.y, 'x');
  }

  #levelLines({ floorDb }: Layout): number[] {
    const lines: number[] = [];
    for (let db = -12; db > floorDb; db -= 12) lines.push(db);
    return lines;
  }

  #paintCurve(pen: Pen, scene: Scene, at: Layout): void {
    const { height, values, heldId } = scene;
    const { curveWidth, x, y } = at;
    const thresholdDb = values.thresholdDb ?? -18;
    const output = (db: number) => compressedDb(db, thresholdDb, values.ratio ?? 1, values.kneeDb ?? 6);
    for (const db of this.#levelLines(at)) {
      pen.vertical(x.toPx(db), 0, height);
      pen.horizontal(y.toPx(db), 0, curveWidth);
    }
    pen.segment(0, height, curveWidth, 0, 'lineStrong');
    const holds = heldId === 'threshold' || heldId === 'traceThreshold';
    pen.vertical(x.toPx(thresholdDb), 0, height, holds ? 'accent' : 'text3', { dash: [2, 3] });
    pen.curve((px) => y.toPx(output(x.toValue(px))), 0, curveWidth, 'accent', { width: 2 });
    for (const db of this.#levelLines(at)) pen.label(figure(db), 4, y.toPx(db) - 7);
    if (this.#keyDb < at.floorDb) return;
    const dotX = Math.min(curveWidth - 4, x.toPx(this.#keyDb));
    const dotY = Math.min(height - 4, Math.max(4, y.toPx(Math.min(0, this.#keyDb) + this.#reductionDb)));
    pen.vertical(dotX, dotY, height, 'text', { alpha: 0.45 });
    pen.horizontal(dotY, dotX, curveWidth, 'text', { alpha: 0.45 });
    pen.now(dotX, dotY);
  }

  #paintTrace(pen: Pen, scene: Scene, at: Layout): void {
    const { height, values, heldId } = scene;
    const width = scene.width - at.curveWidth;
    const { y } = at;
    for (const db of this.#levelLines(at)) pen.horizontal(y.toPx(db), 0, width);
    const level = (px: number) => Math.min(height, y.toPx(this.#levels.atPx(px, width)));
    pen.area(level, 0, width, height, 'signal', 0.24);
    pen.curve(level, 0, width, 'signal', { alpha: 0.5 });
    const holds = heldId === 'threshold' || heldId === 'traceThreshold';
    pen.horizontal(y.toPx(values.thresholdDb ?? -18), 0, width, holds ? 'accent' : 'text3', { dash: [2, 3] });
    const hang = linearScale(0, -reductionReachDb, 0, height * 0.62);
    const reduction = (px: number) => hang.toPx(this.#reductions.atPx(px, width));
    pen.area(reduction, 0, width, 0, 'accent', 0.13);
    pen.curve(reduction, 0, width, 'accent', { width: 1.5 });
    for (const db of [-3, -6, -9]) pen.label(figure(db), width - 5, hang.toPx(db), { align: 'right' });
  }
}
