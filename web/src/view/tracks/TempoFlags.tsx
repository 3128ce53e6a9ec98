import { Popover } from '@kobalte/core/popover';
import { type Accessor, Index } from 'solid-js';
import { snapFrame } from '../../commands/snap';
import { moveTempoChange, setTempoChange } from '../../commands/tempo';
import { segmentAt } from '../../model/tempo';
import type { Patch, ProjectSnapshot, Tempo, TempoChange } from '../../model/types';
import { barText } from '../bar/positionText';
import { TempoFields } from '../bar/TempoFields';
import { claimGesture, finishGesture, type Gesture, releaseGesture } from '../kit/gesture';
import { showMenu } from '../kit/Menu';
import { fixed } from '../kit/valueText';
import { useStudio } from '../state/studio';
import { frameAtPx, pxAtFrame, scrollByPx, snapMode } from '../state/timeline';
import { followPointer } from './followPointer';
import { nudgeFrames } from './grid';
import { deleteTempoAt, editedTempoFrame, setEditedTempoFrame } from './tempoMap';

const bpmText = (bpm: number): string => (Number.isInteger(bpm) ? String(bpm) : fixed(bpm, 1));

/** The tempo map without one of its changes: the grid that this one snaps to. */
const without = (project: ProjectSnapshot, change: TempoChange): ProjectSnapshot => ({
  ...project,
  tempoChanges: project.tempoChanges.filter(({ frame }) => frame !== change.frame),
});

function TempoFlag(props: { change: Accessor<TempoChange>; ruler: () => HTMLElement }) {
  const studio = useStudio();
  const { change } = props;
  const frame = () => change().frame;
  const signature = () => `${change().beatsPerBar}/${change().beatUnit}`;
  /** A meter is said where it changes. */
  const newMeter = () => {
    const before = segmentAt(studio.project(), Math.max(0, frame() - 1));
    return before.beatsPerBar !== change().beatsPerBar || before.beatUnit !== change().beatUnit;
  };
  const editing = () => editedTempoFrame() === frame();
  const changed = (fields: Partial<Tempo>) => setTempoChange(studio.project(), { frame: frame(), ...fields });

  function startDrag(event: PointerEvent): void {
    if (event.button !== 0) return;
    event.stopPropagation();
    finishGesture();
    const base = studio.project();
    const held = change();
    const grid = without(base, held);
    const grabbed = event.clientX - props.ruler().getBoundingClientRect().left - pxAtFrame(held.frame);
    let last: Patch[] | null = null;
    let active = true;
    const close = (): boolean => {
      const was = active;
      active = false;
      stop();
      window.removeEventListener('keydown', onKey, true);
      releaseGesture(gesture);
      return was;
    };
    const gesture: Gesture = {
      preview: () => {},
      finish() {
        if (close() && last) studio.doc.commit('Move tempo change', last);
      },
      cancel() {
        if (close()) studio.doc.preview(null);
      },
      get active() {
        return active;
      },
    };
    const onKey = (key: KeyboardEvent) => {
      if (key.key !== 'Escape') return;
      key.preventDefault();
      key.stopPropagation();
      gesture.cancel();
    };
    window.addEventListener('keydown', onKey, true);
    const stop = followPointer(event, {
      move(move) {
        const x = move.clientX - props.ruler().getBoundingClientRect().left - grabbed;
        const toFrame = snapFrame(grid, frameAtPx(x), move.altKey ? 'off' : snapMode());
        last = moveTempoChange(base, { frame: held.frame, toFrame });
        studio.doc.preview(last);
      },
      end(up) {
        if (up) gesture.finish();
        else gesture.cancel();
      },
      room() {
        const { left, width } = props.ruler().getBoundingClientRect();
        return new DOMRect(left, 0, width, window.innerHeight);
      },
      scroll: (byX) => scrollByPx(byX),
    });
    claimGesture(gesture);
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') setEditedTempoFrame(frame());
    else if (event.key === 'Delete' || event.key === 'Backspace') deleteTempoAt(studio, frame());
    else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      const step = nudgeFrames(studio.project(), snapMode(), event.shiftKey);
      const toFrame = frame() + (event.key === 'ArrowRight' ? step : -step);
      studio.doc.commit('Move tempo change', moveTempoChange(studio.project(), { frame: frame(), toFrame }));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <Popover
      open={editing()}
      onOpenChange={(open) => setEditedTempoFrame(open ? frame() : null)}
      gutter={6}
      placement="bottom-start"
    >
      <Popover.Anchor class="tempo-flag" style={{ left: `${pxAtFrame(frame())}px` }}>
        <button
          type="button"
          aria-label={`Tempo ${fixed(change().bpm, 1)}, ${signature()} from ${barText(frame(), studio.project())}`}
          data-tip="Tempo change. Drag moves, double-click sets"
          onPointerDown={startDrag}
          onDblClick={(event) => {
            event.stopPropagation();
            setEditedTempoFrame(frame());
          }}
          onContextMenu={(event) => {
            event.preventDefault();
            event.stopPropagation();
            showMenu(event, 'Tempo change', [
              { label: 'Set…', icon: 'pencil', run: () => setEditedTempoFrame(frame()) },
              {
                label: 'Delete',
                icon: 'trash',
                keys: 'Del',
                danger: true,
                run: () => deleteTempoAt(studio, frame()),
              },
            ]);
          }}
          onKeyDown={onKeyDown}
        >
          {bpmText(change().bpm)}
          {newMeter() ? ` ${signature()}` : ''}
        </button>
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content class="popover panel-popover" aria-label="Tempo change">
          <TempoFields
            tempo={change()}
            onPreview={(fields) => studio.doc.preview(changed(fields))}
            onCommit={(label, fields) => studio.doc.commit(label, changed(fields))}
            onCancel={() => studio.doc.preview(null)}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover>
  );
}

/** Where the tempo changes: a flag each in the ruler. */
export default function TempoFlags(props: { ruler: () => HTMLElement }) {
  const studio = useStudio();
  return (
    <div class="tempo-flags">
      <Index each={studio.project().tempoChanges}>
        {(change) => <TempoFlag change={change} ruler={props.ruler} />}
      </Index>
    </div>
  );
}
