import { rulerTicks } from './grid';
import type { LaneScene } from './laneScene';
import { visibleClips } from './laneScene';
import { canvasFont, paintClips } from './paintClips';
import { paintFolded } from './paintFolded';

function paintGround(scene: LaneScene): void {
  const { context, width, height, rows, scrollTop, colours, project } = scene;
  context.fillStyle = colours.well;
  context.fillRect(0, 0, width, height);
  for (const row of rows.rows) {
    const top = row.top - scrollTop;
    if (row.height === 0 || top + row.height < 0 || top > height) continue;
    const track = project.tracks[row.index];
    if (track && scene.isTrackSelected(track.id)) {
      context.fillStyle = colours.panel;
      context.fillRect(0, top, width, row.height - 1);
    }
    context.fillStyle = colours.line;
    context.fillRect(0, top + row.height - 1, width, 1);
  }
}

function paintGrid(scene: LaneScene, bottom: number): void {
  const { context, width, view, project, colours } = scene;
  const range = {
    startFrame: view.scrollFrame,
    endFrame: view.scrollFrame + width * view.framesPerPx,
    framesPerPx: view.framesPerPx,
  };
  context.fillStyle = colours.line;
  for (const tick of rulerTicks(range, scene.rulerUnit, project)) {
    context.globalAlpha = tick.level === 0 ? 1 : 0.5;
    context.fillRect(Math.round((tick.frame - view.scrollFrame) / view.framesPerPx), 0, 1, bottom);
  }
  context.globalAlpha = 1;
}

function paintLoop(scene: LaneScene, bottom: number): void {
  const { context, view, project, colours } = scene;
  const { loop } = project;
  if (!loop.on || loop.endFrame <= loop.startFrame) return;
  const left = (loop.startFrame - view.scrollFrame) / view.framesPerPx;
  context.fillStyle = colours.accent;
  context.globalAlpha = colours.dark ? 0.05 : 0.06;
  context.fillRect(left, 0, (loop.endFrame - loop.startFrame) / view.framesPerPx, bottom);
  context.globalAlpha = 1;
}

function paintHint(scene: LaneScene, bottom: number): void {
  const { context, height, colours } = scene;
  if (height - bottom < 32) return;
  context.fillStyle = colours.text3;
  context.font = canvasFont(11, 420);
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  context.fillText('Drop files here to add tracks', 12, bottom + Math.min(20, (height - bottom) / 2));
}

/** The lanes, all but playhead and what the hand is doing. */
export function paintLanes(scene: LaneScene): void {
  const bottom = Math.min(scene.height, scene.rows.height - scene.scrollTop);
  paintGround(scene);
  paintGrid(scene, bottom);
  paintLoop(scene, bottom);
  paintFolded(scene);
  paintClips(scene, visibleClips(scene));
  paintHint(scene, scene.rows.height - scene.scrollTop);
}
