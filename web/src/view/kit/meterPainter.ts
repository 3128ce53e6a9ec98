import type { Palette } from './palette';
import { amplitudeDb, meterPosition } from './taper';

export interface MeterBar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const silentDb = -200;
const warnDb = -6;
const badDb = -1;

/** Peak falls 20 dB in 1.5 s; the hold line stays 1.5 s, then falls alike. */
const fallDbPerMs = 20 / 1500;
const holdMs = 1500;

/** The hold line of one channel. */
export class PeakHold {
  #db = silentDb;
  #heldSince = 0;
  #updatedAt = 0;

  update(peakDb: number, nowMs: number): number {
    if (peakDb >= this.#db) {
      this.#db = peakDb;
      this.#heldSince = nowMs;
    } else if (nowMs - this.#heldSince > holdMs) {
      this.#db = Math.max(peakDb, this.#db - (nowMs - this.#updatedAt) * fallDbPerMs);
    }
    this.#updatedAt = nowMs;
    return this.#db;
  }
}

/** dBFS of a linear level, with a floor in place of minus infinity. */
export const levelDb = (level: number): number => (level > 1e-10 ? amplitudeDb(level) : silentDb);

function fillBetween(
  context: CanvasRenderingContext2D,
  bar: MeterBar,
  fromDb: number,
  toDb: number,
  colour: string,
): void {
  if (toDb <= fromDb) return;
  const low = meterPosition(fromDb) * bar.height;
  const high = meterPosition(toDb) * bar.height;
  context.fillStyle = colour;
  context.fillRect(bar.x, bar.y + bar.height - high, bar.width, high - low);
}

function fillLevel(context: CanvasRenderingContext2D, bar: MeterBar, db: number, colours: Palette): void {
  fillBetween(context, bar, -60, Math.min(db, warnDb), colours.ok);
  fillBetween(context, bar, warnDb, Math.min(db, badDb), colours.warn);
  fillBetween(context, bar, badDb, db, colours.bad);
}

/** One channel: RMS solid, peak above it at 42 %, a line for the hold. Levels in dBFS. */
export function paintMeter(
  context: CanvasRenderingContext2D,
  bar: MeterBar,
  rmsDb: number,
  peakDb: number,
  holdDb: number,
  colours: Palette,
): void {
  context.fillStyle = colours.well;
  context.fillRect(bar.x, bar.y, bar.width, bar.height);
  context.globalAlpha = 0.42;
  fillLevel(context, bar, peakDb, colours);
  context.globalAlpha = 1;
  fillLevel(context, bar, rmsDb, colours);
  if (holdDb <= -60) return;
  const top = Math.max(bar.y, Math.round(bar.y + bar.height - meterPosition(holdDb) * bar.height));
  context.fillStyle = holdDb > badDb ? colours.bad : holdDb > warnDb ? colours.warn : colours.ok;
  context.fillRect(bar.x, top, bar.width, 1.5);
}
