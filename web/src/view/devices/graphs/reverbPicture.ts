import { fixed } from '../../kit/valueText';
import type { Handle } from './handles';
import type { Pen } from './pen';
import { footPx, type Picture, type Scene, type Sound, shifted, within } from './picture';
import { type DecaySetting, decaySeconds, decaySetting } from './reverbDecay';
import { linearScale, logScale, mappedScale, type Scale } from './scale';
import { noise } from './texture';

const lowestHz = 60;
const highestHz = 16000;
const middleHz = 707;
const earlyPx = 172;
/** When the last early echo of a room, a hall and a plate comes at full size, and the places of all before it. */
const lastEchoMs = [38, 84, 12];
const echoPlaces = [83, 139, 211, 283, 351, 434, 506, 595, 672, 763, 871, 969].map((part) => part / 1000);
const fromOtherSide = [1, 4, 6, 8, 10];

interface Layout {
  readonly earlyWidth: number;
  readonly fieldWidth: number;
  readonly plotHeight: number;
  readonly earlyX: Scale;
  readonly time: Scale;
  readonly y: Scale;
  readonly spanS: number;
  readonly setting: DecaySetting;
  readonly preMs: number;
}

/** Left the first tenth of a second by side; right level over time and frequency, the curve being the time to -60 dB. */
export class ReverbPicture implements Picture {
  #spanS = 2.8;
  #earlySpanMs = 100;
  #field: { key: string; image: OffscreenCanvas } | null = null;

  hear(_sound: Sound): boolean {
    return false;
  }

  #layout(scene: Scene): Layout {
    const setting = decaySetting(scene.values);
    const preMs = scene.values.preDelayMs ?? 20;
    if (!scene.dragging) {
      const longest = preMs / 1000 + setting.decayS * Math.max(1, setting.lowMult);
      this.#spanS = Math.max(0.5, longest * 1.22);
      this.#earlySpanMs = preMs > 70 ? 300 : 100;
    }
    const earlyWidth = scene.width > 400 ? earlyPx : 0;
    const fieldWidth = scene.width - earlyWidth - (earlyWidth > 0 ? 1 : 0);
    const plotHeight = scene.height - footPx;
    return {
      earlyWidth,
      fieldWidth,
      plotHeight,
      earlyX: linearScale(0, this.#earlySpanMs, 10, earlyWidth - 4),
      time: linearScale(0, this.#spanS, 0, fieldWidth),
      y: logScale(highestHz, lowestHz, 0, plotHeight),
      spanS: this.#spanS,
      setting,
      preMs,
    };
  }

  /** The three dots: their frequency, and the scale on which the hand moves what they stand for. */
  #dots({ setting, preMs, time }: Layout) {
    const at = (hz: number) => preMs / 1000 + decaySeconds(setting, hz);
    const lowHz = Math.max(lowestHz, setting.lowHz / 2);
    const highHz = Math.min(highestHz, setting.highHz * 1.6);
    const multiple = (hz: number, mult: number): Scale => {
      // The dot follows the hand though the curve only leans towards the multiple there.
      const share = (at(hz) - preMs / 1000) / mult;
      return mappedScale(
        time,
        (value) => preMs / 1000 + value * share,
        (s) => (s - preMs / 1000) / share,
      );
    };
    return [
      { id: 'low', name: 'Low decay', hz: lowHz, param: 'lowMult', scale: multiple(lowHz, setting.lowMult) },
      {
        id: 'decay',
        name: 'Decay',
        hz: middleHz,
        param: 'decayS',
        scale: multiple(middleHz, setting.decayS),
      },
      {
        id: 'high',
        name: 'High decay',
        hz: highHz,
        param: 'highMult',
        scale: multiple(highHz, setting.highMult),
      },
    ].map((dot) => ({ ...dot, seconds: at(dot.hz) }));
  }

