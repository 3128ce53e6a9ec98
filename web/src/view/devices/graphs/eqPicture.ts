import type { StudioCurves } from '../../../bridge/probeTypes';
import { paintFrequencyAxis } from './axes';
import { bandOf, slopeDb } from './eqBand';
import { type Band, type BandType, bandGainDb, curveGainDb, hasGain, isCut } from './eqCurve';
import { eqMenu } from './eqMenu';
import { type EqWay, isOfSecondWay, preRinging, waysOf } from './eqWays';
import type { Handle, Values } from './handles';
import { Spectrum } from './live/spectrum';
import type { Pen } from './pen';
import { type Created, footPx, type Part, type Picture, type Scene, type Sound } from './picture';
import { frequencyScale, linearScale, mappedScale, type Scale, signedFigure } from './scale';

const bandCount = 8;
const narrowRangeDb = 12;
const wideRangeDb = 24;
const spectrumTopDb = 0;
const spectrumFloorDb = -90;

const cuts = [
  { part: 'low', id: 'cut.lowCut', name: 'Low cut', type: 'lowcut', edgePx: 10 },
  { part: 'high', id: 'cut.highCut', name: 'High cut', type: 'highcut', edgePx: -10 },
] as const;

function cutOf(values: Values, id: string, type: BandType): (Band & { readonly on: boolean }) | null {
  const freqHz = values[`${id}Hz`];
  if (freqHz === undefined) return null;
  return {
    on: values[`${id}On`] !== 0,
    type,
    freqHz,
    gainDb: 0,
    q: 0.71,
    slopeDb: slopeDb(values[`${id}Slope`] ?? 1),
  };
}

/** The bands and cuts that are on. */
function bandsOf(values: Values): { readonly band: Band; readonly part: Part }[] {
  const all: { band: Band; part: Part }[] = [];
  for (const { id, type, part } of cuts) {
    const band = cutOf(values, id, type);
    if (band?.on) all.push({ band, part });
  }
  for (let number = 1; number <= bandCount; number++) {
    const band = bandOf(values, number);
    if (band.on) all.push({ band, part: number });
  }
  return all;
}

export interface EqAxes {
  readonly x: Scale;
  readonly y: Scale;
  readonly rangeDb: number;
  readonly plotHeight: number;
}

export function eqAxes(scene: Scene, rangeDb: number): EqAxes {
  const plotHeight = scene.height - footPx;
  const margin = 6;
  return {
    x: frequencyScale(scene.width),
    y: linearScale(rangeDb, -rangeDb, margin, plotHeight - margin),
    rangeDb,
    plotHeight,
  };
}

/** Keeps a mark whole inside the picture. */
const inside = (at: number, size: number): number => Math.min(size - 9, Math.max(9, at));

/** The equaliser: the sum of its bands over the live spectrum before and after. */
export class EqPicture implements Picture {
  readonly #before = new Spectrum();
  readonly #after = new Spectrum();
  readonly #curves: StudioCurves | null;
  #rangeDb = narrowRangeDb;
  /** At each pixel of the width; one for each curve, so that the engine keeps both. */
  #frequenciesHz: readonly Float64Array[] = [];
  #highestHz = 0;

  /** Without the engine's curves the analogue prototypes' are drawn, which they follow closely. */
  constructor(curves: StudioCurves | null = null) {
    this.#curves = curves;
  }

  hear(sound: Sound): boolean {
    const before = this.#before.update(sound.inLeft, sound.inRight, sound.elapsedMs);
    const after = this.#after.update(sound.outLeft, sound.outRight, sound.elapsedMs);
    return before || after;
  }

  /** The range grows with the bands, but never while one is in the hand. */
  #axes(scene: Scene): EqAxes {
    if (!scene.dragging) {
      let most = 0;
      for (let number = 1; number <= bandCount; number++) {
        const band = bandOf(scene.values, number);
        if (band.on && hasGain(band.type)) most = Math.max(most, Math.abs(band.gainDb));
      }
      this.#rangeDb = most > narrowRangeDb ? wideRangeDb : narrowRangeDb;
    }
    return eqAxes(scene, this.#rangeDb);
  }

