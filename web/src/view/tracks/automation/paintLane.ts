import type { WrittenStretch } from '../../../bridge/automationTypes';
import { bent, lastAtOrBefore } from '../../../model/automation';
import type { Point, ProjectSnapshot } from '../../../model/types';
import type { Surface } from '../../kit/canvas';
import type { Palette } from '../../kit/palette';
import { typographic } from '../../kit/valueText';
import { rulerTicks } from '../grid';
import { canvasFont } from '../paintClips';
import { type LaneGeometry, xOf, yOf } from './laneShape';

export interface LanePicture {
  readonly geometry: LaneGeometry;
  readonly points: readonly Point[];
  /** The control's own value: where there are no points yet, it is what is heard. */
  readonly restValue: number;
  readonly colour: string;
  readonly colours: Palette;
  readonly project: ProjectSnapshot;
  readonly rulerUnit: 'bars' | 'time';
  /** The lane is there but not heard. */
  readonly off: boolean;
  readonly selected: ReadonlySet<number>;
  readonly hovered: number | null;
  /** What a hand or the mode is writing now, in place of what was there. */
  readonly written: readonly WrittenStretch[];
}

const stepPx = 3;

function paintGrid({ context, width, height }: Surface, picture: LanePicture): void {
  const { colours, geometry, project, rulerUnit } = picture;
  const { view, spec } = geometry;
  context.fillStyle = colours.well;
  context.fillRect(0, 0, width, height);
  context.fillStyle = colours.line;
  const range = {
    startFrame: view.scrollFrame,
    endFrame: view.scrollFrame + width * view.framesPerPx,
    framesPerPx: view.framesPerPx,
  };
  for (const tick of rulerTicks(range, rulerUnit, project)) {
    context.globalAlpha = tick.level === 0 ? 1 : 0.5;
    context.fillRect(Math.round(xOf(geometry, tick.frame)), 0, 1, height);
  }
  context.globalAlpha = 1;
  context.strokeStyle = colours.lineStrong;
  context.lineWidth = 1;
  context.setLineDash([2, 3]);
  context.beginPath();
  const y = Math.round(yOf(geometry, spec.defaultValue)) + 0.5;
  context.moveTo(0, y);
  context.lineTo(width, y);
  context.stroke();
  context.setLineDash([]);
  // The figure of the dashed line, on the side where there is room.
  context.fillStyle = colours.text3;
  context.font = canvasFont(10, 450);
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  context.fillText(typographic(spec.format(spec.defaultValue)), width - 6, y < 16 ? y + 8 : y - 8);
  context.fillStyle = colours.line;
  context.fillRect(0, height - 1, width, 1);
}

/** Corners of the line from the left edge to the right one. */
function linePath(width: number, { geometry, points, restValue }: LanePicture): [number, number][] {
  if (points.length === 0) {
    const y = yOf(geometry, restValue);
    return [
      [0, y],
      [width, y],
    ];
  }
  const { view } = geometry;
  const first = Math.max(0, lastAtOrBefore(points, view.scrollFrame));
  const end = view.scrollFrame + width * view.framesPerPx;
  const path: [number, number][] = [];
  const start = points[first] as Point;
  path.push([Math.min(0, xOf(geometry, start.frame)), yOf(geometry, start.value)]);
  for (let index = first; index < points.length; index++) {
    const from = points[index] as Point;
    const to = points[index + 1];
    const x = xOf(geometry, from.frame);
    path.push([x, yOf(geometry, from.value)]);
    if (!to) {
      path.push([Math.max(width, x), yOf(geometry, from.value)]);
      break;
    }
    const toX = xOf(geometry, to.frame);
    if (from.shape === 'hold') path.push([toX, yOf(geometry, from.value)]);
    else {
      // A straight line of values is no straight line on a taper.
      const steps = Math.max(1, Math.ceil((Math.min(toX, width + 50) - Math.max(x, -50)) / stepPx));
      for (let step = 1; step < steps; step++) {
        const t = step / steps;
        const part = from.shape === 'bend' ? bent(t, from.bend) : t;
        path.push([x + (toX - x) * t, yOf(geometry, from.value + (to.value - from.value) * part)]);
      }
    }
    if (from.frame > end) break;
  }
  return path;
}

function paintLine({ context, width, height }: Surface, picture: LanePicture): void {
  const path = linePath(width, picture);
  const trace = () => {
    context.beginPath();
    for (const [x, y] of path) context.lineTo(x, y);
  };
  context.globalAlpha = 0.12;
  context.fillStyle = picture.colour;
  trace();
  context.lineTo(width, height);
  context.lineTo(0, height);
  context.closePath();
  context.fill();
  context.globalAlpha = picture.off || picture.points.length === 0 ? 0.5 : 1;
  context.strokeStyle = picture.colour;
  context.lineWidth = 1.5;
  if (picture.points.length === 0) context.setLineDash([4, 4]);
  trace();
  context.stroke();
  context.setLineDash([]);
}

function paintPoints({ context, width }: Surface, picture: LanePicture): void {
  const { geometry, points, colours, colour, selected, hovered } = picture;
  points.forEach((point, index) => {
    const x = xOf(geometry, point.frame);
    if (x < -8 || x > width + 8) return;
    const lit = selected.has(index) || hovered === index;
    context.beginPath();
    context.arc(x, yOf(geometry, point.value), lit ? 5 : 3.5, 0, 2 * Math.PI);
    context.fillStyle = selected.has(index) ? colour : colours.well;
    context.fill();
    context.lineWidth = 1.5;
    context.strokeStyle = lit ? colours.text : colour;
    context.stroke();
  });
  context.globalAlpha = 1;
}

/** What is being written: the old line gives way to it. */
function paintWritten({ context, height }: Surface, { geometry, written, colours }: LanePicture): void {
  context.strokeStyle = colours.text;
  context.lineWidth = 1.5;
  for (const { samples, toFrame } of written) {
    const first = samples[0];
    const last = samples.at(-1);
    if (!first || !last) continue;
    const left = xOf(geometry, first.frame);
    const right = xOf(geometry, toFrame);
    context.fillStyle = colours.well;
    context.fillRect(left, 0, right - left, height - 1);
    context.beginPath();
    for (const { frame, value } of samples) context.lineTo(xOf(geometry, frame), yOf(geometry, value));
    context.lineTo(right, yOf(geometry, last.value));
    context.stroke();
  }
}

/** One lane: grid, the value's line, its points. */
export function paintLane(surface: Surface, picture: LanePicture): void {
  paintGrid(surface, picture);
  paintLine(surface, picture);
  paintPoints(surface, picture);
  paintWritten(surface, picture);
}
