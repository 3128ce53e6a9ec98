import type { Pen } from './pen';
import type { Scene } from './picture';

/** Beats of one turn, by the choices of `sync`: off, 1/16 to 8/1. */
const turnBeats = [0, 0.25, 0.5, 1, 2, 4, 8, 16, 32];

/** Turns a second of a device's slow oscillator: its rate, or the note it is tied to. */
export function turnsPerSecond(scene: Scene): number {
  const beats = turnBeats[scene.values.sync ?? 0] ?? 0;
  if (beats === 0) return scene.values.rateHz ?? 0.5;
  return scene.sampleRateHz / (beats * scene.framesPerBeat);
}

/** Where the present lies in a picture of past and coming turns. */
export const nowShare = 0.64;

/** A round number of seconds that shows about two turns. */
export function spanSeconds(turns: number): number {
  const wanted = 2 / turns;
  for (const span of [0.1, 0.25, 0.5, 1, 2, 4, 6, 8, 12, 20, 30, 60, 120]) if (span >= wanted) return span;
  return 240;
}

export const secondsText = (seconds: number): string =>
  seconds >= 1 ? `${seconds} s` : `${Math.round(seconds * 1000)} ms`;

export interface OscillatorLane {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly fullWidth: number;
  /** 0 to 1 */
  readonly phase: number;
  readonly turns: number;
  /** How far it swings, as a part of the lane. */
  readonly depth: number;
}

/** The lane at the foot: the oscillator before and after now, with a dot on its present place. */
export function paintOscillator(pen: Pen, lane: OscillatorLane): void {
  const { top, width, height } = lane;
  const span = spanSeconds(lane.turns);
  const nowX = width * nowShare;
  const middle = top + height / 2;
  const reach = Math.max(1, (height / 2 - 6) * lane.depth);
  const y = (px: number) =>
    middle - Math.sin(2 * Math.PI * (lane.phase + ((px - nowX) / width) * span * lane.turns)) * reach;
  pen.rect(0, top, lane.fullWidth, height, 'panel');
  pen.horizontal(top, 0, lane.fullWidth, 'lineStrong');
  pen.curve(y, 0, nowX, 'accent', { width: 1.5 });
  pen.curve(y, nowX, width, 'accent', { width: 1.25, alpha: 0.35 });
  pen.now(nowX, y(nowX));
  pen.label(secondsText(span), lane.fullWidth - 5, middle, { align: 'right', ground: 'panel' });
}
