import type { Track } from '../../model/types';
import { Lamp } from '../kit/Button';
import { Fader } from '../kit/Fader';
import { FaderScale } from '../kit/FaderScale';
import { Icon } from '../kit/Icon';
import { Knob } from '../kit/Knob';
import { Menu } from '../kit/Menu';
import { Meter, PeakNumber } from '../kit/Meter';
import { trackColourVariable } from '../kit/palette';
import { panSpec, volumeSpec } from '../kit/valueSpec';
import { AutomationLine } from '../mixer/AutomationLine';
import { InsertSlots } from '../mixer/InsertSlots';
import { MeterScale } from '../mixer/MeterScale';
import { SendRows } from '../mixer/SendRows';
import { stripMenuEntries } from '../mixer/stripMenu';
import { trimSpec } from '../mixer/trimSpec';
import { useStudio } from '../state/studio';
import { createTrackControls, toggleMute, toggleSolo } from '../tracks/trackActions';

/** One strip as large as the phone: a fader for the thumb, the knobs beside it. */
export function PhoneStrip(props: { track: Track; silenced: boolean }) {
  const studio = useStudio();
  const id = () => props.track.id;
  const params = () => props.track.params;
  const read = (into: Float32Array) => studio.meters.read(id(), into);
  const controls = createTrackControls(studio, () => props.track);
  const muted = () => controls.value('mute') > 0;
  const volume = controls.control('volumeDb', 'Volume');
  const pan = controls.control('pan', 'Pan');
  const trim = controls.control('trimDb', 'Trim');
  return (
    <div
      role="group"
      aria-label={props.track.name}
      class="strip phone-strip"
      classList={{ muted: muted() }}
      style={{ '--track': trackColourVariable(props.track.colour) }}
    >
      <div class="phone-controls">
        <h3>Inserts</h3>
        <InsertSlots track={props.track} />
        <h3>Pan and sends</h3>
        <div class="phone-knobs">
          <Knob label="Pan" size={44} bipolar number caption spec={panSpec} {...pan} />
          <Knob label="Trim" size={44} bipolar number caption spec={trimSpec} {...trim} />
        </div>
        <SendRows track={props.track} knobSize={44} captions />
        <AutomationLine
          mode={props.track.automationMode}
          idle={props.track.lanes.length === 0}
          ownerIds={() => [id()]}
        />
        <Menu label={props.track.name} class="phone-switch" entries={() => stripMenuEntries(studio, id())}>
          More
          <Icon name="ellipsis" />
        </Menu>
        <div class="phone-lamps">
          <Lamp
            kind="mute"
            on={muted()}
            silenced={props.silenced}
            onClick={() => toggleMute(studio, [id()])}
          />
          <Lamp kind="solo" on={params().solo > 0} onClick={() => toggleSolo(studio, [id()])} />
        </div>
      </div>
      <div class="phone-levels">
        <div class="phone-peak">
          <PeakNumber
            read={read}
            onReset={() => studio.meters.resetPeaks(id())}
            onResetAll={() => studio.meters.resetPeaks('all')}
          />
        </div>
        <Fader label="Volume" orientation="vertical" number spec={volumeSpec} {...volume}>
          <FaderScale figures />
        </Fader>
        <Meter read={read} barWidth={12} gap={3} />
        <MeterScale />
      </div>
    </div>
  );
}
