import { createMemo, For, lazy, onCleanup, Show, Suspense } from 'solid-js';
import { createSurface } from '../kit/canvas';
import { palette } from '../kit/palette';
import { isClipSelected, isTrackSelected, selectedClipIds, selectedTrackIds } from '../state/selection';
import { useStudio } from '../state/studio';
import { framesPerPx, pxAtFrame, rulerUnit, scrollFrame } from '../state/timeline';
import { anyUnfolded, blocksHeight } from './automation/shownLanes';
import { ClipList } from './ClipList';
import { dragShow, dropShow, focusedClipId, hover, rubberBand } from './hand';
import type { ClipPart } from './hitTest';
import { createLaneDrop } from './laneDrop';
import { createLaneHeights } from './laneHeights';
import { sameLanes } from './lanePicture';
import { createLanePointer } from './lanePointer';
import type { LaneScene } from './laneScene';
import { paintLanes } from './paintLanes';
import { placeText } from './readout';
import type { Rows } from './rows';
import { SampleCache } from './sampleCache';

const AutomationLanes = lazy(async () => ({
  default: (await import('./automation/AutomationLanes')).AutomationLanes,
}));

export interface LanesProps {
  rows: Rows;
  /** How far the list of tracks is scrolled, and how much of it is seen. */
  scrollTop: number;
  viewHeight: number;
}

/** A zoom that has not moved for so long has arrived. */
const zoomPauseMs = 150;

const cursors: Readonly<Record<ClipPart, string>> = {
  body: 'default',
  trimStart: 'ew-resize',
  trimEnd: 'ew-resize',
  fadeIn: 'col-resize',
  fadeOut: 'col-resize',
  gain: 'ns-resize',
};

