import { paintLevelAxis } from './axes';
import type { Handle } from './handles';
import { eachChunk, levelDb, peakOf, silentDb, TimeHistory } from './live/levels';
import type { Pen } from './pen';
import { gutterPx, laneFromPx, type Picture, type Scene, type Sound } from './picture';
import { figure, linearScale, mappedScale, type Scale } from './scale';

const spanMs = 2400;
const columns = 960;
/** States of the gate, in the order of its envelope. */
const shut = 0;
const open = 1;
const holding = 2;
const releasing = 3;
const names = ['', 'open', 'hold', 'release'];
/** Where the drawing of hold and release begins in the lane. */
const shapeLeftPx = 12;

interface Layout {
  readonly plotWidth: number;
  readonly plotHeight: number;
  readonly laneHeight: number;
  readonly floorDb: number;
  readonly y: Scale;
  /** Gain in the lane. */
  readonly gain: Scale;
  readonly rangeDb: number;
  readonly time: Scale;
}

function layout({ width, height, values }: Scene): Layout {
  const laneHeight = height < laneFromPx ? 0 : 36;
  const plotHeight = height - laneHeight;
  const plotWidth = width - gutterPx;
  const closesDb = (values.thresholdDb ?? -60) - (values.hysteresisDb ?? 6);
  const floorDb = Math.min(-60, Math.floor((closesDb - 6) / 12) * 12);
  const rangeDb = Math.min(-1, values.rangeDb ?? -80);
  return {
    plotWidth,
    plotHeight,
    laneHeight,
    floorDb,
    y: linearScale(floorDb, 0, plotHeight, 4),
    gain: linearScale(0, rangeDb, plotHeight + 5, height - 4),
    rangeDb,
    time: linearScale(0, spanMs, shapeLeftPx, shapeLeftPx + plotWidth),
  };
}

/** Level of the last seconds: what passes is bright, what is held back a faint outline; below it the gain. */
export class GatePicture implements Picture {
  readonly #inputs = new TimeHistory(spanMs, columns, silentDb);
  readonly #outputs = new TimeHistory(spanMs, columns, silentDb);
  readonly #gains = new TimeHistory(spanMs, columns, -200);
  readonly #states = new TimeHistory(spanMs, columns, shut, (_kept, next) => next);
  #gainDb = 0;

  hear(sound: Sound, scene: Scene): boolean {
    const { values } = scene;
    const reductionDb = sound.readouts[0] ?? 0;
    const isOpen = (sound.readouts[4] ?? 0) > 0.5;
    const closesDb = (values.thresholdDb ?? -60) - (values.hysteresisDb ?? 6);
    const rangeDb = values.rangeDb ?? -80;
    eachChunk(sound, (first, frames, ms) => {
      const inputDb = levelDb(peakOf(sound.inLeft, sound.inRight, first, frames));
      const outputDb = levelDb(peakOf(sound.outLeft, sound.outRight, first, frames));
      const keyDb = levelDb(peakOf(sound.keyLeft, sound.keyRight, first, frames));
      // What went in and came out tells the gain more finely than one reading a frame, where there is sound.
      this.#gainDb = inputDb > -70 ? Math.min(0, outputDb - inputDb) : reductionDb;
      const held = isOpen && Math.max(keyDb, keyDb > silentDb ? silentDb : inputDb) < closesDb;
      const state = held
        ? holding
        : isOpen
          ? open
          : this.#gainDb > Math.max(-60, rangeDb) + 1
            ? releasing
            : shut;
      this.#inputs.addFor(inputDb, ms);
      this.#outputs.addFor(outputDb, ms);
      this.#gains.addFor(Math.max(rangeDb, this.#gainDb), ms);
      this.#states.addFor(state, ms);
    });
    return true;
  }

