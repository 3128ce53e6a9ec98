import { type Accessor, createMemo, createSignal, For, lazy, Show, Suspense } from 'solid-js';
import { canFeed } from '../../commands/routing';
import type { Id, Track } from '../../model/types';
import { createSilenced } from '../mixer/silenced';
import { isTrackSelected, leadTrackId, selectedTrackIds, selectTrack } from '../state/selection';
import { useStudio } from '../state/studio';
import { blockIds, isUnfolded } from './automation/shownLanes';
import type { Grouping } from './folding';
import { gapAt, groupHeadAt, type Rows } from './rows';
import { TrackHead } from './TrackHead';
import { moveTracksTo, playInto } from './trackActions';

const AutomationHeads = lazy(async () => ({
  default: (await import('./automation/AutomationLanes')).AutomationHeads,
}));

const dragThresholdPx = 4;
const controls = 'button:not(.track-name), input, [role="slider"], .fader-number';

export interface TrackListProps {
  rows: Rows;
  grouping: Grouping;
}

/** The track headers, one below the other. Dragging one moves all that are selected. */
export function TrackList(props: TrackListProps) {
  const studio = useStudio();
  const ids = createMemo(() => studio.project().tracks.map((track) => track.id), undefined, {
    equals: (a, b) => a.length === b.length && a.every((id, index) => id === b[index]),
  });
  const tracks = createMemo(() => new Map(studio.project().tracks.map((track) => [track.id, track])));
  const silenced = createSilenced();
  const [dropGap, setDropGap] = createSignal<number | null>(null);
  /** The group that the dragged tracks would play into. */
  const [dropGroup, setDropGroup] = createSignal<Id | null>(null);
  let list!: HTMLDivElement;

  const gapTop = (gap: number) => {
    const row = props.rows.rows[gap];
    return row ? row.top : props.rows.height;
  };

  /** A drag that reorders; without movement it is a click that selects. */
  const startDrag = (event: PointerEvent, id: Id) => {
    if (event.button !== 0 || (event.target as Element).closest(controls)) return;
    const wasSelected = isTrackSelected(id);
    if (event.shiftKey) selectTrack(id, 'range', ids());
    else if (event.ctrlKey || event.metaKey) selectTrack(id, 'toggle');
    else if (!wasSelected) selectTrack(id);
    const plain = !event.shiftKey && !event.ctrlKey && !event.metaKey;
    const startY = event.clientY;
    const dragged = () => (isTrackSelected(id) ? selectedTrackIds() : [id]);
    const scroller = list.closest<HTMLElement>('.arrange-scroll');

    const onMove = (move: PointerEvent) => {
      if (dropGap() === null && Math.abs(move.clientY - startY) < dragThresholdPx) return;
      const edges = scroller?.getBoundingClientRect();
      if (scroller && edges) {
        if (move.clientY < edges.top + 16) scroller.scrollTop -= 12;
        if (move.clientY > edges.bottom - 16) scroller.scrollTop += 12;
      }
      const y = move.clientY - list.getBoundingClientRect().top;
      setDropGap(gapAt(props.rows, y));
      const group = groupHeadAt(props.rows, y, (trackId) => tracks().get(trackId)?.role === 'group');
      const free = group !== null && dragged().every((trackId) => canFeed(studio.project(), trackId, group));
      setDropGroup(free ? group : null);
    };
    const end = () => {
      window.removeEventListener('pointermove', onMove);
      window.removeEventListener('pointerup', onUp);
      window.removeEventListener('pointercancel', end);
      window.removeEventListener('keydown', onKey, true);
      setDropGap(null);
      setDropGroup(null);
    };
    const onUp = () => {
      const gap = dropGap();
      const group = dropGroup();
      end();
      if (group !== null) playInto(studio, dragged(), group);
      else if (gap !== null) moveTracksTo(studio, dragged(), gap);
      else if (plain && wasSelected && selectedTrackIds().length > 1) selectTrack(id);
    };
    const onKey = (key: KeyboardEvent) => {
      if (key.key !== 'Escape') return;
      key.stopPropagation();
      end();
    };
    window.addEventListener('pointermove', onMove);
    window.addEventListener('pointerup', onUp);
    window.addEventListener('pointercancel', end);
    window.addEventListener('keydown', onKey, true);
  };

  return (
    <div class="track-list" ref={list} classList={{ reordering: dropGap() !== null }}>
      <For each={ids()}>
        {(id) => {
          const track: Accessor<Track> = createMemo<Track>(
            (before) => tracks().get(id) ?? before,
            tracks().get(id) as Track,
          );
          return (
            <>
              <Show when={!props.grouping.isHidden(id)}>
                <TrackHead
                  groups={props.grouping.around(id)}
                  dropInto={dropGroup() === id}
                  track={track}
                  silenced={silenced().has(id)}
                  inTabOrder={leadTrackId() === id || (leadTrackId() === null && ids()[0] === id)}
                  onPointerDown={(event) => startDrag(event, id)}
                />
              </Show>
              <Show when={isUnfolded(id)}>
                <Suspense>
                  <AutomationHeads ownerId={id} />
                </Suspense>
              </Show>
            </>
          );
        }}
      </For>
      <For each={blockIds}>
        {(id) => (
          <Show when={isUnfolded(id)}>
            <Suspense>
              <AutomationHeads ownerId={id} />
            </Suspense>
          </Show>
        )}
      </For>
      <Show when={dropGap() !== null && dropGroup() === null}>
        <div class="track-drop-line" style={{ top: `${gapTop(dropGap() ?? 0)}px` }} />
      </Show>
    </div>
  );
}
