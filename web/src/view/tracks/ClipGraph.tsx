import { createEffect, createSignal } from 'solid-js';
import type { Clip, Track } from '../../model/types';
import { createSurface } from '../kit/canvas';
import { finishGesture } from '../kit/gesture';
import { palette } from '../kit/palette';
import { useStudio } from '../state/studio';
import { startClipDrag } from './clipDrag';
import { followPointer } from './followPointer';
import { type ClipBox, type ClipPart, clipPartAt, type LaneView } from './hitTest';
import type { LaneScene } from './laneScene';
import { paintClip } from './paintClips';
import { layoutRows } from './rows';
import { SampleCache } from './sampleCache';

const padPx = 12;
const emptyRows = layoutRows([], null, { lane: 0, selected: 0, automation: 0 });
/** Clips are trimmed and moved in the lanes; here the fades and the gain are in the hand. */
const graphParts: Readonly<Partial<Record<ClipPart, string>>> = {
  fadeIn: 'col-resize',
  fadeOut: 'col-resize',
  gain: 'ns-resize',
};

/** The whole clip at once: its wave as it is heard, its fades, and its gain. */
export function ClipGraph(props: { track: Track; clip: Clip }) {
  const studio = useStudio();
  const [cursor, setCursor] = createSignal('default');
  const samples = new SampleCache(studio.peaks, () => surface.invalidate());
  let element!: HTMLCanvasElement;

  const view = (width: number): LaneView => {
    const framesPerPx = props.clip.lengthFrames / Math.max(1, width - padPx * 2);
    return { framesPerPx, scrollFrame: props.clip.startFrame - padPx * framesPerPx };
  };
  const boxOf = (width: number, height: number): ClipBox => ({
    left: padPx,
    right: width - padPx,
    top: 8,
    height: height - 16,
  });

  const surface = createSurface(
    ({ context, width, height, pixelRatio }) => {
      const colours = palette();
      const { track, clip } = props;
      const muted = track.params.mute !== 0;
      context.fillStyle = colours.well;
      context.fillRect(0, 0, width, height);
      const scene: LaneScene = {
        context,
        width,
        height,
        pixelRatio,
        project: studio.project(),
        rows: emptyRows,
        scrollTop: 0,
        view: view(width),
        colours,
        rulerUnit: 'bars',
        isTrackSelected: () => false,
        isClipSelected: () => false,
        hoveredClipId: clip.id,
        focusedClipId: null,
        peaks: (sourceId) => studio.peaks.get(sourceId),
        samples,
        zooming: true,
      };
      paintClip(scene, {
        track,
        clip,
        box: boxOf(width, height),
        colours: muted ? colours.muted : colours.tracks[track.colour],
        selected: false,
        muted,
        crossIn: false,
        crossOut: false,
      });
    },
    () => [props.clip, props.track, studio.peaks.get(props.clip.sourceId)],
  );
  createEffect(() => {
    studio.peaks.get(props.clip.sourceId);
    surface.invalidate();
  });

  const placeOf = (event: PointerEvent) => {
    const rect = element.getBoundingClientRect();
    const now = view(rect.width);
    const x = event.clientX - rect.left;
    const y = event.clientY - rect.top;
    return {
      part: clipPartAt(props.clip, boxOf(rect.width, rect.height), now, x, y),
      y,
      frame: now.scrollFrame + x * now.framesPerPx,
    };
  };
  const onPointerDown = (event: PointerEvent) => {
    const down = placeOf(event);
    if (event.button !== 0 || !graphParts[down.part]) return;
    finishGesture();
    const drag = startClipDrag({
      base: studio.project(),
      hit: { track: props.track, clip: props.clip, part: down.part },
      clipIds: [props.clip.id],
      startFrame: down.frame,
      snap: 'off',
      reachFrames: 0,
    });
    let last: ReturnType<typeof drag.step> | null = null;
    followPointer(event, {
      move(move) {
        const { frame, y } = placeOf(move);
        last = drag.step({
          frame,
          upPx: down.y - y,
          trackIndex: 0,
          fine: move.shiftKey,
          free: true,
          copy: false,
        });
        studio.doc.preview(last.patches);
      },
      end: (up) => (up && last ? studio.doc.commit(last.label, last.patches) : studio.doc.preview(null)),
    });
  };

  return (
    <canvas
      class="clip-graph"
      ref={(canvas) => {
        element = canvas;
        surface.ref(canvas);
      }}
      style={{ cursor: cursor() }}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => {
        if (event.buttons === 0) setCursor(graphParts[placeOf(event).part] ?? 'default');
      }}
    />
  );
}
