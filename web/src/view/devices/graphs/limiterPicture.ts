import { fixed, typographic } from '../../kit/valueText';
import type { Handle } from './handles';
import { eachChunk, peakOf, TimeHistory } from './live/levels';
import type { Pen } from './pen';
import { gutterPx, type Picture, type Scene, type Sound } from './picture';
import { figure, linearScale, mappedScale, type Scale } from './scale';

const spanMs = 4000;
const columns = 800;
const headroomDb = 3;

interface Layout {
  readonly plotWidth: number;
  readonly laneHeight: number;
  readonly middle: number;
  /** Pixels above the middle for an amplitude. */
  readonly reach: Scale;
  readonly laneDb: number;
}

/** Input behind output over the last seconds, the ceiling as a line; above it the reduction. */
export class LimiterPicture implements Picture {
  readonly #inputs = new TimeHistory(spanMs, columns, 0);
  readonly #outputs = new TimeHistory(spanMs, columns, 0);
  readonly #reductions = new TimeHistory(spanMs, columns, 0, Math.min);

  hear(sound: Sound, { values }: Scene): boolean {
    const drive = 10 ** ((values.inputGainDb ?? 0) / 20);
    const reductionDb = Math.min(0, sound.readouts[0] ?? 0);
    eachChunk(sound, (first, frames, ms) => {
      this.#inputs.addFor(peakOf(sound.inLeft, sound.inRight, first, frames) * drive, ms);
      this.#outputs.addFor(peakOf(sound.outLeft, sound.outRight, first, frames), ms);
      this.#reductions.addFor(reductionDb, ms);
    });
    return true;
  }

  #layout({ width, height }: Scene): Layout {
    const laneHeight = Math.round(height * 0.26);
    const middle = laneHeight + (height - laneHeight) / 2;
    const top = 10 ** (headroomDb / 20);
    let deepest = 0;
    for (let age = 0; age < columns; age += 2) deepest = Math.min(deepest, this.#reductions.at(age));
    return {
      plotWidth: width - gutterPx,
      laneHeight,
      middle,
      reach: linearScale(0, top, 0, (height - laneHeight) / 2 - 2),
      laneDb: deepest < -6 ? 12 : deepest < -3 ? 6 : 3,
    };
  }

  handles(scene: Scene): Handle[] {
    const { middle, reach, plotWidth } = this.#layout(scene);
    const ceiling = 10 ** ((scene.values.ceilingDb ?? -1) / 20);
    const y = mappedScale(
      reach,
      (db) => 10 ** (db / 20),
      (amplitude) => 20 * Math.log10(Math.max(1e-4, amplitude)),
    );
    const upward: Scale = { toPx: (db) => middle - y.toPx(db), toValue: (px) => y.toValue(middle - px) };
    return [
      {
        id: 'gain',
        name: 'Input gain',
        target: { kind: 'area', left: 0, top: middle - 10, right: plotWidth, bottom: scene.height },
        y: { param: 'inputGainDb', scale: linearScale(0, 24, 0, -160) },
      },
      {
        id: 'ceiling',
        name: 'Ceiling',
        target: { kind: 'line', at: middle - reach.toPx(ceiling), along: 'x', from: 0, to: plotWidth },
        y: { param: 'ceilingDb', scale: upward },
      },
    ];
  }

  paint(pen: Pen, scene: Scene): void {
    const at = this.#layout(scene);
    const { plotWidth, laneHeight, middle, reach, laneDb } = at;
    const { width, height, values } = scene;
    const hang = linearScale(0, -laneDb, 5, laneHeight - 4);
    for (let third = 0; third <= 3; third++) {
      const db = (-laneDb * third) / 3;
      pen.horizontal(hang.toPx(db), 0, plotWidth, third === 0 ? 'lineStrong' : 'line');
      if (third === 0 || laneHeight > 40 || third === 3)
        pen.label(figure(db), width - 6, Math.max(6, hang.toPx(db)), { align: 'right' });
    }
    const reduction = (px: number) => hang.toPx(Math.max(-laneDb, this.#reductions.atPx(px, plotWidth)));
    pen.area(reduction, 0, plotWidth, hang.toPx(0), 'accent', 0.22);
    pen.curve(reduction, 0, plotWidth, 'accent', { width: 1.5 });
    pen.horizontal(laneHeight, 0, width, 'lineStrong');
    pen.clipped(0, laneHeight + 1, plotWidth, height - laneHeight - 1, () => {
      const wave = (history: TimeHistory, alpha: number, ink: 'signal' | 'text2') => {
        const upper = (px: number) => middle - Math.max(0.5, reach.toPx(history.atPx(px, plotWidth)));
        const lower = (px: number) => middle + Math.max(0.5, reach.toPx(history.atPx(px, plotWidth)));
        pen.between(upper, lower, 0, plotWidth, ink, alpha);
      };
      wave(this.#inputs, 0.75, 'signal');
      wave(this.#outputs, 0.9, 'text2');
    });
    pen.horizontal(middle, 0, plotWidth, 'lineStrong');
    const ceilingDb = values.ceilingDb ?? -1;
    const ceiling = reach.toPx(10 ** (ceilingDb / 20));
    for (const side of [-1, 1])
      pen.horizontal(middle + side * ceiling, 0, plotWidth, 'accent', { width: 1.5 });
    pen.grip(14, middle - ceiling, 'x');
    pen.label(typographic(`ceiling ${fixed(ceilingDb, 1)}`), 26, middle - ceiling - 8, { ink: 'text' });
    pen.label('in', plotWidth - 6, laneHeight + 9, { align: 'right', ink: 'text2' });
    pen.label('out', plotWidth - 6, middle - 1, { align: 'right', ink: 'text2' });
    for (const db of [-1, -6])
      pen.label(figure(db), width - 6, middle - reach.toPx(10 ** (db / 20)), { align: 'right' });
    pen.vertical(plotWidth, 0, height, 'lineStrong');
  }
}
