import type { Surface } from '../kit/canvas';
import type { MixOutline } from './picture';

/** The outline of a mix as waves are drawn: peaks at 55 %, RMS at 80 % of the colour, silence as a line. */
export function paintOutline(surface: Surface, outline: MixOutline, colour: string): void {
  const { context, height } = surface;
  const columns = (levels: readonly number[], alpha: number) => {
    context.globalAlpha = alpha;
    levels.forEach((level, x) => {
      const size = Math.max(1, level * height);
      context.fillRect(x, (height - size) / 2, 1, size);
    });
  };
  context.fillStyle = colour;
  columns(outline.peaks, 0.55);
  columns(outline.rms, 0.8);
  context.globalAlpha = 1;
}