/** The lanes: one canvas as large as the window on them, and above it what the hand is doing. */
export function Lanes(props: LanesProps) {
  const studio = useStudio();
  let content!: HTMLElement;
  const heights = createLaneHeights();
  const samples = new SampleCache(studio.peaks, () => surface.invalidate());
  const rows = () => props.rows;
  const contentRect = () => content.getBoundingClientRect();
  const scroller = () => content.closest<HTMLElement>('.arrange-scroll');
  const pointer = createLanePointer({ studio, rows, contentRect, scroller });
  const drop = createLaneDrop({ studio, rows, contentRect });

  const picture = createMemo(() => studio.project(), undefined, { equals: sameLanes });

  let paintedZoom = 0;
  let zoomedAt = 0;
  const isZooming = (): boolean => {
    if (framesPerPx() !== paintedZoom) zoomedAt = performance.now();
    paintedZoom = framesPerPx();
    return performance.now() - zoomedAt < zoomPauseMs;
  };
  const sceneOf = (context: CanvasRenderingContext2D, width: number, height: number): LaneScene => ({
    context,
    width,
    height,
    pixelRatio: devicePixelRatio,
    project: studio.project(),
    rows: props.rows,
    scrollTop: props.scrollTop,
    view: { scrollFrame: scrollFrame(), framesPerPx: framesPerPx() },
    colours: palette(),
    rulerUnit: rulerUnit(),
    isTrackSelected,
    isClipSelected,
    hoveredClipId: hover()?.clipId ?? null,
    focusedClipId: focusedClipId(),
    peaks: (sourceId) => studio.peaks.get(sourceId),
    samples,
    zooming: isZooming(),
  });
  // Waveforms come when they have been read: those on the screen are asked for, and painted once they are there.
  const waves = createMemo(
    () =>
      props.rows.rows
        .filter(
          (row) => row.top + row.height >= props.scrollTop && row.top <= props.scrollTop + props.viewHeight,
        )
        .flatMap((row) => picture().tracks[row.index]?.clips ?? [])
        .map((clip) => studio.peaks.get(clip.sourceId)),
    [],
    { equals: (a, b) => a.length === b.length && a.every((wave, index) => wave === b[index]) },
  );
  const surface = createSurface(
    ({ context, width, height }) => paintLanes(sceneOf(context, width, height)),
    () => [
      picture(),
      waves(),
      props.rows,
      props.scrollTop,
      scrollFrame(),
      framesPerPx(),
      rulerUnit(),
      selectedTrackIds(),
      selectedClipIds(),
      hover(),
      focusedClipId(),
    ],
  );
  const cursor = () => {
    const part = dragShow()?.part ?? hover()?.part;
    return part ? cursors[part] : 'default';
  };
  const dropBox = () => {
    const drop = dropShow();
    const row = drop?.trackId ? props.rows.byId.get(drop.trackId) : undefined;
    return drop && { drop, row, x: Math.max(0, pxAtFrame(drop.frame)) };
  };

  return (
    <section
      class="lanes"
      ref={(element) => {
        content = element;
        onCleanup(drop.attach(element));
      }}
      aria-label="Arrangement"
      style={{
        '--rows-height': `${props.rows.height + blocksHeight(studio.project(), heights())}px`,
        cursor: cursor(),
      }}
      onPointerDown={pointer.onPointerDown}
      onPointerMove={pointer.onPointerMove}
      onPointerLeave={pointer.onPointerLeave}
      onDblClick={pointer.onDblClick}
      onContextMenu={pointer.onContextMenu}
    >
      <canvas ref={surface.ref} class="lanes-canvas" />
      <ClipList />
      <Show when={anyUnfolded()}>
        <Suspense>
          <AutomationLanes rows={props.rows} />
        </Suspense>
      </Show>
      <div class="lanes-hand" aria-hidden="true">
        <Show when={rubberBand()}>
          {(area) => (
            <div
              class="rubber-band"
              style={{
                left: `${area().left}px`,
                top: `${area().top}px`,
                width: `${area().right - area().left}px`,
                height: `${area().bottom - area().top}px`,
              }}
            />
          )}
        </Show>
        <Show when={dragShow()}>
          {(show) => (
            <>
              <For each={show().ghosts}>
                {(ghost) => (
                  <div
                    class="clip-ghost"
                    style={{
                      left: `${ghost.left}px`,
                      top: `${ghost.top}px`,
                      width: `${ghost.right - ghost.left}px`,
                      height: `${ghost.height}px`,
                    }}
                  />
                )}
              </For>
              <Show when={show().caught}>
                {(caught) => (
                  <div class="snap-line" style={{ left: `${caught().x}px` }}>
                    <span style={{ top: `${Math.max(props.scrollTop + 2, caught().y - 22)}px` }}>
                      {caught().name}
                    </span>
                  </div>
                )}
              </Show>
              <div
                class="drag-readout"
                style={{ left: `${show().readout.x}px`, top: `${show().readout.y}px` }}
              >
                {show().readout.text}
              </div>
            </>
          )}
        </Show>
        <Show when={dropBox()}>
          {(box) => (
            <div
              class="drop-place"
              classList={{ 'new-tracks': !box().row }}
              style={{
                left: `${box().row ? box().x : 8}px`,
                top: `${box().row ? (box().row?.top ?? 0) + 2 : props.scrollTop + 8}px`,
                height: `${box().row ? (box().row?.height ?? 0) - 5 : Math.min(168, props.viewHeight - 16)}px`,
              }}
            >
              <Show
                when={box().row}
                fallback={
                  <>
                    <b>{box().drop.count === 1 ? '1 new track' : `${box().drop.count} new tracks`}</b>
                    <span>
                      {box().drop.count === 1 ? 'Starts' : 'All start together,'} at{' '}
                      {placeText(box().drop.frame, studio.project())}
                    </span>
                    <span class="text-3">Alt places them at the pointer</span>
                  </>
                }
              >
                {placeText(box().drop.frame, studio.project())}
              </Show>
            </div>
          )}
        </Show>
      </div>
    </section>
  );
}
