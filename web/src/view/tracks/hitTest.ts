import type { Clip, Id, ProjectSnapshot, Track } from '../../model/types';
import { type Rows, rowAt } from './rows';

export type ClipPart = 'body' | 'trimStart' | 'trimEnd' | 'fadeIn' | 'fadeOut' | 'gain';

export interface ClipHit {
  readonly track: Track;
  readonly clip: Clip;
  readonly part: ClipPart;
}

/** Where a clip is drawn, in pixels of the lanes. */
export interface ClipBox {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly height: number;
}

export interface LaneView {
  readonly scrollFrame: number;
  readonly framesPerPx: number;
}

/** Clips keep 2 px from the lines of their lane. */
const laneInset = 2;

export function clipBox(clip: Clip, row: { top: number; height: number }, view: LaneView): ClipBox {
  return {
    left: (clip.startFrame - view.scrollFrame) / view.framesPerPx,
    right: (clip.startFrame + clip.lengthFrames - view.scrollFrame) / view.framesPerPx,
    top: row.top + laneInset,
    height: row.height - 1 - laneInset * 2,
  };
}

const gripPx = 8;
const topBandPx = 12;
const narrowPx = 24;

/**
 * Which part of a clip a point takes hold of: upper corners (and the ends of the fades) fade, lower edges trim, the top middle is
 * gain, everything else moves. Narrow clips keep their middle for moving.
 */
export function clipPartAt(clip: Clip, box: ClipBox, view: LaneView, x: number, y: number): ClipPart {
  const width = box.right - box.left;
  const fromTop = y - box.top;
  const grip = Math.min(gripPx, width / 4);
  if (width >= narrowPx && fromTop <= topBandPx) {
    const fadeInX = box.left + clip.fadeInFrames / view.framesPerPx;
    const fadeOutX = box.right - clip.fadeOutFrames / view.framesPerPx;
    const nearIn = Math.abs(x - fadeInX);
    const nearOut = Math.abs(x - fadeOutX);
    if (nearIn <= grip || nearOut <= grip) return nearIn <= nearOut ? 'fadeIn' : 'fadeOut';
    if (Math.abs(x - (box.left + box.right) / 2) <= Math.max(grip, width * 0.1)) return 'gain';
  }
  if (x - box.left <= grip) return 'trimStart';
  if (box.right - x <= grip) return 'trimEnd';
  return 'body';
}

export interface HitOptions {
  readonly project: ProjectSnapshot;
  readonly rows: Rows;
  readonly view: LaneView;
  readonly isSelected: (clipId: Id) => boolean;
}

/** The clip under a point of the lanes: a selected one before others, later ones before earlier ones. */
export function hitClip(options: HitOptions, x: number, y: number): ClipHit | null {
  const { project, rows, view } = options;
  const row = rowAt(rows, y);
  const track = row && project.tracks[row.index];
  if (!row || !track || y > row.top + row.height) return null;
  let best: Clip | null = null;
  for (const clip of track.clips) {
    const box = clipBox(clip, row, view);
    if (x < box.left - 1 || x > box.right + 1) continue;
    if (!best || options.isSelected(clip.id) || !options.isSelected(best.id)) best = clip;
  }
  if (!best) return null;
  return { track, clip: best, part: clipPartAt(best, clipBox(best, row, view), view, x, y) };
}

export interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The clips that a rubber band touches. */
export function clipsInArea(project: ProjectSnapshot, rows: Rows, view: LaneView, area: Area): Id[] {
  return rows.rows.flatMap((row) => {
    if (row.height === 0 || row.top + row.height < area.top || row.top > area.bottom) return [];
    const track = project.tracks[row.index];
    return (track?.clips ?? [])
      .filter((clip) => {
        const box = clipBox(clip, row, view);
        return box.right >= area.left && box.left <= area.right;
      })
      .map((clip) => clip.id);
  });
}
