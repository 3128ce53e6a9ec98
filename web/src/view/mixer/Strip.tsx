import { Show } from 'solid-js';
import type { Track } from '../../model/types';
import { Lamp } from '../kit/Button';
import { Fader } from '../kit/Fader';
import { FaderScale } from '../kit/FaderScale';
import { Knob } from '../kit/Knob';
import { showMenu } from '../kit/Menu';
import { Meter, PeakNumber } from '../kit/Meter';
import { trackColourVariable } from '../kit/palette';
import { panSpec, volumeSpec } from '../kit/valueSpec';
import { isTrackSelected, selectTrack } from '../state/selection';
import { useStudio } from '../state/studio';
import {
  createTrackControls,
  renameTrackTo,
  toggleMute,
  toggleSolo,
  withSelection,
} from '../tracks/trackActions';
import { AutomationLine } from './AutomationLine';
import { InsertSlots } from './InsertSlots';
import { outputEntries } from './outputMenu';
import { outputName } from './routing';
import { SendRows } from './SendRows';
import { StripName } from './StripName';
import { stripMenuEntries } from './stripMenu';
import './strip.css';

export interface StripProps {
  track: Track;
  /** Ids of all strips from left to right, for selecting a range. */
  order: () => readonly string[];
  /** Solo elsewhere silences it. */
  silenced: boolean;
  /** Figures without a plus, thinner meters. */
  narrow: boolean;
  /** Some track plays into a bus: each says where it goes. */
  showsOutput: boolean;
}

const scaleWithoutFigure = [3, -3];

/** One channel of the console: devices, sends, pan, automation, peak, fader and meter, mute and solo, name. */
export function Strip(props: StripProps) {
  const studio = useStudio();
  const id = () => props.track.id;
  const params = () => props.track.params;
  const controls = createTrackControls(studio, () => props.track);
  const muted = () => controls.value('mute') > 0;
  const selected = () => isTrackSelected(id());
  const read = (into: Float32Array) => studio.meters.read(id(), into);

  const volume = controls.control('volumeDb', 'Volume');
  const pan = controls.control('pan', 'Pan');
  const meant = () => withSelection(id());

  const select = (event: PointerEvent) => {
    if (event.button !== 0) return;
    const onControl = (event.target as Element).closest('[role="slider"], button:not(.strip-name), input');
    if (onControl && selected()) return;
    if (event.shiftKey && !onControl) selectTrack(id(), 'range', props.order());
    else if ((event.ctrlKey || event.metaKey) && !onControl) selectTrack(id(), 'toggle', props.order());
    else if (!onControl) selectTrack(id(), 'only', props.order());
  };
  const solo = (event: MouseEvent) =>
    toggleSolo(studio, meant(), event.altKey || event.ctrlKey || event.metaKey);
  const openMenu = (event: MouseEvent) => {
    event.preventDefault();
    if (!selected()) selectTrack(id(), 'only', props.order());
    showMenu(event, props.track.name, stripMenuEntries(studio, id()));
  };
  return (
    <div
      role="group"
      aria-label={props.track.name}
      data-track={id()}
      class="strip"
      classList={{
        selected: selected(),
        muted: muted(),
        narrow: props.narrow,
        bus: props.track.role !== 'track',
        linked: props.track.linkId !== null,
      }}
      style={{ '--track': trackColourVariable(props.track.colour) }}
      onPointerDown={select}
      onContextMenu={openMenu}
    >
      <InsertSlots track={props.track} />
      <SendRows track={props.track} />
      <div class="strip-pan">
        <Knob label="Pan" size={32} bipolar number spec={panSpec} {...pan} />
      </div>
      <AutomationLine
        mode={props.track.automationMode}
        idle={props.track.lanes.length === 0}
        ownerIds={meant}
      />
      <Show when={props.showsOutput}>
        <button
          type="button"
          class="strip-output"
          aria-label={`Output ${outputName(studio.project(), props.track)}`}
          aria-haspopup="menu"
          data-tip={`Plays into ${outputName(studio.project(), props.track)}`}
          onClick={(event) => {
            const rect = event.currentTarget.getBoundingClientRect();
            const at = { clientX: rect.left, clientY: rect.bottom };
            showMenu(at, 'Output', outputEntries(studio, meant()));
          }}
        >
          <span class="ellipsis">{outputName(studio.project(), props.track)}</span>
        </button>
      </Show>
      <div class="strip-peak">
        <PeakNumber
          read={read}
          onReset={() => studio.meters.resetPeaks(id())}
          onResetAll={() => studio.meters.resetPeaks('all')}
        />
      </div>
      <div class="strip-levels">
        <Fader label="Volume" orientation="vertical" number spec={volumeSpec} {...volume}>
          <FaderScale figures plain={props.narrow} withoutFigure={scaleWithoutFigure} />
        </Fader>
        <Meter read={read} barWidth={props.narrow ? 5 : 6} gap={2} muted={muted() || props.silenced} />
      </div>
      <div class="strip-lamps">
        <Lamp
          kind="mute"
          on={muted()}
          silenced={props.silenced}
          onClick={() => toggleMute(studio, meant())}
        />
        <Lamp kind="solo" on={params().solo > 0} onClick={solo} />
      </div>
      <StripName
        trackId={id()}
        name={props.track.name}
        linked={props.track.linkId !== null}
        onRename={(name) => renameTrackTo(studio, id(), name)}
      />
    </div>
  );
}
