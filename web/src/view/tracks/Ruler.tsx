import { createMemo, createSignal } from 'solid-js';
import { createSurface } from '../kit/canvas';
import { palette } from '../kit/palette';
import { selectedRange } from '../state/selection';
import { useStudio } from '../state/studio';
import { framesPerPx, rulerUnit, scrollFrame } from '../state/timeline';
import { sameRuler } from './lanePicture';
import { paintRuler } from './paintRuler';
import { createRulerPointer } from './rulerPointer';

const cursors = {
  section: 'default',
  loopStart: 'ew-resize',
  loopEnd: 'ew-resize',
  playhead: 'ew-resize',
  scale: 'default',
};

/** Sections above, bars or time below, the loop at the foot. */
export function Ruler() {
  const studio = useStudio();
  const [cursor, setCursor] = createSignal('default');
  let element!: HTMLDivElement;
  const pointer = createRulerPointer(studio, () => element);
  const picture = createMemo(() => studio.project(), undefined, { equals: sameRuler });
  const surface = createSurface(
    ({ context, width, height }) =>
      paintRuler({
        context,
        width,
        height,
        project: studio.project(),
        view: { scrollFrame: scrollFrame(), framesPerPx: framesPerPx() },
        unit: rulerUnit(),
        colours: palette(),
        selectedRange: selectedRange(),
      }),
    () => [picture(), scrollFrame(), framesPerPx(), rulerUnit(), selectedRange()],
  );
  return (
    <div
      ref={element}
      class="ruler"
      role="group"
      aria-label="Ruler"
      style={{ cursor: cursor() }}
      onPointerDown={pointer.onPointerDown}
      onPointerMove={(event) => {
        if (event.buttons === 0) setCursor(cursors[pointer.partAt(event).kind]);
      }}
      onDblClick={pointer.onDblClick}
      onContextMenu={pointer.onContextMenu}
    >
      <canvas ref={surface.ref} />
    </div>
  );
}
