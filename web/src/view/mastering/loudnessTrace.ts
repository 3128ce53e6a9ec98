/** From one value of the history to the next. */
export const stepSeconds = 0.1;
const unknown = Number.NaN;

/** Loudness over the song, a value each tenth of a second: measured as a whole, or as far as it was heard. */
export class LoudnessTrace {
  momentaryLufs = new Float32Array(0);
  shortTermLufs = new Float32Array(0);

  /** Forgets everything; nothing is known of a song of this length. */
  clear(seconds: number): void {
    this.#clear(Math.max(0, Math.ceil(seconds / stepSeconds)));
  }

  #clear(length: number): void {
    this.momentaryLufs = new Float32Array(length).fill(unknown);
    this.shortTermLufs = new Float32Array(length).fill(unknown);
  }

  /** What was measured from `startSeconds` on, in a song of this length. */
  load(
    history: { readonly momentaryLufs: Float32Array; readonly shortTermLufs: Float32Array },
    startSeconds: number,
    seconds: number,
  ): void {
    const first = Math.round(startSeconds / stepSeconds);
    this.#clear(Math.max(Math.ceil(seconds / stepSeconds), first + history.momentaryLufs.length));
    this.momentaryLufs.set(history.momentaryLufs, first);
    this.shortTermLufs.set(history.shortTermLufs, first);
  }

  /** What is heard now. */
  put(seconds: number, momentaryLufs: number, shortTermLufs: number): void {
    const at = Math.floor(seconds / stepSeconds);
    if (at < 0 || at >= this.momentaryLufs.length) return;
    this.momentaryLufs[at] = momentaryLufs;
    this.shortTermLufs[at] = shortTermLufs;
  }
}

/** The highest of some values, from `first` to `end`; NaN where none is known. */
export function highestOf(values: Float32Array, first: number, end: number): number {
  let highest = unknown;
  for (let at = Math.max(0, first); at < Math.min(end, values.length); at++) {
    const value = values[at] as number;
    if (!(value <= highest)) highest = Number.isNaN(value) ? highest : value;
  }
  return highest;
}

export interface LoudnessRange {
  readonly topLufs: number;
  readonly bottomLufs: number;
}

const spanLu = 24;

/** What is shown: the target and the loudest, with room above. */
export function rangeFor(targetLufs: number | null, loudestLufs: number): LoudnessRange {
  const loudest = Number.isFinite(loudestLufs) ? loudestLufs : (targetLufs ?? -14);
  const topLufs = Math.min(0, Math.ceil((Math.max(loudest, targetLufs ?? loudest) + 3) / 2) * 2);
  const lowest = Math.min(targetLufs ?? topLufs, topLufs - spanLu + 6);
  return { topLufs, bottomLufs: Math.min(topLufs - spanLu, Math.floor(lowest / 2) * 2 - 6) };
}

/** "0:40": the marks of a time axis of so many pixels, at least 56 apart. */
export function timeMarks(seconds: number, width: number): { seconds: number; text: string }[] {
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];
  const step = steps.find((each) => (each / seconds) * width >= 56) ?? 7200;
  return Array.from({ length: Math.max(0, Math.ceil(seconds / step) - 1) }, (_, index) => {
    const at = (index + 1) * step;
    const hours = Math.floor(at / 3600);
    const minutes = Math.floor((at % 3600) / 60);
    const rest = `${Math.floor(at % 60)}`.padStart(2, '0');
    const text = hours > 0 ? `${hours}:${`${minutes}`.padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
    return { seconds: at, text };
  });
}
