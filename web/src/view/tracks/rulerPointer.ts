import type { Studio } from '../../bridge/studioTypes';
import { snapFrame } from '../../commands/snap';
import { loopMarker, setLoop, toggleLoop } from '../../commands/timeline';
import type { LoopRange, Marker, ProjectSnapshot } from '../../model/types';
import { finishGesture } from '../kit/gesture';
import { showMenu } from '../kit/Menu';
import { clearClips, setSelectedRange } from '../state/selection';
import {
  followsPlayhead,
  frameAtPx,
  pxAtFrame,
  rulerUnit,
  scrollByPx,
  setFollowsPlayhead,
  setRulerUnit,
  setSnapMode,
  snapMode,
} from '../state/timeline';
import { followPointer } from './followPointer';
import { scaleTop } from './paintRuler';
import { addSection, sectionEntries } from './sections';
import { addTempoAt } from './tempoMap';

const gripPx = 6;

export type RulerPart =
  | { readonly kind: 'section'; readonly marker: Marker }
  | { readonly kind: 'loopStart' | 'loopEnd' | 'playhead' | 'scale' };

/** What a point of the ruler takes hold of. */
export function rulerPartAt(
  project: ProjectSnapshot,
  playheadFrame: number,
  x: number,
  y: number,
): RulerPart {
  if (y < scaleTop - 1) {
    const frame = frameAtPx(x);
    const marker = project.markers.findLast(
      ({ startFrame, endFrame }) =>
        frame >= startFrame &&
        (frame < endFrame || (endFrame === startFrame && x < pxAtFrame(startFrame) + 96)),
    );
    if (marker) return { kind: 'section', marker };
  }
  const { loop } = project;
  if (Math.abs(x - pxAtFrame(playheadFrame)) <= gripPx && y < 34) return { kind: 'playhead' };
  if (loop.endFrame > loop.startFrame) {
    if (Math.abs(x - pxAtFrame(loop.startFrame)) <= gripPx) return { kind: 'loopStart' };
    if (Math.abs(x - pxAtFrame(loop.endFrame)) <= gripPx) return { kind: 'loopEnd' };
  }
  return { kind: 'scale' };
}

