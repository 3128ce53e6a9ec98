import { createMemo, createSignal } from 'solid-js';
import { observeSize } from './canvas';
import { type Palette, palette } from './palette';
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

const widthPx = 44;
const tickHalfPx = 9;
/** The canvas is as tall as the travel and 8 px more at each end, so that figures are not cut. */
const playPx = 8;

function paintScale(
  context: CanvasRenderingContext2D,
  heightPx: number,
  scale: FaderScaleProps,
  colours: Palette,
): void {
  const centre = scale.figures ? widthPx - tickHalfPx - 1 : widthPx / 2;
  const travel = heightPx - 2 * playPx;
  context.font = `450 10px ${getComputedStyle(document.body).fontFamily}`;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  for (const db of scale.ticks ?? faderTicksDb) {
    const y = Math.round(playPx + travel * (1 - faderPosition(db)));
    const unity = db === 0;
    context.fillStyle = unity ? colours.text2 : colours.lineStrong;
    context.fillRect(centre - tickHalfPx, y, tickHalfPx * 2, 1);
    if (!scale.figures || scale.withoutFigure?.includes(db)) continue;
    context.fillStyle = unity ? colours.text : colours.text3;
    const sign = db > 0 && !scale.plain ? '+' : '';
    context.fillText(db === -60 ? '∞' : `${sign}${Math.abs(db)}`, centre - tickHalfPx - 4, y + 0.5);
  }
}

const keptPictures = 12;
const pictures = new WeakMap<Palette, Map<string, string>>();

/** The scale as a picture that all strips of a height share: a canvas for each would cost the compositor at every frame. */
function pictureOf(heightPx: number, scale: FaderScaleProps, colours: Palette): string {
  const ratio = window.devicePixelRatio || 1;
  const key = JSON.stringify([heightPx, ratio, { ...scale }]);
  const shared = pictures.get(colours) ?? new Map<string, string>();
  pictures.set(colours, shared);
  const kept = shared.get(key);
  if (kept) return kept;
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(widthPx * ratio);
  canvas.height = Math.round(heightPx * ratio);
  const context = canvas.getContext('2d');
  if (!context) return '';
  context.scale(ratio, ratio);
  paintScale(context, heightPx, scale, colours);
  const picture = `url(${canvas.toDataURL()})`;
  shared.set(key, picture);
  const oldest = shared.keys().next().value;
  if (shared.size > keptPictures && oldest !== undefined) shared.delete(oldest);
  return picture;
}

/** Ticks, and figures if wanted, behind a vertical fader. Fills its parent: the travel of the cap. */
export function FaderScale(props: FaderScaleProps) {
  const [heightPx, setHeightPx] = createSignal(0);
  const picture = createMemo(() => (heightPx() > 0 ? pictureOf(heightPx(), props, palette()) : ''));
  return (
    <div
      class="fader-scale"
      aria-hidden="true"
      style={{ 'background-image': picture() }}
      ref={(element) => observeSize(element, () => setHeightPx(element.clientHeight))}
    />
  );
}
