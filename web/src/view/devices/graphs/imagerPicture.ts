import { fixed } from '../../kit/valueText';
import type { Handle, Values } from './handles';
import { SideSpectrum } from './live/sideSpectrum';
import type { Pen } from './pen';
import { footPx, type Part, type Picture, type Scene, type Sound } from './picture';
import { linearScale, logScale, mappedScale, type Scale } from './scale';

const lowestHz = 30;
const highestHz = 18000;
const figuresPx = 58;
const bandCount = 4;

const crossoversOf = (values: Values): number[] =>
  [values.crossover1Hz ?? 120, values.crossover2Hz ?? 700, values.crossover3Hz ?? 4500].sort((a, b) => a - b);

const widthOf = (values: Values, band: number): number => values[`band${band}.width`] ?? 100;

function layout({ width, height }: Scene) {
  const plotWidth = width - figuresPx;
  const plotHeight = height - footPx;
  const centre = plotWidth / 2;
  const reach = centre - 8;
  return {
    plotWidth,
    plotHeight,
    centre,
    reach,
    y: logScale(highestHz, lowestHz, 0, plotHeight),
    x: linearScale(-1, 1, centre - reach, centre + reach),
  };
}

/** The stereo field seen from the front, frequency upward: grey as it came, blue as it leaves. */
export class ImagerPicture implements Picture {
  readonly #before = new SideSpectrum();
  readonly #after = new SideSpectrum();

  hear(sound: Sound, scene: Scene): boolean {
    const { sampleRateHz } = scene;
    const before = this.#before.update(sound.inLeft, sound.inRight, sampleRateHz, sound.elapsedMs);
    const after = this.#after.update(sound.outLeft, sound.outRight, sampleRateHz, sound.elapsedMs);
    return before || after;
  }

  partOf = (handleId: string): Part => (handleId.startsWith('band') ? Number(handleId[4]) : null);

