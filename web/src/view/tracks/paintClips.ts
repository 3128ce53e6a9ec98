import { gainText } from '../kit/valueText';
import { fadeGain } from './fadeShape';
import type { ClipBox } from './hitTest';
import type { LaneScene, PaintContext, VisibleClip } from './laneScene';
import { paintWave } from './paintWave';

const radius = 3;
const plateHeight = 14;
/** Narrower clips show no name. */
const namedFromPx = 24;
const leastFadePx = 5;

const widths = new Map<string, number>();
const keptWidths = 2000;

function textWidth(context: PaintContext, text: string): number {
  const key = `${context.font}|${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    if (widths.size > keptWidths) widths.clear();
    width = context.measureText(text).width;
    widths.set(key, width);
  }
  return width;
}

/** The text, cut short by an ellipsis to fit. */
function fitted(context: PaintContext, text: string, room: number): string {
  if (textWidth(context, text) <= room) return text;
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (textWidth(context, `${text.slice(0, middle).trimEnd()}…`) <= room) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? '' : `${text.slice(0, low).trimEnd()}…`;
}

export const canvasFont = (size: number, weight: number): string =>
  `${weight} ${size}px "Inter Variable", Inter, system-ui, sans-serif`;

function outline(context: PaintContext, { left, right, top, height }: ClipBox): void {
  context.beginPath();
  context.roundRect(left + 0.5, top, Math.max(1, right - left - 1), height, radius);
}

function paintGround(scene: LaneScene, { box, colours, selected, muted }: VisibleClip): void {
  const { context } = scene;
  context.fillStyle = selected ? colours.groundSelected : colours.ground;
  context.globalAlpha = muted ? 0.6 : 1;
  outline(context, box);
  context.fill();
  context.globalAlpha = 1;
}

/** One fade: its curve, and what it takes away in shade unless the neighbour fills it. */
function paintFade(scene: LaneScene, item: VisibleClip, side: 'in' | 'out'): void {
  const { context, view, colours } = scene;
  const { clip, box } = item;
  const frames = side === 'in' ? clip.fadeInFrames : clip.fadeOutFrames;
  const lengthPx = frames / view.framesPerPx;
  if (lengthPx < leastFadePx) return;
  const curve = side === 'in' ? clip.fadeInCurve : clip.fadeOutCurve;
  const from = side === 'in' ? box.left : box.right;
  const direction = side === 'in' ? 1 : -1;
  const foot = box.top + box.height - 1;
  const steps = Math.min(96, Math.max(8, Math.ceil(lengthPx / 2)));
  const trace = () => {
    context.beginPath();
    for (let i = 0; i <= steps; i++) {
      const share = i / steps;
      context.lineTo(from + direction * share * lengthPx, foot - fadeGain(curve, share) * (box.height - 2));
    }
  };
  if (!(side === 'in' ? item.crossIn : item.crossOut)) {
    trace();
    context.lineTo(from, box.top);
    context.closePath();
    context.fillStyle = colours.well;
    context.globalAlpha = 0.5;
    context.fill();
  }
  trace();
  context.strokeStyle = item.colours.fade;
  context.globalAlpha = 0.9;
  context.lineWidth = 1;
  context.stroke();
  context.globalAlpha = 1;
}

/** Lines at both ends of a crossfade. */
function paintCross(scene: LaneScene, item: VisibleClip): void {
  if (!item.crossIn) return;
  const { context, view } = scene;
  const { box, clip } = item;
  context.fillStyle = item.colours.fade;
  context.globalAlpha = 0.5;
  context.fillRect(box.left, box.top, 1, box.height);
  context.fillRect(box.left + clip.fadeInFrames / view.framesPerPx - 1, box.top, 1, box.height);
  context.globalAlpha = 1;
}

function paintPlate(scene: LaneScene, item: VisibleClip, x: number, width: number): void {
  const { context } = scene;
  context.fillStyle = item.selected ? item.colours.groundSelected : item.colours.ground;
  context.globalAlpha = 0.86;
  context.beginPath();
  context.roundRect(x, item.box.top + 1.5, width, plateHeight, 2);
  context.fill();
  context.globalAlpha = 1;
}

/** The name on a plate at the left, the gain on one at the right; the name is cut short before it meets the gain. */
function paintTexts(scene: LaneScene, item: VisibleClip): void {
  const { context, view, colours, width } = scene;
  const { clip, box } = item;
  if (box.right - box.left < namedFromPx) return;
  context.font = canvasFont(11, item.selected ? 600 : 520);
  const right = Math.min(box.right, width);
  const gain = Math.abs(clip.gainDb) >= 0.05 ? gainText(clip.gainDb) : '';
  const gainWidth = gain === '' ? 0 : textWidth(context, gain);
  const fadePx = clip.fadeInFrames / view.framesPerPx;
  const inset = fadePx > leastFadePx ? fadePx + (fadePx > 24 ? 2 : 3) : 2;
  const left = Math.max(box.left + Math.min(inset, Math.max(2, box.right - box.left - 72)), 2);
  const room = right - left - 12 - (gain === '' ? 0 : gainWidth + 26);
  const name = fitted(context, clip.name, room);
  const baseline = box.top + 12;
  if (name !== '') {
    paintPlate(scene, item, left, textWidth(context, name) + 8);
    context.fillStyle = item.colours.name;
    context.fillText(name, left + 4, baseline);
  }
  if (gain === '' || right - box.left < gainWidth + 24) return;
  paintPlate(scene, item, right - gainWidth - 18, gainWidth + 8);
  context.fillStyle = colours.text;
  context.fillText(gain, right - gainWidth - 14, baseline);
}

function paintFrame(scene: LaneScene, item: VisibleClip): void {
  const { context, colours } = scene;
  const { box } = item;
  context.strokeStyle = colours.text;
  context.lineWidth = 1.5;
  context.beginPath();
  context.roundRect(
    box.left + 0.25,
    box.top - 0.25,
    Math.max(1, box.right - box.left - 0.5),
    box.height + 0.5,
    radius,
  );
  context.stroke();
}

/** Small squares where the fades end and the gain is taken hold of. */
function paintGrips(scene: LaneScene, item: VisibleClip): void {
  const { context, view, colours } = scene;
  const { box, clip } = item;
  if (box.right - box.left < namedFromPx) return;
  context.fillStyle = colours.text;
  for (const x of [
    box.left + clip.fadeInFrames / view.framesPerPx,
    box.right - clip.fadeOutFrames / view.framesPerPx,
  ])
    context.fillRect(Math.round(x - 3), box.top - 3, 6, 6);
}

function paintFocus(scene: LaneScene, { box }: VisibleClip): void {
  const { context, colours } = scene;
  context.strokeStyle = colours.accent;
  context.lineWidth = 2;
  context.beginPath();
  context.roundRect(box.left - 2, box.top - 2, box.right - box.left + 4, box.height + 4, radius + 2);
  context.stroke();
}

function clipped(context: PaintContext, box: ClipBox, paint: () => void): void {
  context.save();
  outline(context, box);
  context.clip();
  paint();
  context.restore();
}

function paintMarks(scene: LaneScene, item: VisibleClip): void {
  clipped(scene.context, item.box, () => {
    paintFade(scene, item, 'in');
    paintFade(scene, item, 'out');
    paintCross(scene, item);
    paintTexts(scene, item);
  });
  if (item.selected) paintFrame(scene, item);
  if (item.selected || scene.hoveredClipId === item.clip.id) paintGrips(scene, item);
  if (scene.focusedClipId === item.clip.id) paintFocus(scene, item);
}

/** All clips on the screen: grounds, then waves, then fades, names and selection, so that crossfades show both. */
export function paintClips(scene: LaneScene, clips: readonly VisibleClip[]): void {
  const { context } = scene;
  context.textBaseline = 'alphabetic';
  context.textAlign = 'left';
  for (const item of clips) paintGround(scene, item);
  for (const item of clips) clipped(context, item.box, () => paintWave(scene, item));
  for (const item of clips) paintMarks(scene, item);
}

export const paintClip = (scene: LaneScene, item: VisibleClip): void => paintClips(scene, [item]);
