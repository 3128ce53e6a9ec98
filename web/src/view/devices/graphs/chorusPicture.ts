import type { Handle } from './handles';
import { nowShare, secondsText, spanSeconds, turnsPerSecond } from './oscillation';
import type { Pen } from './pen';
import { footPx, type Picture, type Scene, type Sound } from './picture';
import { linearScale, logScale, mappedScale, type Scale } from './scale';

const leastSpanMs = 10;

interface Axis {
  readonly fromMs: number;
  readonly toMs: number;
}

/** "L", "C" or "R": where the voice stands. The first of an odd number is in the middle, the others go left and right by turns. */
export function sideOf(voice: number, voices: number, spread: number): string {
  const odd = voices % 2;
  if (voice < odd || spread < 1) return 'C';
  return (voice - odd) % 2 === 0 ? 'L' : 'R';
}

/** The delay time of each voice over some seconds; the depth is a band. */
export class ChorusPicture implements Picture {
  #phase = 0;
  #axis: Axis = { fromMs: 9, toMs: 19 };

  hear(sound: Sound): boolean {
    const phase = sound.readouts[0] ?? 0;
    if (phase === this.#phase) return false;
    this.#phase = phase;
    return true;
  }

  #layout(scene: Scene) {
    const { width, height, values } = scene;
    const delayMs = values.delayMs ?? 14;
    const depthMs = values.depthMs ?? 3;
    if (!scene.dragging) {
      const half = Math.max(leastSpanMs / 2, depthMs * 1.35 + 1);
      const fromMs = Math.max(0, delayMs - half);
      this.#axis = { fromMs, toMs: fromMs + 2 * half };
    }
    const plotHeight = height - footPx;
    const y = linearScale(this.#axis.fromMs, this.#axis.toMs, plotHeight - 8, 8);
    return { plotHeight, y, delayMs, depthMs, width };
  }

  handles(scene: Scene): Handle[] {
    const { plotHeight, y, delayMs, depthMs, width } = this.#layout(scene);
    const edge = (sign: 1 | -1): Handle => ({
      id: sign > 0 ? 'depth' : 'depthBelow',
      name: 'Depth',
      target: { kind: 'line', at: y.toPx(delayMs + sign * depthMs), along: 'x', from: 0, to: width },
      y: {
        param: 'depthMs',
        scale: mappedScale(
          y,
          (ms) => delayMs + sign * ms,
          (ms) => sign * (ms - delayMs),
        ),
      },
      pointerOnly: sign < 0,
    });
    const rate: Scale = logScale(0.01, 10, 0, width * 2);
    return [
      {
        id: 'rate',
        name: 'Rate',
        target: { kind: 'area', left: 0, top: 0, right: width, bottom: plotHeight },
        x: { param: 'rateHz', scale: rate },
        follow: () => ({ sync: 0 }),
      },
      edge(-1),
      edge(1),
      {
        id: 'delay',
        name: 'Delay',
        target: { kind: 'line', at: y.toPx(delayMs), along: 'x', from: 0, to: width },
        y: { param: 'delayMs', scale: y },
      },
    ];
  }

  paint(pen: Pen, scene: Scene): void {
    const { plotHeight, y, delayMs, depthMs, width } = this.#layout(scene);
    const turns = turnsPerSecond(scene);
    const span = spanSeconds(turns);
    const nowX = Math.round(width * nowShare);
    this.#paintAxes(pen, scene, plotHeight, y, span);
    const top = y.toPx(delayMs + depthMs);
    pen.rect(0, top, width, y.toPx(delayMs - depthMs) - top, 'accent', 0.08);
    pen.horizontal(y.toPx(delayMs), 0, width, 'accent', { dash: [3, 3] });
    const voices = (scene.values.voices ?? 2) + 1;
    const levelAt = (voice: number) => (px: number) => {
      const turn = this.#phase + voice / voices + ((px - nowX) / width) * span * turns;
      return y.toPx(delayMs + depthMs * Math.sin(2 * Math.PI * turn));
    };
    pen.clipped(0, 0, width, plotHeight, () => {
      for (let voice = 0; voice < voices; voice++) {
        const fade = 1 - (voice * 0.72) / voices;
        pen.curve(levelAt(voice), 0, nowX, 'accent', { width: 1.75, alpha: fade });
        pen.curve(levelAt(voice), nowX, width, 'accent', { width: 1.25, alpha: 0.32 });
      }
    });
    pen.vertical(nowX, 0, plotHeight, 'text3');
    for (let voice = 0; voice < voices; voice++) {
      const at = levelAt(voice)(nowX);
      pen.now(nowX, at);
      pen.label(sideOf(voice, voices, scene.values.spread ?? 100), nowX + 10, at, {
        ink: 'text2',
        weight: 560,
      });
    }
  }

  #paintAxes(pen: Pen, { width, height }: Scene, plotHeight: number, y: Scale, span: number): void {
    const { fromMs, toMs } = this.#axis;
    const step = toMs - fromMs > 14 ? 5 : toMs - fromMs > 7 ? 4 : 2;
    const ticks: number[] = [];
    for (let ms = Math.ceil((fromMs + 0.5) / step) * step; ms < toMs - 0.5; ms += step) ticks.push(ms);
    ticks.forEach((ms, index) => {
      pen.horizontal(y.toPx(ms), 0, width);
      const text = index === ticks.length - 1 ? `${ms} ms` : `${ms}`;
      pen.label(text, width - 5, y.toPx(ms), { align: 'right' });
    });
    for (let quarter = 1; quarter < 4; quarter++) {
      const x = (width * quarter) / 4;
      pen.vertical(x, 0, plotHeight);
      pen.label(secondsText((span * quarter) / 4), x, height - 8, { align: 'center' });
    }
  }
}
