import { createMemo, createSignal, lazy, onMount, Show, Suspense } from 'solid-js';
import { renameMarker } from '../../commands/timeline';
import type { Marker } from '../../model/types';
import { createSurface } from '../kit/canvas';
import { palette } from '../kit/palette';
import { renamingMarkerId, setRenamingMarkerId } from '../state/layout';
import { selectedRange } from '../state/selection';
import { useStudio } from '../state/studio';
import { framesPerPx, pxAtFrame, rulerUnit, scrollFrame } from '../state/timeline';
import { sameRuler } from './lanePicture';
import { paintRuler } from './paintRuler';
import { createRulerPointer } from './rulerPointer';

const TempoFlags = lazy(() => import('./TempoFlags'));

const cursors = {
  section: 'default',
  loopStart: 'ew-resize',
  loopEnd: 'ew-resize',
  playhead: 'ew-resize',
  scale: 'default',
};

function SectionName(props: { marker: Marker; onRename: (name: string) => void }) {
  let input!: HTMLInputElement;
  let done = false;
  const close = (commit: boolean) => {
    if (done) return;
    done = true;
    const typed = input.value.trim();
    if (commit && typed !== '' && typed !== props.marker.name) props.onRename(typed);
    setRenamingMarkerId(null);
  };
  onMount(() => {
    input.focus();
    input.select();
  });
  return (
    <input
      ref={input}
      class="section-name"
      type="text"
      aria-label="Section name"
      maxLength={100}
      spellcheck={false}
      autocomplete="off"
      value={props.marker.name}
      style={{ left: `${Math.max(0, pxAtFrame(props.marker.startFrame)) + 1}px` }}
      onPointerDown={(event) => event.stopPropagation()}
      onDblClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter' || event.key === 'Escape') close(event.key === 'Enter');
      }}
      onBlur={() => close(true)}
    />
  );
}

/** Sections above, bars or time below, the loop at the foot. */
export function Ruler() {
  const studio = useStudio();
  const [cursor, setCursor] = createSignal('default');
  let element!: HTMLDivElement;
  const renamed = () => studio.project().markers.find(({ id }) => id === renamingMarkerId());
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
      <Show when={studio.project().tempoChanges.length > 0}>
        <Suspense>
          <TempoFlags ruler={() => element} />
        </Suspense>
      </Show>
      <Show when={renamed()}>
        {(marker) => (
          <SectionName
            marker={marker()}
            onRename={(name) =>
              studio.doc.commit(
                'Rename section',
                renameMarker(studio.project(), { markerId: marker().id, name }),
              )
            }
          />
        )}
      </Show>
    </div>
  );
}
