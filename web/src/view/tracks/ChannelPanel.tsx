import { stripParams } from '../../generated/devices';
import type { Track } from '../../model/types';
import { Switch } from '../kit/Button';
import { Select } from '../kit/Choice';
import { Knob } from '../kit/Knob';
import { panSpec } from '../kit/valueSpec';
import { typographic } from '../kit/valueText';
import { turnSwitch } from '../mixer/stripSwitches';
import { trimSpec } from '../mixer/trimSpec';
import { useStudio } from '../state/studio';
import { createTrackControls } from './trackActions';

const panLaws = (stripParams.find((param) => param.id === 'panLaw')?.choices ?? []).map((name, index) => ({
  value: String(index),
  label: typographic(name),
}));

/** What the strip does to the sound before its fader: trim, polarity, pan and its law. */
export function ChannelPanel(props: { track: Track }) {
  const studio = useStudio();
  const trackId = () => props.track.id;
  const params = () => props.track.params;
  const controls = createTrackControls(studio, () => props.track);
  const trim = controls.control('trimDb', 'Trim');
  const pan = controls.control('pan', 'Pan');
  const panLaw = controls.control('panLaw', 'Pan law');
  return (
    <article class="panel channel-panel" aria-label="Channel">
      <header>
        <h3>Channel</h3>
      </header>
      <div class="channel-body">
        <div class="channel-knobs">
          <Knob label="Trim" bipolar caption number size={44} spec={trimSpec} {...trim} />
          <Knob label="Pan" bipolar caption number size={44} spec={panSpec} {...pan} />
        </div>
        <div class="channel-line">
          <span>Pan law</span>
          <Select
            class="small"
            label="Pan law"
            options={panLaws}
            value={String(params().panLaw)}
            onChange={(value) => panLaw.onCommit(Number(value))}
          />
        </div>
        <div class="channel-line">
          <span>Turn polarity</span>
          <Switch
            hideLabel
            label="Turn polarity"
            on={params().polarity !== 0}
            onChange={() => turnSwitch(studio, trackId(), 'polarity')}
          />
        </div>
        <div class="channel-line" data-tip="Plays on when other tracks are soloed">
          <span>Solo safe</span>
          <Switch
            hideLabel
            label="Solo safe"
            on={params().soloSafe !== 0}
            onChange={() => turnSwitch(studio, trackId(), 'soloSafe')}
          />
        </div>
      </div>
    </article>
  );
}
