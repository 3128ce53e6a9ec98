import { fixed, typographic } from '../../kit/valueText';
import type { Handle } from './handles';
import type { Pen } from './pen';
import type { Picture, Scene, Sound } from './picture';

const shownMs = 30;
const points = 360;
const arrowPx = 68;

/** Left and right, in and out, over the same 30 ms. */
export class UtilityPicture implements Picture {
  /** In left, in right, out left, out right. */
  readonly #waves = Array.from({ length: 4 }, () => new Float32Array(points));

  hear(sound: Sound, { sampleRateHz }: Scene): boolean {
    const frames = Math.min(sound.inLeft.length, Math.round((shownMs * sampleRateHz) / 1000));
    const start = this.#start(sound.inLeft, sound.inRight, frames);
    let changed = false;
    [sound.inLeft, sound.inRight, sound.outLeft, sound.outRight].forEach((source, place) => {
      const wave = this.#waves[place] as Float32Array;
      for (let point = 0; point < points; point++) {
        const next = source[start + Math.floor((point / points) * frames)] ?? 0;
        if (next !== wave[point]) changed = true;
        wave[point] = next;
      }
    });
    return changed;
  }

  /** The latest rise through zero, so that a steady tone stands still. */
  #start(left: Float32Array, right: Float32Array, frames: number): number {
    const last = left.length - frames;
    for (let frame = last; frame > Math.max(1, last - frames); frame--) {
      const before = (left[frame - 1] as number) + (right[frame - 1] as number);
      if (before < 0 && (left[frame] as number) + (right[frame] as number) >= 0) return frame;
    }
    return Math.max(0, last);
  }

  handles(): Handle[] {
    return [];
  }

  paint(pen: Pen, scene: Scene): void {
    const { width, height, values } = scene;
    const waveWidth = (width - arrowPx) / 2;
    const rows = [height * 0.27, height * 0.75];
    const reach = height / 4 - 12;
    rows.forEach((middle, side) => {
      this.#paintWave(pen, side, 6, waveWidth, middle, reach, 'signal');
      this.#paintWave(pen, side + 2, width - waveWidth - 6, waveWidth, middle, reach, 'accent');
      const centre = width / 2;
      pen.segment(centre - 13, middle, centre + 11, middle, 'text2', { width: 1.5 });
      pen.segment(centre + 7, middle - 4, centre + 12, middle, 'text2', { width: 1.5 });
      pen.segment(centre + 7, middle + 4, centre + 12, middle, 'text2', { width: 1.5 });
    });
    pen.horizontal(height / 2, 0, width);
    pen.label('L', 8, 10);
    pen.label('R', 8, height / 2 + 10);
    const words = { align: 'center', ink: 'text', weight: 530, size: 11 } as const;
    const gainDb = values.gainDb ?? 0;
    const gain = gainDb <= -90 ? '-\u221e' : `${gainDb > 0 ? '+' : ''}${fixed(gainDb, 1)} dB`;
    const swapped = values.swap === 1;
    const flips = [
      values.polarityLeft === 1 || values.polarity === 1,
      values.polarityRight === 1 || values.polarity === 1,
    ];
    rows.forEach((middle, side) => {
      const parts = [
        ...(side === 0 && Math.abs(gainDb) > 0.04 ? [typographic(gain)] : []),
        ...(flips[side] ? ['\u00d8'] : []),
        ...(values.mono === 1 ? ['mono'] : swapped ? [side === 0 ? 'from R' : 'from L'] : []),
      ];
      pen.label(parts.join('  '), width / 2, middle - 12, words);
    });
  }

  #paintWave(
    pen: Pen,
    place: number,
    left: number,
    width: number,
    middle: number,
    reach: number,
    ink: 'signal' | 'accent',
  ): void {
    const wave = this.#waves[place] as Float32Array;
    pen.horizontal(middle, left, left + width, 'lineStrong');
    const y = (px: number) => {
      const sample = wave[
        Math.min(points - 1, Math.max(0, Math.round(((px - left) / width) * (points - 1))))
      ] as number;
      // Quiet sound stands taller than it is, as in the lanes.
      return middle - Math.sign(sample) * Math.min(1, Math.abs(sample)) ** 0.6 * reach;
    };
    pen.curve(y, left, left + width, ink, { width: 1.5, step: 0.5 });
  }
}