  handles(scene: Scene): Handle[] {
    const { x, y, plotHeight } = this.#axes(scene);
    const handles: Handle[] = [];
    for (const cut of cuts) {
      const band = cutOf(scene.values, cut.id, cut.type);
      if (!band) continue;
      const parkedPx = cut.edgePx < 0 ? scene.width + cut.edgePx : cut.edgePx;
      const px = band.on ? inside(x.toPx(band.freqHz), scene.width) : parkedPx;
      handles.push({
        id: cut.part,
        name: cut.name,
        target: { kind: 'point', x: px, y: y.toPx(0) },
        x: { param: `${cut.id}Hz`, scale: x, ...(band.on ? {} : { startPx: px }) },
        wheel: `${cut.id}Slope`,
        follow: () => ({ [`${cut.id}On`]: 1 }),
        remove: { [`${cut.id}On`]: 0 },
        reset: { [`${cut.id}On`]: 0 },
      });
    }
    for (let number = 1; number <= bandCount; number++) {
      const band = bandOf(scene.values, number);
      if (!band.on) continue;
      const id = `band${number}`;
      const leveled = hasGain(band.type);
      handles.push({
        id,
        name: `Band ${number}`,
        target: {
          kind: 'point',
          x: inside(x.toPx(band.freqHz), scene.width),
          y: inside(y.toPx(leveled ? markDb(band) : 0), plotHeight),
        },
        x: { param: `${id}.freqHz`, scale: x },
        ...(leveled ? { y: { param: `${id}.gainDb`, scale: band.type === 'tilt' ? tiltScale(y) : y } } : {}),
        wheel: isCut(band.type) ? `${id}.slope` : `${id}.q`,
        remove: { [`${id}.on`]: 0 },
        reset: leveled ? { [`${id}.gainDb`]: 0 } : { [`${id}.q`]: 0.71 },
      });
    }
    return handles;
  }

  partOf(handleId: string): Part {
    return handleId === 'low' || handleId === 'high' ? handleId : Number(handleId.slice(4));
  }

  /** A click on empty ground: the next band that is free begins there. */
  create(scene: Scene, x: number, y: number): Created | null {
    const axes = this.#axes(scene);
    if (y > axes.plotHeight) return null;
    for (let number = 1; number <= bandCount; number++) {
      if (bandOf(scene.values, number).on) continue;
      const id = `band${number}`;
      const gainDb = Math.min(axes.rangeDb, Math.max(-axes.rangeDb, axes.y.toValue(y)));
      return {
        label: `Add EQ band ${number}`,
        handleId: id,
        values: {
          [`${id}.on`]: 1,
          [`${id}.type`]: 0,
          [`${id}.freqHz`]: Math.round(Math.min(20000, Math.max(20, axes.x.toValue(x))) * 10) / 10,
          [`${id}.gainDb`]: Math.round(gainDb * 10) / 10,
          [`${id}.q`]: 1,
        },
      };
    }
    return null;
  }

  menu(handleId: string, scene: Scene, set: (label: string, values: Values) => void) {
    return eqMenu(handleId, scene.values, set);
  }

