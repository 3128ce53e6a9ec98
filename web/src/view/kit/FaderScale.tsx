import { createSurface } from './canvas';
import { palette } from './palette';
import { faderPosition, faderTicksDb } from './taper';

export interface FaderScaleProps {
  /** Figures left of the ticks; without it, ticks only. */
  figures?: boolean;
  /** "+12" or "12": plain where the strip is narrow. */
  plain?: boolean;
  /** Ticks to draw; all of the taper unless told. */
  ticks?: readonly number[];
  /** Ticks that get no figure. */
  withoutFigure?: readonly number[];
}

/** Width of the drawing, with the fader's slot in the middle of its right part. */
export const faderScaleWidth = 44;
const tickHalf = 9;

/** Ticks, and figures if wanted, behind a vertical fader. Fills its parent: the travel of the cap. */
export function FaderScale(props: FaderScaleProps) {
  const surface = createSurface(
    ({ context, width, height }) => {
      const colours = palette();
      const centre = props.figures ? width - tickHalf - 1 : width / 2;
      // The canvas is as tall as the travel and 8 px more at each end, so that figures are not cut.
      const travel = height - 16;
      context.clearRect(0, 0, width, height);
      context.font = `450 10px ${getComputedStyle(document.body).fontFamily}`;
      context.textBaseline = 'middle';
      context.textAlign = 'right';
      for (const db of props.ticks ?? faderTicksDb) {
        const y = Math.round(8 + travel * (1 - faderPosition(db)));
        const unity = db === 0;
        context.fillStyle = unity ? colours.text2 : colours.lineStrong;
        context.fillRect(centre - tickHalf, y, tickHalf * 2, 1);
        if (!props.figures || props.withoutFigure?.includes(db)) continue;
        context.fillStyle = unity ? colours.text : colours.text3;
        const sign = db > 0 && !props.plain ? '+' : '';
        context.fillText(db === -60 ? '∞' : `${sign}${Math.abs(db)}`, centre - tickHalf - 4, y + 0.5);
      }
    },
    () => [props.figures, props.plain, props.ticks, props.withoutFigure],
  );
  return <canvas ref={surface.ref} class="fader-scale" aria-hidden="true" />;
}