  /** The edges of a band on the picture, top first. */
  #band(values: Values, band: number, y: Scale): { top: number; bottom: number } {
    const edges = [lowestHz, ...crossoversOf(values), highestHz];
    const at = (hz: number) => y.toPx(Math.min(highestHz, Math.max(lowestHz, hz)));
    return { top: at(edges[band] as number), bottom: at(edges[band - 1] as number) };
  }

  handles(scene: Scene): Handle[] {
    const { plotWidth, y, centre, reach } = layout(scene);
    const handles: Handle[] = [];
    for (let band = 1; band <= bandCount; band++) {
      const { top, bottom } = this.#band(scene.values, band, y);
      const side = (sign: 1 | -1): Handle => ({
        id: sign > 0 ? `band${band}` : `band${band}left`,
        name: `Band ${band} width`,
        target: {
          kind: 'area',
          left: sign > 0 ? centre : 0,
          right: sign > 0 ? scene.width : centre,
          top,
          bottom,
        },
        x: { param: `band${band}.width`, scale: linearScale(0, 200, 0, sign * reach) },
        pointerOnly: sign < 0,
      });
      handles.push(side(-1), side(1));
    }
    for (let line = 1; line < bandCount; line++) {
      const hz = scene.values[`crossover${line}Hz`] ?? crossoversOf(scene.values)[line - 1] ?? 1000;
      handles.push({
        id: `crossover${line}`,
        name: `Crossover ${line}`,
        target: { kind: 'line', at: y.toPx(hz), along: 'x', from: 0, to: plotWidth + 12 },
        y: { param: `crossover${line}Hz`, scale: y },
      });
    }
    if (scene.values.monoBelow === 1)
      handles.push({
        id: 'mono',
        name: 'Mono below',
        target: {
          kind: 'point',
          x: centre,
          y: y.toPx(scene.values.monoBelowHz ?? 120),
        },
        y: {
          param: 'monoBelowHz',
          scale: mappedScale(
            y,
            (hz) => hz,
            (hz) => hz,
          ),
        },
      });
    return handles;
  }

  paint(pen: Pen, scene: Scene): void {
    const at = layout(scene);
    const { plotWidth, plotHeight, x, y } = at;
    const { values, width, height, part } = scene;
    for (const place of [-1, -0.5, 0.5, 1]) pen.vertical(x.toPx(place), 0, plotHeight);
    pen.vertical(x.toPx(0), 0, plotHeight, 'lineStrong');
    for (const [name, place] of [
      ['L', -1],
      ['C', 0],
      ['R', 1],
    ] as const)
      pen.label(name, x.toPx(place), height - 8, { align: 'center' });
    if (typeof part === 'number' && part <= bandCount) {
      const { top, bottom } = this.#band(values, part, y);
      pen.rect(0, top, plotWidth, bottom - top, 'accent', 0.07);
    }
    pen.clipped(0, 0, plotWidth, plotHeight, () => {
      if (!this.#before.silent) this.#field(pen, at, (hz) => this.#before.at(hz), 'signal', 0.32, 1);
      if (!this.#after.silent) this.#field(pen, at, (hz) => this.#after.at(hz) + 0.004, 'accent', 0.2, 1.75);
      if (this.#before.silent)
        this.#field(pen, at, (hz) => this.#setWidth(values, hz) / 400, 'accent', 0.1, 1.25);
    });
    for (const [hz, text] of [
      [100, '100'],
      [1000, '1k'],
      [10000, '10k'],
    ] as const)
      pen.label(text, 6, y.toPx(hz));
    this.#paintFigures(pen, scene, at);
    pen.vertical(plotWidth, 0, height, 'lineStrong');
    crossoversOf(values).forEach((hz) => {
      const line = y.toPx(Math.min(highestHz, Math.max(lowestHz, hz)));
      pen.horizontal(line, 0, width, 'text2');
      pen.grip(plotWidth, line + 0.5, 'x');
    });
    if (values.monoBelow === 1) {
      const line = y.toPx(values.monoBelowHz ?? 120);
      pen.segment(at.centre, line, at.centre, plotHeight, 'accent', { width: 2.5 });
      pen.dot(at.centre, line, scene.heldId === 'mono');
    }
  }

  #setWidth(values: Values, hz: number): number {
    if (values.monoBelow === 1 && hz < (values.monoBelowHz ?? 120)) return 0;
    const crossovers = crossoversOf(values);
    let band = 1;
    while (band < bandCount && hz > (crossovers[band - 1] as number)) band++;
    return (widthOf(values, band) * (values.width ?? 100)) / 100;
  }

  #field(
    pen: Pen,
    { plotHeight, x, y }: ReturnType<typeof layout>,
    widthAt: (hz: number) => number,
    ink: 'signal' | 'accent',
    alpha: number,
    lineWidth: number,
  ): void {
    const rows = Math.floor(plotHeight) + 1;
    const side = (row: number) => Math.min(1, widthAt(y.toValue(row)));
    pen.path(
      rows * 2,
      (i) => (i < rows ? x.toPx(-side(i)) : x.toPx(side(2 * rows - 1 - i))),
      (i) => (i < rows ? i : 2 * rows - 1 - i),
    );
    pen.fillPath(ink, alpha);
    pen.strokePath(ink, { width: lineWidth });
  }

  #paintFigures(
    pen: Pen,
    { values, width, part }: Scene,
    { plotWidth, plotHeight, y }: ReturnType<typeof layout>,
  ): void {
    pen.rect(plotWidth, 0, width - plotWidth, plotHeight, 'raised');
    for (let band = 1; band <= bandCount; band++) {
      const { top, bottom } = this.#band(values, band, y);
      if (bottom - top < 11) continue;
      const percent = widthOf(values, band);
      const edge = crossoversOf(values)[band - 1] ?? highestHz;
      const mono = percent === 0 || (values.monoBelow === 1 && edge <= (values.monoBelowHz ?? 120));
      pen.label(mono ? 'mono' : `${fixed(percent, 0)} %`, plotWidth + figuresPx / 2 + 3, (top + bottom) / 2, {
        align: 'center',
        ink: 'text',
        ground: 'raised',
        size: 11,
        weight: part === band ? 640 : 530,
      });
    }
  }
}
