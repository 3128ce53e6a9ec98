import { type Accessor, Show } from 'solid-js';
import type { Track } from '../../model/types';
import { Lamp } from '../kit/Button';
import { Fader } from '../kit/Fader';
import { Icon } from '../kit/Icon';
import { Knob } from '../kit/Knob';
import { showMenu } from '../kit/Menu';
import { Meter } from '../kit/Meter';
import { trackColourVariable } from '../kit/palette';
import { panSpec, volumeSpec } from '../kit/valueSpec';
import { stripMenuEntries } from '../mixer/stripMenu';
import { isTrackSelected, leadTrackId, selectTrack } from '../state/selection';
import { useStudio } from '../state/studio';
import { isUnfolded, toggleLanes } from './automation/shownLanes';
import { isFolded, toggleFold } from './folding';
import { TrackName } from './TrackName';
import { createTrackControls, renameTrackTo, toggleMute, toggleSolo } from './trackActions';

export interface TrackHeadProps {
  track: Accessor<Track>;
  /** Solo elsewhere silences it. */
  silenced: boolean;
  /** Those that it plays through, nearest first. */
  groups: readonly Track[];
  /** A drag would let go of its tracks here, to play into this group. */
  dropInto: boolean;
  inTabOrder: boolean;
  onPointerDown: (event: PointerEvent) => void;
}

/** One line of the list: colour, name, mute, solo, volume, pan, level. */
export function TrackHead(props: TrackHeadProps) {
  const studio = useStudio();
  const track = () => props.track();
  const controls = createTrackControls(studio, track);
  const muted = () => controls.value('mute') !== 0;
  const soloed = () => track().params.solo !== 0;
  const volume = controls.control('volumeDb', 'Volume');
  const pan = controls.control('pan', 'Pan');

  return (
    <div
      class="track-head"
      role="group"
      aria-label={track().name}
      data-track-id={track().id}
      classList={{
        selected: isTrackSelected(track().id),
        lead: leadTrackId() === track().id,
        muted: muted(),
        grouped: props.groups.length > 0,
        'drop-into': props.dropInto,
        automated: track().lanes.some(({ points }) => points.length > 0),
      }}
      style={{
        '--track': trackColourVariable(track().colour),
        '--depth': props.groups.length,
        '--group': props.groups[0] && trackColourVariable(props.groups[0].colour),
      }}
      onPointerDown={(event) => props.onPointerDown(event)}
      onContextMenu={(event) => {
        event.preventDefault();
        if (!isTrackSelected(track().id)) selectTrack(track().id);
        showMenu(event, track().name, stripMenuEntries(studio, track().id));
      }}
    >
      <i class="track-colour" />
      <button
        type="button"
        class="track-unfold"
        aria-label="Automation"
        aria-expanded={isUnfolded(track().id)}
        data-tip="Automation"
        data-keys="A"
        onClick={() => toggleLanes(studio.project(), track().id)}
      >
        <Icon name={isUnfolded(track().id) ? 'chevron-down' : 'chevron-right'} small />
      </button>
      <TrackName
        track={track()}
        selected={isTrackSelected(track().id)}
        inTabOrder={props.inTabOrder}
        onRename={(name) => renameTrackTo(studio, track().id, name)}
      />
      <Show when={track().role === 'group'}>
        <button
          type="button"
          class="track-fold"
          aria-label="Members"
          aria-expanded={!isFolded(track().id)}
          data-tip={isFolded(track().id) ? 'Show the members' : 'Fold the members away'}
          onClick={() => toggleFold(studio.project(), track().id)}
        >
          <Icon name={isFolded(track().id) ? 'chevron-right' : 'chevron-down'} small />
        </button>
      </Show>
      <Lamp
        kind="mute"
        on={muted()}
        silenced={props.silenced}
        onClick={() => toggleMute(studio, [track().id])}
      />
      <Lamp
        kind="solo"
        on={soloed()}
        onClick={(event) => toggleSolo(studio, [track().id], event.ctrlKey || event.metaKey || event.altKey)}
      />
      <Fader
        orientation="horizontal"
        class="track-volume"
        label="Volume"
        spec={volumeSpec}
        number
        {...volume}
      />
      <Knob class="track-pan" label="Pan" size={24} bipolar spec={panSpec} {...pan} />
      <Meter
        class="track-meter"
        read={(into) => studio.meters.read(track().id, into)}
        barWidth={4}
        gap={1}
        muted={muted() || props.silenced}
      />
    </div>
  );
}
