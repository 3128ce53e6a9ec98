import { fixed } from '../../kit/valueText';
import { paintFrequencyAxis } from './axes';
import { bandGainDb } from './eqCurve';
import type { Handle, Values } from './handles';
import type { Pen } from './pen';
import { footPx, type Picture, type Scene, type Sound, shifted, within } from './picture';
import { figure, frequencyScale, linearScale, mappedScale, type Scale } from './scale';

const floorDb = -42;
const firstTapDb = -1;
const tonePx = 148;
/** Beats of a note, by the choices of `sync`. */
const noteBeats = [0, 0.125, 1 / 6, 0.25, 0.375, 1 / 3, 0.5, 0.75, 2 / 3, 1, 1.5, 4 / 3, 2, 3, 4, 8];

export function delayMsOf(scene: Scene): number {
  const beats = noteBeats[scene.values.sync ?? 0] ?? 0;
  return beats === 0 ? (scene.values.timeMs ?? 375) : beats * msPerBeat(scene);
}

const msPerBeat = ({ framesPerBeat, sampleRateHz }: Scene): number => (framesPerBeat * 1000) / sampleRateHz;

/** The note nearest to a time, as a choice of `sync`. */
export function nearestNote(ms: number, beatMs: number): number {
  let best = 1;
  for (let note = 2; note < noteBeats.length; note++) {
    const distance = (choice: number) => Math.abs(Math.log(ms / ((noteBeats[choice] as number) * beatMs)));
    if (distance(note) < distance(best)) best = note;
  }
  return best;
}

const dbOf = (percent: number): number => Math.max(floorDb, 20 * Math.log10(Math.max(1e-6, percent / 100)));

interface Layout {
  readonly tapsWidth: number;
  readonly toneWidth: number;
  readonly plotHeight: number;
  readonly middle: number;
  readonly beats: number;
  /** Milliseconds across. */
  readonly x: Scale;
  /** Height of a level above the middle line, in pixels. */
  readonly reach: (db: number) => number;
  readonly tone: Scale;
  readonly toneY: Scale;
}

/** Left the echoes on the beats of the song, L above and R below; right what the filters leave of repeats 1 to 4. */
export class DelayPicture implements Picture {
  #beats = 4.35;
  #duckedDb = 0;

