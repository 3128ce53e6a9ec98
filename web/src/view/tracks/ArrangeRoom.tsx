import { createEffect, createMemo, createSignal, on, onCleanup, onMount, untrack } from 'solid-js';
import { chooseAudioFiles } from '../files/AudioFilesInput';
import { IconButton } from '../kit/Button';
import { Icon } from '../kit/Icon';
import { Menu } from '../kit/Menu';
import { MasterStrip } from '../mixer/MasterStrip';
import { leadTrackId, selectTracks } from '../state/selection';
import { useStudio } from '../state/studio';
import {
  refitSong,
  scrollByPx,
  setExtent,
  setLaneWidthPx,
  setSnapMode,
  showProject,
  snapMode,
  zoomBy,
} from '../state/timeline';
import { takeWritten } from './automation/hands';
import { showLane, shownLanes } from './automation/shownLanes';
import { laneOf } from './automation/targets';
import { Dock } from './Dock';
import { createGrouping, reveal } from './folding';
import { Lanes } from './Lanes';
import { createLaneHeights } from './laneHeights';
import { Playhead } from './Playhead';
import { Ruler } from './Ruler';
import { layoutRows, sameRows } from './rows';
import { TimeScroll } from './TimeScroll';
import { TrackList } from './TrackList';
import { addTrack } from './trackActions';
import './arrange.css';

const snapNames = { bar: 'Snap: bars', beat: 'Snap: beats', off: 'Snap: off' } as const;
const lineHeightPx = 16;

/** Tracks, their clips in time, the master beside them and the dock below. */
export default function ArrangeRoom() {
  const studio = useStudio();
  const heights = createLaneHeights();
  const [scrollTop, setScrollTop] = createSignal(0);
  const [viewHeight, setViewHeight] = createSignal(0);
  let scroller!: HTMLDivElement;
  let timeline!: HTMLDivElement;

  const trackIds = createMemo(() => studio.project().tracks.map((track) => track.id), undefined, {
    equals: (a, b) => a.length === b.length && a.every((id, index) => id === b[index]),
  });
  const grouping = createGrouping();
  const rows = createMemo(
    () =>
      layoutRows(
        trackIds(),
        leadTrackId(),
        heights(),
        (id) => shownLanes(studio.project(), id).length,
        grouping().isHidden,
      ),
    undefined,
    { equals: sameRows },
  );

  createEffect(() => showProject(studio.projects.current()));
  createEffect(() =>
    setExtent({
      endFrame: studio.transport.songEndFrame(),
      sampleRateHz: studio.project().sampleRateHz,
    }),
  );
  // What hands have written is shown, here or as soon as one comes here.
  createEffect(() => {
    if (studio.automation.writing()) return;
    for (const { ownerId, kind, targetId, param } of takeWritten()) {
      const target = { kind, targetId, param };
      if (laneOf(untrack(studio.project), ownerId, target)) showLane(ownerId, target);
    }
  });
  const sourceCount = createMemo(() => Object.keys(studio.project().sources).length);
  createEffect(on(sourceCount, refitSong, { defer: true }));
  // A track that is gone, by undo or by another room, hands its selection to the one in its place.
  createEffect(
    on(trackIds, (ids, before) => {
      const lead = leadTrackId();
      if (ids.length === 0 || (lead !== null && ids.includes(lead))) return;
      const place = lead === null ? 0 : Math.max(0, before?.indexOf(lead) ?? 0);
      selectTracks([ids[Math.min(place, ids.length - 1)] as string]);
    }),
  );
  // The selected track stays in view when the selection moves by key.
  createEffect(
    on(leadTrackId, (id) => {
      if (id !== null) reveal(studio.project(), id);
      const row = id === null ? undefined : rows().byId.get(id);
      if (!row || viewHeight() === 0) return;
      if (row.top < scroller.scrollTop) scroller.scrollTop = row.top;
      else if (row.top + row.height > scroller.scrollTop + viewHeight())
        scroller.scrollTop = row.top + row.height - viewHeight();
    }),
  );

  const onWheel = (event: WheelEvent) => {
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? lineHeightPx : 1;
    const overTime = (event.target as Element).closest('.lanes, .ruler') !== null;
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) {
      if (!overTime) return;
      const rect = timeline.getBoundingClientRect();
      zoomBy(Math.exp(event.deltaY * unit * (event.deltaMode ? 0.03 : 0.005)), event.clientX - rect.left);
      return;
    }
    const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
    if (sideways !== 0 && overTime) scrollByPx(sideways * unit);
    // Scrolled here rather than by the browser, so that headers and canvas move in the same frame.
    if (!event.shiftKey) scroller.scrollTop += event.deltaY * unit;
  };

  onMount(() => {
    const observer = new ResizeObserver(() => {
      setLaneWidthPx(timeline.clientWidth);
      setViewHeight(scroller.clientHeight);
      setScrollTop(scroller.scrollTop);
    });
    observer.observe(scroller);
    observer.observe(timeline);
    scroller.addEventListener('wheel', onWheel, { passive: false });
    timeline.addEventListener('wheel', onWheel, { passive: false });
    onCleanup(() => observer.disconnect());
  });

  return (
    <div class="arrange-room">
      <div class="arrange">
        <div class="tracks-top">
          <span class="grow text-2">
            {trackIds().length} {trackIds().length === 1 ? 'track' : 'tracks'}
          </span>
          <Menu
            label="Snap"
            class={`button icon-only ghost snap-button ${snapMode() === 'off' ? '' : 'snapping'}`}
            triggerLabel="Snap"
            tip={snapNames[snapMode()]}
            keys="N"
            entries={() =>
              (['bar', 'beat', 'off'] as const).map((mode) => ({
                label: { bar: 'To bars', beat: 'To beats', off: 'Off' }[mode],
                checked: snapMode() === mode,
                run: () => setSnapMode(mode),
              }))
            }
          >
            <Icon name="magnet" />
          </Menu>
          <IconButton icon="list-plus" label="Add a track" keys="Shift T" onClick={() => addTrack(studio)} />
          <IconButton icon="plus" label="Add audio" keys="Ctrl I" onClick={() => chooseAudioFiles()} />
        </div>
        <div class="timeline-top" ref={timeline}>
          <Ruler />
        </div>
        <div
          class="arrange-scroll scrolls"
          ref={scroller}
          style={{ '--view-height': `${viewHeight()}px` }}
          onScroll={() => setScrollTop(scroller.scrollTop)}
        >
          <section class="track-heads" aria-label="Tracks">
            <TrackList rows={rows()} grouping={grouping()} />
          </section>
          <Lanes rows={rows()} scrollTop={scrollTop()} viewHeight={viewHeight()} />
        </div>
        <div class="timeline-over">
          <Playhead />
        </div>
        <TimeScroll />
        <aside class="arrange-master" aria-label="Master bus">
          <MasterStrip compact />
        </aside>
      </div>
      <Dock />
    </div>
  );
}