  handles(scene: Scene): Handle[] {
    const at = this.#layout(scene);
    const preDelay = { param: 'preDelayMs', scale: at.earlyX };
    const early: Handle[] =
      at.earlyWidth > 0
        ? [
            {
              id: 'preDelay',
              name: 'Pre-delay',
              target: { kind: 'line', at: at.earlyX.toPx(at.preMs), along: 'y', from: 0, to: at.plotHeight },
              x: preDelay,
            },
          ]
        : [];
    const corner = (over: number): Scale =>
      mappedScale(
        at.y,
        (hz) => hz * over,
        (hz) => hz / over,
      );
    const dots = this.#dots(at).map(
      ({ id, name, hz, param, scale, seconds }): Handle => ({
        id,
        name,
        target: { kind: 'point', x: Math.min(at.fieldWidth - 6, at.time.toPx(seconds)), y: at.y.toPx(hz) },
        x: { param, scale },
        ...(id === 'high' ? { y: { param: 'highHz', scale: corner(1.6) } } : {}),
        ...(id === 'low' ? { y: { param: 'lowHz', scale: corner(0.5) } } : {}),
        wheel: param,
      }),
    );
    return [...early, ...shifted(dots, at.earlyWidth > 0 ? at.earlyWidth + 1 : 0, 0)];
  }

  paint(pen: Pen, scene: Scene): void {
    const at = this.#layout(scene);
    if (at.earlyWidth > 0) {
      within(pen, 0, 0, at.earlyWidth, scene.height, () => this.#paintEarly(pen, scene, at));
      pen.vertical(at.earlyWidth, 0, scene.height, 'lineStrong');
    }
    const left = at.earlyWidth > 0 ? at.earlyWidth + 1 : 0;
    within(pen, left, 0, at.fieldWidth, scene.height, () => this.#paintField(pen, scene, at));
  }

  #paintEarly(pen: Pen, scene: Scene, at: Layout): void {
    const { earlyWidth, plotHeight, earlyX, preMs } = at;
    const { values, height } = scene;
    const middle = plotHeight / 2;
    const reach = middle - 10;
    const quarter = this.#earlySpanMs / 4;
    for (let ms = quarter; ms < this.#earlySpanMs; ms += quarter) {
      pen.vertical(earlyX.toPx(ms), 0, plotHeight);
      pen.label(`${ms}`, earlyX.toPx(ms), height - 8, { align: 'center' });
    }
    pen.label('ms', earlyWidth - 4, height - 8, { align: 'right' });
    pen.horizontal(middle, 0, earlyWidth, 'lineStrong');
    pen.rect(earlyX.toPx(0) - 1.5, middle - reach, 3, reach * 2, 'text');
    const diffusion = (values.diffusion ?? 80) / 100;
    const width = Math.min(1, (values.width ?? 100) / 100);
    for (let i = 0; ; i++) {
      const ms = preMs + 8 + i * 1.4 + 1.2 * noise(i * 3);
      if (ms > this.#earlySpanMs - 1) break;
      const share = Math.min(1, (ms - preMs) / 90);
      const size = (0.1 + 0.3 * share * (0.6 + 0.4 * noise(i))) * (0.4 + 0.6 * diffusion);
      pen.rect(earlyX.toPx(ms), middle - size * reach, 1, size * reach * 2, 'signal', 0.5);
    }
    const early = 0.86 * 10 ** (Math.min(0, values.earlyDb ?? 0) / 20);
    const lastMs = (lastEchoMs[values.kind ?? 1] ?? 84) * (0.3 + 0.7 * ((values.size ?? 60) / 100));
    echoPlaces.forEach((place, index) => {
      const ms = preMs + place * lastMs;
      if (ms > this.#earlySpanMs) return;
      const size =
        early * 10 ** ((-3 * place * lastMs) / 1000 / at.setting.decayS) * (1 - 0.5 * place) * reach;
      const left = !fromOtherSide.includes(index);
      const x = Math.round(earlyX.toPx(ms));
      const other = size * (1 - 0.55 * width);
      pen.rect(x, left ? middle - size : middle, 2, size, 'text2');
      pen.rect(x, left ? middle : middle - other, 2, other, 'text2', 0.4);
    });
    pen.vertical(earlyX.toPx(preMs), 0, plotHeight, 'accent', { width: 1.5 });
    pen.dot(earlyX.toPx(preMs), 10, scene.heldId === 'preDelay');
    pen.label('L', earlyWidth - 6, 10, { align: 'right' });
    pen.label('R', earlyWidth - 6, plotHeight - 10, { align: 'right' });
  }

  #paintField(pen: Pen, scene: Scene, at: Layout): void {
    const { fieldWidth, plotHeight, time, y, setting, preMs, spanS } = at;
    this.#paintCloud(pen, at);
    const step = [0.1, 0.25, 0.5, 1, 2, 5].find((seconds) => spanS / seconds <= 6.5) ?? 10;
    for (let seconds = step; seconds < spanS * 0.98; seconds += step) {
      pen.vertical(time.toPx(seconds), 0, plotHeight, 'lineStrong', { alpha: 0.7 });
      const text = `${fixed(seconds, step < 0.5 ? 2 : 1)} s`;
      if (time.toPx(seconds) < fieldWidth - 12)
        pen.label(text, time.toPx(seconds), scene.height - 8, { align: 'center' });
    }
    for (const [hz, text] of [
      [100, '100'],
      [1000, '1k'],
      [10000, '10k'],
    ] as const) {
      pen.horizontal(y.toPx(hz), 0, fieldWidth, 'lineStrong', { alpha: 0.7 });
      pen.label(text, fieldWidth - 5, Math.max(7, y.toPx(hz) - 7), { align: 'right' });
    }
    const start = time.toPx(preMs / 1000);
    const x = (row: number) => time.toPx(preMs / 1000 + decaySeconds(setting, y.toValue(row)));
    const rows = Math.ceil(plotHeight);
    pen.path(
      rows + 3,
      (i) => (i === 0 || i === rows + 2 ? start : x(i - 1)),
      (i) => (i === 0 ? 0 : i === rows + 2 ? plotHeight : i - 1),
    );
    pen.fillPath('accent', 0.07);
    pen.path(rows + 1, x, (i) => i);
    pen.strokePath('accent', { width: 2 });
    for (const { id, hz, seconds } of this.#dots(at)) {
      const px = Math.min(fieldWidth - 6, time.toPx(seconds));
      const py = y.toPx(hz);
      pen.dot(px, py, scene.heldId === id || id === 'decay');
      const words = `${fixed(seconds - preMs / 1000, 2)} s`;
      const room = px + 60 < fieldWidth;
      const shownY = Math.min(plotHeight - 7, Math.max(8, py));
      pen.label(words, room ? px + 13 : px - 13, shownY, {
        align: room ? 'left' : 'right',
        ink: 'text',
        size: 11,
        weight: 530,
      });
    }
  }

  /** What is left of the sound at each time and frequency; made anew only when the setting changes. */
  #paintCloud(pen: Pen, { fieldWidth, plotHeight, time, y, setting, preMs }: Layout): void {
    const { signal, dark } = pen.colours;
    const key = JSON.stringify([fieldWidth, plotHeight, this.#spanS, setting, preMs, signal]);
    if (this.#field?.key !== key) this.#field = { key, image: cloud() };
    pen.context.drawImage(this.#field.image, 0, 0, fieldWidth, plotHeight);

    function cloud(): OffscreenCanvas {
      const columns = Math.max(1, Math.ceil(fieldWidth / 2));
      const rows = Math.max(1, Math.ceil(plotHeight / 2));
      const image = new OffscreenCanvas(columns, rows);
      const context = image.getContext('2d');
      if (!context) return image;
      const pixels = context.createImageData(columns, rows);
      const colour = Number.parseInt(signal.slice(1, 7), 16);
      const strength = dark ? 0.62 : 0.7;
      for (let row = 0; row < rows; row++) {
        const decay = decaySeconds(setting, y.toValue(row * 2 + 1));
        for (let column = 0; column < columns; column++) {
          const seconds = time.toValue(column * 2 + 1) - preMs / 1000;
          if (seconds < 0) continue;
          const grain =
            3 * noise(column * 27.4 + row * 14.2) + 4 * noise(Math.floor(column / 6) + row * 31.7);
          const left = 1 + ((-60 * seconds) / decay - grain + 2) / 62;
          if (left <= 0) continue;
          const place = (row * columns + column) * 4;
          pixels.data[place] = colour >> 16;
          pixels.data[place + 1] = (colour >> 8) & 255;
          pixels.data[place + 2] = colour & 255;
          pixels.data[place + 3] = 255 * Math.min(0.85, left ** 1.25 * strength);
        }
      }
      context.putImageData(pixels, 0, 0);
      return image;
    }
  }
}
