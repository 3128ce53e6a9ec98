import type { Ink, Pen } from '../pen';

const shownFrames = 2400;
/** The picture grows no more than this over what sounds. */
const leastReach = 0.02;

/** Mid upward, side across; the newest are the brightest. */
export class GoniometerPicture {
  readonly #left = new Float32Array(shownFrames);
  readonly #right = new Float32Array(shownFrames);
  #reach = leastReach;

  /** Takes the last frames of both sides. */
  hear(left: Float32Array, right: Float32Array, elapsedMs: number): void {
    const from = left.length - shownFrames;
    let highest = leastReach;
    for (let index = 0; index < shownFrames; index++) {
      const l = left[from + index] ?? 0;
      const r = right[from + index] ?? 0;
      this.#left[index] = l;
      this.#right[index] = r;
      highest = Math.max(highest, Math.abs(l), Math.abs(r));
    }
    // Grows at once, shrinks over seconds.
    this.#reach = Math.max(highest, this.#reach * Math.exp(-elapsedMs / 4000));
  }

  paint(pen: Pen, width: number, height: number, ink: Ink): void {
    const [x, y] = [width / 2, height / 2];
    const radius = Math.min(width, height) / 2 - 10;
    pen.rect(0, 0, width, height, 'well');
    pen.path(
      4,
      (corner) => x + radius * ([0, 1, 0, -1][corner] as number),
      (corner) => y + radius * ([-1, 0, 1, 0][corner] as number),
    );
    pen.context.closePath();
    pen.strokePath('lineStrong');
    const half = radius / 2;
    pen.segment(x - half, y - half, x + half, y + half, 'line');
    pen.segment(x + half, y - half, x - half, y + half, 'line');
    pen.vertical(x, y - radius, y + radius, 'line');
    pen.label('L', x - half - 9, y - half - 5, { align: 'center' });
    pen.label('R', x + half + 9, y - half - 5, { align: 'center' });
    const scale = radius / (2 * this.#reach);
    for (let frame = 0; frame < shownFrames; frame += 2) {
      const l = this.#left[frame] as number;
      const r = this.#right[frame] as number;
      if (l === 0 && r === 0) continue;
      const alpha = 0.12 + 0.5 * (frame / shownFrames) ** 2;
      pen.rect(x + (r - l) * scale - 0.6, y - (l + r) * scale - 0.6, 1.3, 1.3, ink, alpha);
    }
  }
}
