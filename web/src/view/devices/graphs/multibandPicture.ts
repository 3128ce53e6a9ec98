import { fixed, typographic } from '../../kit/valueText';
import { paintFrequencyAxis } from './axes';
import type { Handle, Values } from './handles';
import { silentDb } from './live/levels';
import { Spectrum } from './live/spectrum';
import type { Pen } from './pen';
import { footPx, gutterPx, type Part, type Picture, type Scene, type Sound } from './picture';
import { figure, frequencyScale, linearScale, type Scale } from './scale';

const bandCount = 4;
const headPx = 16;
const lowestHz = 20;
const highestHz = 20000;
const holdMs = 1500;

const crossoverOf = (values: Values, line: number): number =>
  values[`crossover${line}Hz`] ?? [120, 900, 5000][line - 1] ?? 1000;

interface Layout {
  readonly plotWidth: number;
  readonly plotHeight: number;
  readonly x: Scale;
  readonly level: Scale;
  readonly reduction: Scale;
}

function layout({ width, height }: Scene): Layout {
  const plotWidth = width - gutterPx;
  const plotHeight = height - footPx;
  return {
    plotWidth,
    plotHeight,
    x: frequencyScale(plotWidth),
    level: linearScale(0, -72, headPx, plotHeight),
    reduction: linearScale(0, -12, headPx + 2, headPx + (plotHeight - headPx) * 0.45),
  };
}

/** The spectrum with its crossovers; each band's reduction hangs from the top, its threshold is dashed. */
export class MultibandPicture implements Picture {
  readonly #before = new Spectrum();
  readonly #after = new Spectrum();
  readonly #reductions = new Float32Array(bandCount);
  readonly #highest = new Float32Array(bandCount);
  readonly #highestAge = new Float32Array(bandCount);
  readonly #levels = new Float32Array(bandCount).fill(silentDb);

  hear(sound: Sound, scene: Scene): boolean {
    this.#before.update(sound.inLeft, sound.inRight, sound.elapsedMs);
    this.#after.update(sound.outLeft, sound.outRight, sound.elapsedMs);
    const edges = this.#edges(scene.values);
    for (let band = 0; band < bandCount; band++) {
      const db = Math.min(0, sound.readouts[band + 1] ?? 0);
      this.#reductions[band] = db;
      this.#highestAge[band] = (this.#highestAge[band] as number) + sound.elapsedMs;
      if (db < (this.#highest[band] as number) || (this.#highestAge[band] as number) > holdMs) {
        this.#highest[band] = db;
        this.#highestAge[band] = 0;
      }
      const octaves = Math.log2((edges[band + 1] as number) / (edges[band] as number));
      const meanDb = this.#before.bandDb(
        edges[band] as number,
        edges[band + 1] as number,
        scene.sampleRateHz,
      );
      this.#levels[band] = meanDb + 6 + 3 * Math.log2(Math.max(1, octaves));
    }
    return true;
  }