  hear(sound: Sound): boolean {
    const duckedDb = Math.min(0, sound.readouts[1] ?? 0);
    if (Math.abs(duckedDb - this.#duckedDb) < 0.05) return false;
    this.#duckedDb = duckedDb;
    return true;
  }

  #layout(scene: Scene): Layout {
    const beatMs = msPerBeat(scene);
    const timeBeats = delayMsOf(scene) / beatMs;
    if (!scene.dragging) {
      let beats = scene.beatsPerBar + 0.35;
      while (beats < timeBeats * 2.6) beats *= 2;
      this.#beats = beats;
    }
    const toneWidth = scene.width > 420 ? tonePx : Math.round(scene.width * 0.28);
    const tapsWidth = scene.width - toneWidth - 1;
    const plotHeight = scene.height - footPx;
    const middle = plotHeight / 2;
    return {
      tapsWidth,
      toneWidth,
      plotHeight,
      middle,
      beats: this.#beats,
      x: linearScale(0, this.#beats * beatMs, 14, tapsWidth),
      reach: (db) => Math.max(0, (db - floorDb) / -floorDb) * (middle - 10),
      tone: frequencyScale(toneWidth),
      toneY: linearScale(0, -40, 10, plotHeight),
    };
  }

  handles(scene: Scene): Handle[] {
    const at = this.#layout(scene);
    const { values } = scene;
    const timeMs = delayMsOf(scene);
    const beatMs = msPerBeat(scene);
    const feedbackDb = dbOf(values.feedback ?? 30);
    const level = linearScale(0, floorDb, at.middle + at.reach(0 + firstTapDb), at.middle);
    const taps: Handle[] = [
      {
        id: 'feedback',
        name: 'Feedback',
        target: {
          kind: 'point',
          x: Math.min(at.tapsWidth - 6, at.x.toPx(timeMs * 2)),
          y: at.middle + at.reach(firstTapDb + feedbackDb),
        },
        y: { param: 'feedback', scale: mappedScale(level, dbOf, (db) => 100 * 10 ** (db / 20)) },
      },
      {
        id: 'time',
        name: 'Time',
        target: {
          kind: 'point',
          x: Math.min(at.tapsWidth - 6, at.x.toPx(timeMs)),
          y: at.middle - at.reach(firstTapDb),
        },
        x: {
          param: 'timeMs',
          scale: at.x,
          startPx: at.x.toPx(timeMs),
          snap: (ms) => (noteBeats[nearestNote(Math.max(1, ms), beatMs)] as number) * beatMs,
        },
        follow: (changed): Values => {
          const ms = changed.timeMs;
          if (ms === undefined) return {};
          const note = nearestNote(ms, beatMs);
          const exact = Math.abs(ms / ((noteBeats[note] as number) * beatMs) - 1) < 1e-3;
          return { sync: exact ? note : 0 };
        },
      },
    ];
    const cut = (id: string, name: string, param: string, hz: number): Handle => ({
      id,
      name,
      target: {
        kind: 'point',
        x: Math.min(at.toneWidth - 7, Math.max(7, at.tone.toPx(hz))),
        y: at.toneY.toPx(-3),
      },
      x: { param, scale: at.tone },
    });
    return [
      ...taps,
      ...shifted(
        [
          cut('lowCut', 'Low cut', 'lowCutHz', values.lowCutHz ?? 20),
          cut('highCut', 'High cut', 'highCutHz', values.highCutHz ?? 20000),
        ],
        at.tapsWidth + 1,
        0,
      ),
    ];
  }

  paint(pen: Pen, scene: Scene): void {
    const at = this.#layout(scene);
    within(pen, 0, 0, at.tapsWidth, scene.height, () => this.#paintTaps(pen, scene, at));
    within(pen, at.tapsWidth + 1, 0, at.toneWidth, scene.height, () => this.#paintTone(pen, scene, at));
    pen.vertical(at.tapsWidth, 0, scene.height, 'lineStrong');
    for (const { id, target } of this.handles(scene)) {
      if (target.kind === 'point') pen.dot(target.x, target.y, scene.heldId === id || id === 'time');
    }
  }

  #paintGrid(pen: Pen, scene: Scene, { tapsWidth, plotHeight, middle, beats, x }: Layout): void {
    const beatMs = msPerBeat(scene);
    const divisions = beats > 18 ? 1 : 4;
    for (let step = 0; step / divisions < beats; step++) {
      const px = x.toPx((step / divisions) * beatMs);
      pen.vertical(px, 0, plotHeight, step % divisions === 0 ? 'lineStrong' : 'line');
    }
    const every = beats > 18 ? scene.beatsPerBar : 1;
    for (let beat = 0; beat < beats; beat += every) {
      const inBar = beat % scene.beatsPerBar;
      const px = x.toPx(beat * beatMs);
      if (px > tapsWidth - 6) break;
      pen.label(`${inBar + 1}`, px, scene.height - 8, {
        align: 'center',
        ink: inBar === 0 ? 'text2' : 'text3',
      });
    }
    pen.horizontal(middle, 0, tapsWidth, 'lineStrong');
    pen.label('L', tapsWidth - 6, 10, { align: 'right' });
    pen.label('R', tapsWidth - 6, plotHeight - 10, { align: 'right' });
  }

  #paintTaps(pen: Pen, scene: Scene, at: Layout): void {
    this.#paintGrid(pen, scene, at);
    const { values } = scene;
    const { x, middle, reach, plotHeight, tapsWidth } = at;
    const timeMs = delayMsOf(scene);
    const feedbackDb = 20 * Math.log10(Math.max(1e-4, (values.feedback ?? 30) / 100));
    const pingPong = (values.pingPong ?? 0) / 100;
    const dry = reach(0);
    pen.rect(x.toPx(0) - 2, middle - dry, 4, dry * 2, 'text');
    for (const side of [1, -1]) {
      const last = 8;
      pen.segment(
        x.toPx(timeMs),
        middle - side * reach(firstTapDb),
        x.toPx(timeMs * last),
        middle - side * reach(firstTapDb + feedbackDb * (last - 1)),
        'accent',
        { alpha: 0.5, dash: [3, 3] },
      );
    }
    for (let tap = 1; tap <= 64 && x.toPx(tap * timeMs) < tapsWidth; tap++) {
      const db = firstTapDb + feedbackDb * (tap - 1);
      if (db <= floorDb) break;
      const px = x.toPx(tap * timeMs);
      const up = tap % 2 === 1 ? 1 : -1;
      const far = reach(db + this.#duckedDb);
      const near = reach(db + this.#duckedDb + 20 * Math.log10(1 - pingPong + 1e-3));
      this.#bar(pen, px, middle, up, far, Math.max(0.35, 1 - 0.1 * (tap - 1)));
      this.#bar(pen, px, middle, -up, near, pingPong > 0 ? 0.35 : Math.max(0.35, 1 - 0.1 * (tap - 1)));
      if (tap > 1 && tap < 5 && px < tapsWidth - 30) {
        const labelY = middle - up * (far - 5);
        pen.label(figure(Math.round(feedbackDb * (tap - 1))), px + 9, labelY);
      }
    }
    pen.horizontal(plotHeight - 20, x.toPx(0) + 5, x.toPx(timeMs) - 1, 'text3');
    pen.vertical(x.toPx(timeMs), plotHeight - 24, plotHeight - 16, 'text3');
    const words = `${fixed(timeMs, 1)} ms`;
    const half = pen.textWidth(words, 10, 530) / 2;
    const at2 = Math.max(x.toPx(0) + half + 6, (x.toPx(0) + x.toPx(timeMs)) / 2 + 3);
    pen.label(words, at2, plotHeight - 9, { align: 'center', ink: 'text', weight: 530 });
  }

  #bar(pen: Pen, x: number, middle: number, up: number, height: number, alpha: number): void {
    if (height < 0.5) return;
    if (up > 0) pen.rounded(x - 4, middle - height, 8, height, [2, 2, 0, 0], 'accent', alpha);
    else pen.rounded(x - 4, middle, 8, height, [0, 0, 2, 2], 'accent', alpha);
  }

  #paintTone(pen: Pen, scene: Scene, { toneWidth, plotHeight, tone, toneY }: Layout): void {
    const { values } = scene;
    paintFrequencyAxis(pen, {
      scale: tone,
      fromHz: 20,
      toHz: 20000,
      width: toneWidth,
      height: plotHeight,
      footHeight: footPx,
    });
    const lowCutHz = values.lowCutHz ?? 20;
    const highCutHz = values.highCutHz ?? 20000;
    const cut = { gainDb: 0, q: 0.71, slopeDb: 12 };
    const filteredDb = (hz: number) =>
      (lowCutHz > 20 ? bandGainDb({ ...cut, type: 'lowcut', freqHz: lowCutHz }, hz) : 0) +
      (highCutHz < 20000 ? bandGainDb({ ...cut, type: 'highcut', freqHz: highCutHz }, hz) : 0);
    const feedbackDb = 20 * Math.log10(Math.max(1e-4, (values.feedback ?? 30) / 100));
    const repeatDb = (repeat: number, hz: number) => filteredDb(hz) * repeat + feedbackDb * (repeat - 1);
    pen.clipped(0, 0, toneWidth, plotHeight, () => {
      for (let repeat = 4; repeat >= 1; repeat--) {
        const outline = (px: number) =>
          Math.min(plotHeight + 2, toneY.toPx(repeatDb(repeat, tone.toValue(px))));
        pen.area(outline, 0, toneWidth, plotHeight, 'accent', 0.06);
        pen.curve(outline, 0, toneWidth, 'accent', {
          width: repeat === 1 ? 2 : 1.25,
          alpha: 1 - (repeat - 1) * 0.22,
        });
      }
    });
    pen.label('repeat', 6, 10);
    for (let repeat = 1; repeat <= 4; repeat++) {
      const y = toneY.toPx(repeatDb(repeat, 700)) + 8;
      if (y < plotHeight - 4) pen.label(`${repeat}`, tone.toPx(700), y, { align: 'center', ink: 'text2' });
    }
  }
}