/** The mouse in the ruler: a click seeks, a drag makes a loop, its edges and the playhead can be dragged. */
export function createRulerPointer(studio: Studio, element: () => HTMLElement) {
  const pointOf = (event: { clientX: number; clientY: number }) => {
    const rect = element().getBoundingClientRect();
    return { x: event.clientX - rect.left, y: event.clientY - rect.top };
  };
  const snapped = (frame: number, free: boolean): number =>
    snapFrame(studio.project(), frame, free ? 'off' : snapMode());
  const edges = {
    room() {
      const { left, width } = element().getBoundingClientRect();
      return new DOMRect(left, 0, width, window.innerHeight);
    },
    scroll: (byX: number) => scrollByPx(byX),
  };

  function dragLoop(
    event: PointerEvent,
    loopAt: (frame: number, free: boolean) => LoopRange,
    click?: () => void,
  ): void {
    finishGesture();
    let last: LoopRange | null = null;
    const patches = (loop: LoopRange) => setLoop(studio.project(), loop);
    const onKey = (key: KeyboardEvent) => {
      if (key.key !== 'Escape') return;
      key.stopPropagation();
      stop();
      window.removeEventListener('keydown', onKey, true);
      studio.doc.preview(null);
    };
    const stop = followPointer(event, {
      ...edges,
      move(move) {
        last = loopAt(frameAtPx(pointOf(move).x), move.altKey);
        studio.doc.preview(patches(last));
      },
      end(up, moved) {
        window.removeEventListener('keydown', onKey, true);
        if (!up) studio.doc.preview(null);
        else if (!moved) click?.();
        else if (last) studio.doc.commit('Loop', patches(last));
      },
    });
    window.addEventListener('keydown', onKey, true);
  }

  function dragPlayhead(event: PointerEvent): void {
    followPointer(event, {
      ...edges,
      move: (move) => studio.transport.seek(snapped(frameAtPx(pointOf(move).x), move.altKey)),
      end: () => {},
    });
  }

  function dragEdge(event: PointerEvent, fixedFrame: number): void {
    dragLoop(event, (frame, free) => {
      const moving = snapped(frame, free);
      return { on: studio.project().loop.on, startFrame: fixedFrame, endFrame: moving };
    });
  }

  return {
    partAt: (event: PointerEvent) => {
      const { x, y } = pointOf(event);
      return rulerPartAt(studio.project(), studio.transport.positionFrames(), x, y);
    },
    onPointerDown(event: PointerEvent): void {
      if (event.button !== 0) return;
      const { x, y } = pointOf(event);
      const part = rulerPartAt(studio.project(), studio.transport.positionFrames(), x, y);
      const { loop } = studio.project();
      if (part.kind === 'section') {
        const { startFrame, endFrame } = part.marker;
        clearClips();
        setSelectedRange(endFrame > startFrame ? { startFrame, endFrame } : null);
        if (endFrame === startFrame) studio.transport.seek(startFrame);
      } else if (part.kind === 'playhead') dragPlayhead(event);
      else if (part.kind === 'loopStart') dragEdge(event, loop.endFrame);
      else if (part.kind === 'loopEnd') dragEdge(event, loop.startFrame);
      else {
        const fixed = frameAtPx(x);
        dragLoop(
          event,
          (frame, free) => {
            return { on: true, startFrame: snapped(fixed, free), endFrame: snapped(frame, free) };
          },
          () => studio.transport.seek(snapped(fixed, event.altKey)),
        );
      }
    },
    onDblClick(event: MouseEvent): void {
      const { x, y } = pointOf(event);
      const part = rulerPartAt(studio.project(), Number.NaN, x, y);
      if (part.kind !== 'section' || part.marker.endFrame === part.marker.startFrame) return;
      studio.doc.commit(
        `Loop ${part.marker.name}`,
        loopMarker(studio.project(), { markerId: part.marker.id }),
      );
    },
    onContextMenu(event: MouseEvent): void {
      event.preventDefault();
      const { x, y } = pointOf(event);
      const part = rulerPartAt(studio.project(), Number.NaN, x, y);
      if (part.kind === 'section') {
        showMenu(event, part.marker.name, sectionEntries(studio, part.marker));
        return;
      }
      const { loop } = studio.project();
      showMenu(event, 'Ruler', [
        { label: 'Bars and beats', checked: rulerUnit() === 'bars', run: () => setRulerUnit('bars') },
        { label: 'Minutes and seconds', checked: rulerUnit() === 'time', run: () => setRulerUnit('time') },
        { kind: 'line' },
        ...(['bar', 'beat', 'off'] as const).map((mode) => ({
          label: { bar: 'Snap to bars', beat: 'Snap to beats', off: 'Do not snap' }[mode],
          checked: snapMode() === mode,
          run: () => setSnapMode(mode),
        })),
        { kind: 'line' },
        {
          label: 'Follow the playhead',
          checked: followsPlayhead(),
          run: () => setFollowsPlayhead(!followsPlayhead()),
        },
        {
          label: 'Loop',
          keys: 'L',
          checked: loop.on,
          run: () => studio.doc.commit('Loop', toggleLoop(studio.project())),
        },
        { kind: 'line' },
        {
          label: 'Section over the loop',
          icon: 'bookmark',
          disabled: loop.endFrame <= loop.startFrame,
          run: () => addSection(studio, loop.startFrame, loop.endFrame),
        },
        { label: 'Marker here', icon: 'flag', run: () => addSection(studio, snapped(frameAtPx(x), false)) },
        {
          label: 'Tempo change here…',
          icon: 'activity',
          run: () => addTempoAt(studio, snapped(frameAtPx(x), false)),
        },
      ]);
    },
  };
}
