import type { Marker, ProjectSnapshot } from '../../model/types';
import type { Palette } from '../kit/palette';
import type { FrameRange } from '../state/selection';
import { rulerTicks } from './grid';
import type { LaneView } from './hitTest';
import { canvasFont } from './paintClips';

export interface RulerScene {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
  readonly project: ProjectSnapshot;
  readonly view: LaneView;
  readonly unit: 'bars' | 'time';
  readonly colours: Palette;
  readonly selectedRange: FrameRange | null;
}

export const sectionTop = 4;
export const sectionHeight = 16;
/** The playhead's head and the loop's edges begin here. */
export const scaleTop = 22;

/** A marker's end on the screen: a point gets as much room as there is before the next. */
function markerRight(scene: RulerScene, marker: Marker, index: number): number {
  const { view, project } = scene;
  const x = (frame: number) => (frame - view.scrollFrame) / view.framesPerPx;
  if (marker.endFrame > marker.startFrame) return x(marker.endFrame);
  const next = project.markers[index + 1];
  return Math.min(x(marker.startFrame) + 96, next ? x(next.startFrame) : Number.POSITIVE_INFINITY);
}

function paintSections(scene: RulerScene): void {
  const { context, width, project, view, colours, selectedRange } = scene;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  context.font = canvasFont(11, 530);
  project.markers.forEach((marker, index) => {
    const left = (marker.startFrame - view.scrollFrame) / view.framesPerPx;
    const right = markerRight(scene, marker, index);
    if (right < 0 || left > width) return;
    const covers = (range: FrameRange) =>
      range.startFrame === marker.startFrame && range.endFrame === marker.endFrame;
    const lit =
      (project.loop.on && covers(project.loop)) || (selectedRange !== null && covers(selectedRange));
    context.save();
    context.beginPath();
    context.roundRect(left + 1, sectionTop, Math.max(2, right - left - 2), sectionHeight, 3);
    context.fillStyle = lit ? colours.accentQuiet : colours.control;
    context.fill();
    context.clip();
    context.fillStyle = lit ? colours.accent : colours.text2;
    context.fillText(marker.name, Math.max(left, 0) + 8, sectionTop + 8.5);
    context.restore();
  });
}

function paintScale(scene: RulerScene): void {
  const { context, width, height, project, view, colours } = scene;
  const range = {
    startFrame: view.scrollFrame,
    endFrame: view.scrollFrame + width * view.framesPerPx,
    framesPerPx: view.framesPerPx,
  };
  context.font = canvasFont(10, 450);
  for (const tick of rulerTicks(range, scene.unit, project)) {
    const x = Math.round((tick.frame - view.scrollFrame) / view.framesPerPx);
    const top = tick.level === 0 ? 26 : 36;
    context.fillStyle = tick.level === 0 ? colours.lineStrong : colours.line;
    context.fillRect(x, top, 1, height - 1 - top);
    if (tick.label === '') continue;
    context.fillStyle = colours.text2;
    context.fillText(tick.label, x + 5, 32);
  }
}

function paintLoop(scene: RulerScene): void {
  const { context, height, project, view, colours } = scene;
  const { loop } = project;
  if (loop.endFrame <= loop.startFrame) return;
  const left = (loop.startFrame - view.scrollFrame) / view.framesPerPx;
  const right = (loop.endFrame - view.scrollFrame) / view.framesPerPx;
  context.fillStyle = loop.on ? colours.accent : colours.lineControl;
  context.fillRect(left, height - 4, right - left, 3);
  context.fillRect(left, 24, 1.5, height - 25);
  context.fillRect(right - 1.5, 24, 1.5, height - 25);
}

export function paintRuler(scene: RulerScene): void {
  const { context, width, height, colours } = scene;
  context.fillStyle = colours.panel;
  context.fillRect(0, 0, width, height);
  context.fillStyle = colours.line;
  context.fillRect(0, height - 1, width, 1);
  paintSections(scene);
  paintScale(scene);
  paintLoop(scene);
}
