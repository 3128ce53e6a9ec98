import type { WaveformPeaks } from '../../../bridge/waveformTypes';
import { fixed } from '../../kit/valueText';
import type { Handle } from './handles';
import type { Pen } from './pen';
import { footPx, type Picture, type Scene } from './picture';
import { linearScale, mappedScale, type Scale } from './scale';

const marginPx = 4;
const points = 640;
/** Quiet tails stand taller than they are. */
const shown = (level: number): number => Math.min(1, level) ** 0.58;

/** An impulse response as it is drawn: its length, and the outline of each side, 0 to 1. */
export interface ImpulseOutline {
  readonly seconds: number;
  readonly sides: readonly Float32Array[];
}

export function outlineOf(peaks: WaveformPeaks, sampleRateHz: number): ImpulseOutline {
  const level =
    peaks.levels.find(({ channels }) => (channels[0]?.length ?? 0) / 2 <= points * 4) ?? peaks.levels.at(-1);
  const channels = level?.channels ?? [];
  const sides = channels.map((channel) => {
    const outline = new Float32Array(points);
    const count = channel.length / 2;
    for (let place = 0; place < count; place++) {
      const size = Math.max(-(channel[place * 2] as number), channel[place * 2 + 1] as number) / 127;
      const at = Math.min(points - 1, Math.floor((place / count) * points));
      outline[at] = Math.max(outline[at] as number, size);
    }
    // A short impulse has fewer points than the outline: the gaps keep the last one.
    for (let at = 1; at < points; at++) {
      if (outline[at] === 0 && count < points) outline[at] = outline[at - 1] as number;
    }
    return outline;
  });
  return { seconds: peaks.frames / sampleRateHz, sides };
}

interface Layout {
  readonly outline: ImpulseOutline | null;
  /** Of the impulse as it is stretched. */
  readonly lengthS: number;
  readonly plotWidth: number;
  readonly plotHeight: number;
  readonly startS: number;
  readonly endS: number;
  readonly fadeS: number;
  readonly x: Scale;
}

/** The impulse, left above right; what the flags cut off is faint, the fade a curve. */
export class ConvolutionPicture implements Picture {
  readonly #outline: () => ImpulseOutline | null;
  #spanS = 3;

  /** `reservedPx` at the right edge are left free for words. */
  constructor(
    outline: () => ImpulseOutline | null,
    readonly reservedPx: () => number,
  ) {
    this.#outline = outline;
  }

  #layout(scene: Scene): Layout {
    const { values } = scene;
    const outline = this.#outline();
    const stretch = (values.stretch ?? 100) / 100;
    const lengthS = (outline?.seconds ?? 2.4) * stretch;
    if (!scene.dragging) this.#spanS = Math.max(0.1, lengthS * 1.02);
    const plotWidth = scene.width - this.reservedPx();
    const plotHeight = scene.height - footPx;
    const startS = (values.startMs ?? 0) / 1000;
    const endS = Math.min(lengthS, values.endS ?? 60);
    const fadeS = Math.min(values.fadeS ?? 0.1, Math.max(0, endS - startS));
    const x = linearScale(0, this.#spanS, marginPx, plotWidth - marginPx);
    return { outline, lengthS, plotWidth, plotHeight, startS, endS, fadeS, x };
  }

  handles(scene: Scene): Handle[] {
    const { x, startS, endS, fadeS, plotHeight, plotWidth, outline } = this.#layout(scene);
    if (!outline) return [];
    const flag = (id: string, name: string, at: number, param: string, scale: Scale): Handle => ({
      id,
      name,
      target: { kind: 'line', at: Math.min(plotWidth - 2, at), along: 'y', from: 0, to: plotHeight },
      x: { param, scale, startPx: at },
    });
    return [
      flag(
        'start',
        'Start',
        x.toPx(startS),
        'startMs',
        mappedScale(
          x,
          (ms) => ms / 1000,
          (s) => s * 1000,
        ),
      ),
      flag('end', 'End', x.toPx(endS), 'endS', x),
      {
        id: 'fade',
        name: 'Start of the fade',
        target: { kind: 'point', x: x.toPx(endS - fadeS), y: 6 },
        x: {
          param: 'fadeS',
          scale: mappedScale(
            x,
            (seconds) => endS - seconds,
            (s) => endS - s,
          ),
          startPx: x.toPx(endS - fadeS),
        },
      },
    ];
  }

  paint(pen: Pen, scene: Scene): void {
    const at = this.#layout(scene);
    const { plotWidth, plotHeight, x, outline, startS, endS, fadeS } = at;
    const step = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10].find((seconds) => this.#spanS / seconds <= 6.5) ?? 20;
    for (let seconds = step; seconds < this.#spanS; seconds += step) {
      const px = x.toPx(seconds);
      pen.vertical(px, 0, plotHeight);
      const text = `${fixed(seconds, step < 0.25 ? 2 : 1)} s`;
      if (px < plotWidth - 14) pen.label(text, px, scene.height - 8, { align: 'center' });
    }
    if (outline) this.#paintImpulse(pen, at);
    pen.horizontal(plotHeight / 2, 0, plotWidth, 'lineStrong');
    pen.label('L', plotWidth - 6, 10, { align: 'right' });
    pen.label('R', plotWidth - 6, plotHeight / 2 + 10, { align: 'right' });
    if (!outline) return;
    const fadeFrom = x.toPx(endS - fadeS);
    const fadeTo = x.toPx(endS);
    const drop = plotHeight - 8;
    pen.path(
      21,
      (i) => fadeFrom + ((fadeTo - fadeFrom) * i) / 20,
      (i) => 4 + (1 - Math.cos((i / 20) * (Math.PI / 2))) * drop,
    );
    pen.strokePath('accent', { width: 1.5 });
    pen.flag(x.toPx(startS), plotHeight, 'right');
    pen.flag(Math.min(plotWidth - 2, fadeTo), plotHeight, 'left');
    pen.dot(fadeFrom, 6, scene.heldId === 'fade');
    if (this.reservedPx() > 0) pen.vertical(plotWidth, 0, scene.height, 'lineStrong');
  }

  #paintImpulse(pen: Pen, at: Layout): void {
    const { outline, x, plotWidth, plotHeight, lengthS, startS, endS, fadeS } = at;
    if (!outline) return;
    const faded = (seconds: number): number => {
      if (seconds < startS || seconds > endS) return 0;
      if (fadeS <= 0 || seconds < endS - fadeS) return 1;
      return Math.cos(((seconds - endS + fadeS) / fadeS) * (Math.PI / 2));
    };
    const reach = plotHeight / 4 - 4;
    for (const side of [0, 1]) {
      const wave = outline.sides[side] ?? outline.sides[0];
      if (!wave) continue;
      const middle = plotHeight * (side === 0 ? 0.25 : 0.75);
      const last = Math.min(plotWidth - marginPx, x.toPx(lengthS));
      for (let px = marginPx; px < last; px++) {
        const seconds = x.toValue(px);
        const place = Math.min(points - 1, Math.max(0, Math.floor((seconds / lengthS) * points)));
        const size = shown(wave[place] as number);
        const kept = size * faded(seconds) * reach;
        pen.rect(px, middle - size * reach, 1, Math.max(1, size * reach * 2), 'signal', 0.3);
        if (kept > 0.2) pen.rect(px, middle - kept, 1, Math.max(1, kept * 2), 'text2', 0.85);
      }
    }
  }
}