  handles(scene: Scene): Handle[] {
    const at = layout(scene);
    const { values } = scene;
    const thresholdDb = values.thresholdDb ?? -60;
    const hysteresisDb = values.hysteresisDb ?? 6;
    const lines: Handle[] = [
      {
        id: 'threshold',
        name: 'Threshold',
        target: { kind: 'line', at: at.y.toPx(thresholdDb), along: 'x', from: 0, to: at.plotWidth },
        y: { param: 'thresholdDb', scale: at.y },
      },
      {
        id: 'hysteresis',
        name: 'Hysteresis',
        target: {
          kind: 'line',
          at: at.y.toPx(thresholdDb - hysteresisDb),
          along: 'x',
          from: 0,
          to: at.plotWidth,
        },
        y: {
          param: 'hysteresisDb',
          scale: mappedScale(
            at.y,
            (db) => thresholdDb - db,
            (db) => thresholdDb - db,
          ),
        },
      },
    ];
    if (at.laneHeight === 0) return lines;
    const holdMs = values.holdMs ?? 40;
    const releaseMs = values.releaseMs ?? 150;
    const top = at.plotHeight + 5;
    return [
      ...lines,
      {
        id: 'hold',
        name: 'End of hold',
        target: { kind: 'point', x: this.#limitX(at, at.time.toPx(holdMs)), y: top + 3 },
        x: { param: 'holdMs', scale: at.time },
      },
      {
        id: 'release',
        name: 'End of release',
        target: {
          kind: 'point',
          x: this.#limitX(at, at.time.toPx(holdMs + releaseMs)),
          y: scene.height - 8,
        },
        x: {
          param: 'releaseMs',
          scale: mappedScale(
            at.time,
            (ms) => holdMs + ms,
            (ms) => ms - holdMs,
          ),
        },
      },
      {
        id: 'range',
        name: 'Range',
        target: { kind: 'line', at: scene.height - 4, along: 'x', from: 0, to: scene.width },
        // Down is more: a lane is about 40 dB high for the hand, however deep it goes.
        y: { param: 'rangeDb', scale: linearScale(0, -80, 0, 160) },
      },
    ];
  }

  #limitX = (at: Layout, x: number): number => Math.min(at.plotWidth - 6, x);

  paint(pen: Pen, scene: Scene): void {
    const at = layout(scene);
    const { plotWidth, plotHeight, y } = at;
    const levels: number[] = [];
    const step = at.floorDb < -60 ? 24 : 12;
    for (let db = -12; db > at.floorDb + 6; db -= step) levels.push(db);
    paintLevelAxis(pen, { scale: y, levels, width: plotWidth, figuresAt: scene.width - 6 });
    const stateAt = (px: number) => this.#states.atPx(px, plotWidth);
    this.#eachRun(plotWidth, stateAt, (state, from, to) => {
      if (state !== shut)
        pen.rect(from, 0, to - from, plotHeight, 'accent', state === releasing ? 0.035 : 0.07);
    });
    pen.clipped(0, 0, plotWidth, plotHeight, () => {
      const input = (px: number) => Math.min(plotHeight, y.toPx(this.#inputs.atPx(px, plotWidth)));
      const output = (px: number) => Math.min(plotHeight + 2, y.toPx(this.#outputs.atPx(px, plotWidth)));
      pen.area(input, 0, plotWidth, plotHeight, 'signal', 0.1);
      pen.curve(input, 0, plotWidth, 'signal', { alpha: 0.45 });
      pen.area(output, 0, plotWidth, plotHeight, 'signal', 0.38);
      pen.curve(output, 0, plotWidth, 'text2', { alpha: 0.9, width: 1.25 });
    });
    this.#paintLines(pen, scene, at);
    if (at.laneHeight > 0) this.#paintLane(pen, scene, at, stateAt);
    pen.vertical(plotWidth, 0, scene.height, 'lineStrong');
  }

  #paintLines(pen: Pen, { values }: Scene, { plotWidth, plotHeight, y }: Layout): void {
    const thresholdDb = values.thresholdDb ?? -60;
    const closesDb = thresholdDb - (values.hysteresisDb ?? 6);
    const opensY = y.toPx(thresholdDb);
    const closesY = y.toPx(closesDb);
    pen.rect(0, opensY, plotWidth, closesY - opensY, 'accent', 0.16);
    pen.horizontal(closesY, 0, plotWidth, 'accent', { dash: [3, 3] });
    pen.horizontal(opensY, 0, plotWidth, 'accent', { width: 1.5 });
    pen.grip(14, opensY, 'x');
    if (opensY > 14) pen.label(`opens ${figure(Math.round(thresholdDb))}`, 26, opensY - 8, { ink: 'text' });
    if (closesY < plotHeight - 12)
      pen.label(`closes ${figure(Math.round(closesDb))}`, 26, closesY + 8, { ink: 'text2' });
  }

  #paintLane(pen: Pen, scene: Scene, at: Layout, stateAt: (px: number) => number): void {
    const { plotWidth, plotHeight, gain, rangeDb } = at;
    const { width, height } = scene;
    pen.rect(0, plotHeight, width, at.laneHeight, 'panel');
    const outline = (px: number) =>
      Math.min(height - 4, gain.toPx(Math.max(rangeDb, this.#gains.atPx(px, plotWidth))));
    pen.area(outline, 0, plotWidth, height, 'accent', 0.2);
    pen.curve(outline, 0, plotWidth, 'accent', { width: 1.5 });
    this.#paintShape(pen, scene, at);
    const named = new Set<number>();
    this.#eachRun(plotWidth, stateAt, (state, from, to) => {
      if (state === holding && to - from > 3) {
        pen.vertical(from, plotHeight, height, 'lineStrong');
        pen.vertical(to, plotHeight, height, 'lineStrong');
      }
      const name = names[state] ?? '';
      if (name === '' || named.has(state) || to - from < pen.textWidth(name) + 6 || to >= plotWidth) return;
      if (from < at.time.toPx((scene.values.holdMs ?? 0) + (scene.values.releaseMs ?? 0)) + 8) return;
      named.add(state);
      pen.label(name, (from + to) / 2, state === releasing ? plotHeight + 10 : height - 12, {
        align: 'center',
        ink: 'text',
        ground: 'panel',
      });
    });
    pen.horizontal(plotHeight, 0, width, 'lineStrong');
    pen.label('0', width - 6, plotHeight + 8, { align: 'right', ground: 'panel' });
    pen.label(figure(Math.round(rangeDb)), width - 6, height - 8, { align: 'right', ground: 'panel' });
  }

  /** Hold and release as they are set, on the time axis of the lane. */
  #paintShape(pen: Pen, scene: Scene, at: Layout): void {
    const top = at.plotHeight + 5;
    const foot = scene.height - 4;
    const hold = at.time.toPx(scene.values.holdMs ?? 40);
    const release = at.time.toPx((scene.values.holdMs ?? 40) + (scene.values.releaseMs ?? 150));
    const xs = [shapeLeftPx, shapeLeftPx, hold, release];
    const ys = [foot, top, top, foot];
    pen.clipped(0, at.plotHeight, at.plotWidth, at.laneHeight, () => {
      pen.path(
        4,
        (i) => xs[i] as number,
        (i) => ys[i] as number,
      );
      pen.strokePath('text2', { dash: [2, 2], alpha: 0.8 });
    });
    pen.grip(this.#limitX(at, hold), top + 3, 'y');
    pen.grip(this.#limitX(at, release), foot - 4, 'y');
  }

  #eachRun(
    width: number,
    stateAt: (px: number) => number,
    take: (state: number, from: number, to: number) => void,
  ): void {
    let from = 0;
    let state = stateAt(0);
    for (let px = 1; px <= width; px++) {
      const next = px === width ? -1 : stateAt(px);
      if (next === state) continue;
      take(state, from, px);
      from = px;
      state = next;
    }
  }
}