  #edges(values: Values): number[] {
    const lines = [1, 2, 3].map((line) => crossoverOf(values, line)).sort((a, b) => a - b);
    return [lowestHz, ...lines, highestHz];
  }

  partOf = (handleId: string): Part => (handleId.startsWith('threshold') ? Number(handleId.slice(9)) : null);

  handles(scene: Scene): Handle[] {
    const { x, level, plotHeight } = layout(scene);
    const { values } = scene;
    const edges = this.#edges(values);
    const handles: Handle[] = [];
    for (let band = 1; band <= bandCount; band++) {
      const left = x.toPx(edges[band - 1] as number);
      const right = x.toPx(edges[band] as number);
      handles.push({
        id: `threshold${band}`,
        name: `Band ${band} threshold`,
        target: {
          kind: 'line',
          at: Math.min(plotHeight - 6, level.toPx(values[`band${band}.thresholdDb`] ?? -24)),
          along: 'x',
          from: left + 6,
          to: right - 6,
        },
        y: { param: `band${band}.thresholdDb`, scale: level },
      });
    }
    for (let line = 1; line < bandCount; line++) {
      handles.push({
        id: `crossover${line}`,
        name: `Crossover ${line}`,
        target: { kind: 'line', at: x.toPx(crossoverOf(values, line)), along: 'y', from: 0, to: plotHeight },
        x: { param: `crossover${line}Hz`, scale: x },
      });
    }
    return handles;
  }

  paint(pen: Pen, scene: Scene): void {
    const at = layout(scene);
    const { plotWidth, plotHeight, x, level, reduction } = at;
    const { values, width, height, sampleRateHz, part } = scene;
    paintFrequencyAxis(pen, {
      scale: x,
      fromHz: lowestHz,
      toHz: highestHz,
      width: plotWidth,
      height: plotHeight,
      footHeight: footPx,
    });
    for (const db of [-24, -36, -48, -60]) {
      pen.horizontal(level.toPx(db), 0, plotWidth);
      pen.label(figure(db), width - 6, level.toPx(db), { align: 'right' });
    }
    pen.horizontal(reduction.toPx(0), 0, plotWidth, 'lineStrong');
    const edges = this.#edges(values).map((hz) => x.toPx(hz));
    if (typeof part === 'number' && part >= 1 && part <= bandCount) {
      const left = edges[part - 1] as number;
      pen.rect(left, 0, (edges[part] as number) - left, plotHeight, 'accent', 0.08);
    }
    const outline = (spectrum: Spectrum) => (px: number) =>
      Math.min(plotHeight, level.toPx(spectrum.levelDb(x.toValue(px), sampleRateHz)));
    pen.clipped(0, headPx, plotWidth, plotHeight - headPx, () => {
      if (this.#before.silent) return;
      pen.curve(outline(this.#before), 0, plotWidth, 'signal', { alpha: 0.45 });
      pen.area(outline(this.#after), 0, plotWidth, plotHeight, 'signal', 0.2);
      pen.curve(outline(this.#after), 0, plotWidth, 'signal', { alpha: 0.8 });
    });
    for (let band = 1; band <= bandCount; band++) this.#paintBand(pen, scene, at, band, edges);
    for (let line = 1; line < bandCount; line++) {
      const px = x.toPx(crossoverOf(values, line));
      pen.vertical(px, 0, plotHeight, 'text2');
      pen.grip(px + 0.5, plotHeight - 14, 'y');
    }
    pen.vertical(plotWidth, 0, height, 'lineStrong');
    pen.label('0', width - 6, reduction.toPx(0), { align: 'right' });
  }

  #paintBand(pen: Pen, { values }: Scene, at: Layout, band: number, edges: readonly number[]): void {
    const { reduction, level, plotHeight } = at;
    const left = (edges[band - 1] as number) + 1;
    const right = (edges[band] as number) - 1;
    const middle = (left + right) / 2;
    if (right - left < 4) return;
    const words = { align: 'center', ink: 'text', size: 11, weight: 530 } as const;
    if (values[`band${band}.bypass`] === 1) {
      if (right - left > 56) pen.label('bypassed', middle, headPx / 2, { ...words, ink: 'text3' });
      return;
    }
    const db = this.#reductions[band - 1] as number;
    const y = reduction.toPx(Math.max(-12, db));
    if (db < -0.05) {
      pen.rect(left, reduction.toPx(0), right - left, y - reduction.toPx(0), 'accent', 0.35);
      pen.horizontal(y, left, right, 'accent', { width: 2 });
      pen.horizontal(
        reduction.toPx(Math.max(-12, this.#highest[band - 1] as number)),
        left,
        right,
        'accent',
        {
          alpha: 0.6,
        },
      );
    }
    if (right - left > 30) pen.label(typographic(fixed(Math.min(0, db), 1)), middle, headPx / 2, words);
    const thresholdY = Math.min(plotHeight - 6, level.toPx(values[`band${band}.thresholdDb`] ?? -24));
    pen.horizontal(thresholdY, left + 4, right - 4, 'accent', { dash: [4, 3], width: 1.5 });
    if (right - left > 22) pen.grip(Math.max(left + 10, right - 16), thresholdY, 'x');
    const now = this.#levels[band - 1] as number;
    if (now > -70 && right - left > 40)
      pen.horizontal(level.toPx(now), left + 6, left + 26, 'text', { width: 2 });
  }
}
