import { paintLevelAxis } from './axes';
import type { Handle } from './handles';
import { eachChunk, levelDb, peakOf, silentDb, TimeHistory } from './live/levels';
import type { Pen } from './pen';
import { gutterPx, laneFromPx, type Picture, type Scene, type Sound } from './picture';
import { linearScale, type Scale, signedFigure } from './scale';

const spanMs = 1800;
const columns = 720;
const floorDb = -45;
/** Decibels of a value for the whole height: the hand moves what it wants, not where something lies. */
const handDb = 36;

interface Layout {
  readonly plotWidth: number;
  readonly plotHeight: number;
  readonly laneHeight: number;
  readonly y: Scale;
}

function layout({ width, height }: Scene): Layout {
  const laneHeight = height < laneFromPx ? 0 : 36;
  const plotHeight = height - laneHeight;
  return {
    plotWidth: width - gutterPx,
    plotHeight,
    laneHeight,
    y: linearScale(floorDb, 0, plotHeight, 4),
  };
}

/** Level before in grey and after in blue: what is added strong, what is taken away light; below it the gain. */
export class TransientPicture implements Picture {
  readonly #inputs = new TimeHistory(spanMs, columns, silentDb);
  readonly #outputs = new TimeHistory(spanMs, columns, silentDb);
  readonly #gains = new TimeHistory(spanMs, columns, 0, (kept, next) =>
    Math.abs(next) > Math.abs(kept) ? next : kept,
  );

  hear(sound: Sound, { values }: Scene): boolean {
    const readDb = sound.readouts[0] ?? 0;
    const outputDb = values.outputDb ?? 0;
    eachChunk(sound, (first, frames, ms) => {
      const before = levelDb(peakOf(sound.inLeft, sound.inRight, first, frames));
      const after = levelDb(peakOf(sound.outLeft, sound.outRight, first, frames));
      // What went in and came out tells the gain more finely than one reading a frame, where there is sound.
      const gainDb = before > -70 ? after - before - outputDb : readDb;
      this.#inputs.addFor(before, ms);
      this.#outputs.addFor(after, ms);
      this.#gains.addFor(gainDb, ms);
    });
    return true;
  }

  /** What lies under a pixel column: a rise or a decay. Where there is no sound, the left half is the rise. */
  #risingAt(px: number, width: number): boolean {
    const before = this.#inputs.atPx(px - 10, width);
    const now = this.#inputs.atPx(px, width);
    const after = this.#inputs.atPx(px + 6, width);
    if (Math.max(before, now, after) <= floorDb) return px < width / 2;
    return Math.max(now, after) > before + 4;
  }

  handles(scene: Scene): Handle[] {
    const { plotWidth, plotHeight } = layout(scene);
    const scale = linearScale(0, handDb, 0, -plotHeight);
    const handle = (id: string, name: string, param: string, left: number, right: number): Handle => ({
      id,
      name,
      target: { kind: 'area', left, top: 0, right, bottom: plotHeight },
      y: { param, scale },
    });
    return [
      ...this.#stretches(plotWidth).map(({ rising, from, to }, index) => ({
        ...(rising
          ? handle(`rise${index}`, 'Attack', 'attackDb', from, to)
          : handle(`decay${index}`, 'Sustain', 'sustainDb', from, to)),
        pointerOnly: true,
      })),
      { ...handle('attack', 'Attack', 'attackDb', 0, plotWidth / 2), keyboardOnly: true },
      { ...handle('sustain', 'Sustain', 'sustainDb', plotWidth / 2, plotWidth), keyboardOnly: true },
    ];
  }

  #stretches(width: number): { rising: boolean; from: number; to: number }[] {
    const stretches: { rising: boolean; from: number; to: number }[] = [];
    let from = 0;
    let rising = this.#risingAt(0, width);
    for (let px = 4; px <= width; px += 4) {
      const next = this.#risingAt(px, width);
      if (next === rising && px + 4 <= width) continue;
      stretches.push({ rising, from, to: px });
      from = px;
      rising = next;
    }
    return stretches;
  }

  paint(pen: Pen, scene: Scene): void {
    const at = layout(scene);
    const { plotWidth, plotHeight, y } = at;
    paintLevelAxis(pen, { scale: y, levels: [-12, -24, -36], width: plotWidth, figuresAt: scene.width - 6 });
    const limit = (px: number) => Math.min(plotHeight, Math.max(0, px));
    const before = (px: number) => limit(y.toPx(this.#inputs.atPx(px, plotWidth)));
    const after = (px: number) => limit(y.toPx(this.#outputs.atPx(px, plotWidth)));
    pen.clipped(0, 0, plotWidth, plotHeight, () => {
      pen.area(before, 0, plotWidth, plotHeight, 'signal', 0.26);
      pen.curve(before, 0, plotWidth, 'signal', { alpha: 0.9 });
      pen.between((px) => Math.min(before(px), after(px)), before, 0, plotWidth, 'accent', 0.5);
      pen.between(before, (px) => Math.max(before(px), after(px)), 0, plotWidth, 'accent', 0.2);
      pen.curve(after, 0, plotWidth, 'accent', { width: 1.75 });
    });
    if (at.laneHeight > 0) this.#paintLane(pen, scene, at);
    pen.vertical(plotWidth, 0, scene.height, 'lineStrong');
    pen.label('before', 8, plotHeight - 9, { ink: 'text2' });
  }

  #paintLane(
    pen: Pen,
    { width, height, values }: Scene,
    { plotWidth, plotHeight, laneHeight }: Layout,
  ): void {
    const most = Math.max(6, Math.abs(values.attackDb ?? 0), Math.abs(values.sustainDb ?? 0));
    const middle = plotHeight + laneHeight / 2;
    const gain = linearScale(0, most * 1.2, middle, plotHeight + 2);
    pen.rect(0, plotHeight, width, laneHeight, 'panel');
    pen.horizontal(middle, 0, plotWidth, 'lineStrong');
    const outline = (px: number) => gain.toPx(this.#gains.atPx(px, plotWidth));
    pen.area(outline, 0, plotWidth, middle, 'accent', 0.22);
    pen.curve(outline, 0, plotWidth, 'accent', { width: 1.5 });
    pen.horizontal(plotHeight, 0, width, 'lineStrong');
    const named = Math.round(most);
    pen.label(signedFigure(named), width - 6, plotHeight + 9, { align: 'right', ground: 'panel' });
    pen.label(signedFigure(-named), width - 6, height - 8, { align: 'right', ground: 'panel' });
  }
}
