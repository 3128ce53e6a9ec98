import type { WaveformPeaks } from '../../bridge/waveformTypes';
import type { Clip, Id, ProjectSnapshot, Track } from '../../model/types';
import type { ClipColours, Palette } from '../kit/palette';
import { type ClipBox, clipBox, type LaneView } from './hitTest';
import type { Rows } from './rows';
import type { SampleCache } from './sampleCache';

export type PaintContext = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Everything that one paint of the lanes needs. */
export interface LaneScene {
  readonly context: PaintContext;
  readonly width: number;
  readonly height: number;
  readonly pixelRatio: number;
  readonly project: ProjectSnapshot;
  readonly rows: Rows;
  /** How far the rows are scrolled up. */
  readonly scrollTop: number;
  readonly view: LaneView;
  readonly colours: Palette;
  readonly rulerUnit: 'bars' | 'time';
  isTrackSelected(id: Id): boolean;
  isClipSelected(id: Id): boolean;
  /** The clip under the pointer: it shows its grips. */
  readonly hoveredClipId: Id | null;
  /** The clip that the keyboard is on. */
  readonly focusedClipId: Id | null;
  peaks(sourceId: string): WaveformPeaks | null;
  readonly samples: SampleCache;
  /** The zoom is changing from frame to frame: pictures of waves would not be used again. */
  readonly zooming: boolean;
}

/** A clip that is on the screen. */
export interface VisibleClip {
  readonly track: Track;
  readonly clip: Clip;
  /** In pixels of the canvas. */
  readonly box: ClipBox;
  readonly colours: ClipColours;
  readonly selected: boolean;
  readonly muted: boolean;
  /** Another clip of the track plays into its start or out of its end. */
  readonly crossIn: boolean;
  readonly crossOut: boolean;
}

/** Pixels of fades and names that stick out of nothing; clips further away than this are left out. */
const marginPx = 4;

export function visibleClips(scene: LaneScene): VisibleClip[] {
  const { project, rows, view, scrollTop, width, height, colours } = scene;
  const clips: VisibleClip[] = [];
  for (const row of rows.rows) {
    const top = row.top - scrollTop;
    if (row.height === 0 || top + row.height < 0 || top > height) continue;
    const track = project.tracks[row.index];
    if (!track) continue;
    const muted = track.params.mute !== 0;
    for (const clip of track.clips) {
      const box = clipBox(clip, { top, height: row.height }, view);
      if (box.right < -marginPx || box.left > width + marginPx) continue;
      const end = clip.startFrame + clip.lengthFrames;
      const others = track.clips.filter((other) => other !== clip);
      clips.push({
        track,
        clip,
        box,
        muted,
        colours: muted ? colours.muted : colours.tracks[track.colour],
        selected: scene.isClipSelected(clip.id),
        crossIn: others.some(
          (other) =>
            other.startFrame <= clip.startFrame &&
            other.startFrame + other.lengthFrames > clip.startFrame &&
            other.startFrame + other.lengthFrames < end,
        ),
        crossOut: others.some(
          (other) =>
            other.startFrame > clip.startFrame &&
            other.startFrame < end &&
            other.startFrame + other.lengthFrames >= end,
        ),
      });
    }
  }
  return clips.sort((a, b) => Number(a.selected) - Number(b.selected));
}