  #paintSpectrum(pen: Pen, scene: Scene, axes: EqAxes): void {
    const level = linearScale(spectrumTopDb, spectrumFloorDb, 0, axes.plotHeight);
    const { width, sampleRateHz } = scene;
    const outline = (spectrum: Spectrum) => (x: number) =>
      Math.min(axes.plotHeight, level.toPx(spectrum.levelDb(axes.x.toValue(x), sampleRateHz)));
    if (!this.#before.silent) pen.area(outline(this.#before), 0, width, axes.plotHeight, 'signal', 0.09);
    if (this.#after.silent) return;
    const after = outline(this.#after);
    pen.area(after, 0, width, axes.plotHeight, 'signal', 0.2);
    pen.curve(after, 0, width, 'signal', { alpha: 0.75 });
  }

  paint(pen: Pen, scene: Scene): void {
    const axes = this.#axes(scene);
    const { x, y, plotHeight, rangeDb } = axes;
    const { width, values, part } = scene;
    paintFrequencyAxis(pen, {
      scale: x,
      fromHz: 20,
      toHz: 20000,
      width,
      height: plotHeight,
      footHeight: footPx,
    });
    const step = rangeDb / 4;
    for (let db = -3 * step; db <= 3 * step; db += step) {
      pen.horizontal(y.toPx(db), 0, width, db === 0 ? 'lineStrong' : 'line');
    }
    pen.clipped(0, 0, width, plotHeight, () => this.#paintSpectrum(pen, scene, axes));

    for (const { band, part: own } of bandsOf(values))
      if (part === own) this.#paintArea(pen, width, axes, band);
    const ways = waysOf(values);
    pen.clipped(0, 0, width, plotHeight, () => {
      // The first lies on top.
      for (const index of [1, 0]) if (ways[index]) this.#paintWay(pen, scene, axes, ways[index], index);
    });
    this.#paintMarks(pen, scene);
    for (const db of [-2 * step, 2 * step]) pen.label(signedFigure(db), 6, y.toPx(db) - 7);
    const rings = preRinging(values);
    if (rings) {
      const text = `Linear phase: rings about ${Math.round(rings.ms)} ms ahead at ${Math.round(rings.hz)} Hz`;
      pen.label(text, width - 6, plotHeight - 10, { align: 'right', ground: 'well' });
    }
  }

  #paintWay(
    pen: Pen,
    scene: Scene,
    { x, y, plotHeight }: EqAxes,
    { name, values }: EqWay,
    index: number,
  ): void {
    const applied = this.#curves?.eqGainsDb(values, this.#pixels(x, scene, index), scene.sampleRateHz);
    const bands = bandsOf(values).map(({ band }) => band);
    const gainDb = (px: number) => applied?.[Math.round(px)] ?? curveGainDb(bands, x.toValue(px));
    const outline = (px: number) => Math.min(plotHeight + 20, Math.max(-20, y.toPx(gainDb(px))));
    const style = index === 0 ? { width: 2 } : { width: 2, dash: [5, 4], alpha: 0.8 };
    pen.curve(outline, 0, scene.width, 'accent', style);
    if (name === '') return;
    const at = 0.3 + 0.4 * index;
    const below = Math.min(plotHeight - 8, Math.max(10, outline(at * scene.width) - 10));
    pen.label(name, at * scene.width, below, { align: 'center', ground: 'well' });
  }

  #pixels(x: Scale, { width, sampleRateHz }: Scene, index: number): Float64Array {
    const count = Math.ceil(width) + 1;
    if (this.#frequenciesHz[0]?.length !== count || this.#highestHz !== sampleRateHz / 2) {
      this.#highestHz = sampleRateHz / 2;
      const first = Float64Array.from({ length: count }, (_, px) => Math.min(this.#highestHz, x.toValue(px)));
      this.#frequenciesHz = [first, first.slice()];
    }
    return this.#frequenciesHz[index] as Float64Array;
  }

  #paintArea(pen: Pen, width: number, { x, y, plotHeight }: EqAxes, band: Band): void {
    const outline = (px: number) =>
      Math.min(plotHeight, Math.max(0, y.toPx(bandGainDb(band, x.toValue(px)))));
    pen.area(outline, 0, width, y.toPx(0), 'accent', 0.2);
  }

  #paintMarks(pen: Pen, scene: Scene): void {
    for (const handle of this.handles(scene)) {
      if (handle.target.kind !== 'point') continue;
      const { x, y } = handle.target;
      const part = this.partOf(handle.id);
      const held = scene.part === part || scene.heldId === handle.id;
      if (typeof part === 'number') {
        pen.numbered(x, y, `${part}`, held ? 'held' : 'plain', isOfSecondWay(scene.values, part));
        continue;
      }
      const on = scene.values[part === 'low' ? 'cut.lowCutOn' : 'cut.highCutOn'] !== 0;
      pen.cutMark(x, y, part === 'low' ? 1 : -1, on ? (held ? 'held' : 'plain') : 'off');
    }
  }
}

/** A tilt's mark stands where the hand lifts the upper side: half of its gain. */
const markDb = (band: Band): number => (band.type === 'tilt' ? band.gainDb / 2 : band.gainDb);
const tiltScale = (y: Scale): Scale =>
  mappedScale(
    y,
    (db) => db / 2,
    (px) => px * 2,
  );
