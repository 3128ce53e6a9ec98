import { createSignal, Show } from 'solid-js';
import { masterId } from '../../model/types';
import { Fader } from '../kit/Fader';
import { FaderScale } from '../kit/FaderScale';
import { showMenu } from '../kit/Menu';
import { Meter, PeakNumber } from '../kit/Meter';
import { volumeSpec } from '../kit/valueSpec';
import { chooseReferences, referenceDrop } from '../mastering/references';
import { masterSelected, selectMaster } from '../state/selection';
import { useStudio } from '../state/studio';
import { AutomationLine } from './AutomationLine';
import { compareEntries, compareNext, heardReference } from './compareReference';
import { InsertSlots } from './InsertSlots';
import { createLoudnessReadouts } from './loudnessReadouts';
import { Measure } from './Measure';
import { MeterScale } from './MeterScale';
import { createMasterVolume } from './masterControl';
import { masterMenuEntries } from './outputMenu';
import './strip.css';
import './master.css';

const compactTicks = [12, 6, 0, -6, -12, -24, -48];

/** Loudness and true peak of what goes to the file. */
export function MasterLevels() {
  const now = createLoudnessReadouts('tap');
  return (
    <dl class="master-levels">
      <Measure name="Integrated" value={now.integratedLufs()} unit="LUFS" />
      <Measure name="Short-term" label="Short" value={now.shortTermLufs()} unit="LUFS" hideUnit />
      <Measure name="Momentary" label="Moment" value={now.momentaryLufs()} unit="LUFS" hideUnit />
      <Measure name="True peak" value={now.truePeakDbtp()} unit="dBTP" hideUnit />
    </dl>
  );
}

/** The master bus: levels, fader, meter; mono and dim for the ears. `compact` is the one beside the lanes. */
export function MasterStrip(props: { compact?: boolean }) {
  const studio = useStudio();
  const { monitor } = studio;
  const read = (into: Float32Array) => studio.meters.read('master', into);
  const volume = createMasterVolume();
  return (
    <div
      role="group"
      aria-label="Master"
      class="strip master"
      classList={{ compact: props.compact, selected: masterSelected() }}
      onPointerDown={(event) => {
        const onControl = (event.target as Element).closest(
          '[role="slider"], button:not(.master-select), input',
        );
        if (event.button === 0 && !onControl) selectMaster();
      }}
      onContextMenu={(event) => {
        event.preventDefault();
        selectMaster();
        showMenu(event, 'Master', masterMenuEntries(studio));
      }}
    >
      <h2>
        <button type="button" class="master-select" data-tip="Its devices in the dock" onClick={selectMaster}>
          Master
        </button>
      </h2>
      <Show when={!props.compact}>
        <InsertSlots track={null} />
      </Show>
      <MasterLevels />
      <Show when={!props.compact}>
        <AutomationLine
          mode={studio.project().master.automationMode}
          idle={studio.project().master.lanes.length === 0}
          ownerIds={() => [masterId]}
        />
        <div class="strip-output-gap" />
      </Show>
      <div class="strip-peak">
        <PeakNumber
          read={read}
          onReset={() => studio.meters.resetPeaks('master')}
          onResetAll={() => studio.meters.resetPeaks('all')}
        />
      </div>
      <div class="strip-levels">
        <Fader label="Volume" orientation="vertical" number spec={volumeSpec} {...volume}>
          <FaderScale figures={!props.compact} ticks={props.compact ? compactTicks : undefined} />
        </Fader>
        <Meter read={read} barWidth={props.compact ? 9 : 10} gap={2} />
        <MeterScale />
      </div>
      <Show when={!props.compact}>
        <div class="strip-lamps">
          <button
            type="button"
            class="lamp"
            aria-pressed={monitor.mono()}
            data-tip="Listen in mono. Not in the mix"
            classList={{ on: monitor.mono(), solo: monitor.mono() }}
            onClick={() => monitor.setMono(!monitor.mono())}
          >
            Mono
          </button>
          <button
            type="button"
            class="lamp"
            aria-pressed={monitor.dim()}
            data-tip="Listen 20 dB softer. Not in the mix"
            classList={{ on: monitor.dim(), solo: monitor.dim() }}
            onClick={() => monitor.setDim(!monitor.dim())}
          >
            Dim
          </button>
          <CompareLamp />
        </div>
        <div class="strip-name">
          <Show when={heardReference(studio)} fallback={<span>Master</span>}>
            {(reference) => <span class="heard-reference ellipsis">{reference().name}</span>}
          </Show>
        </div>
      </Show>
    </div>
  );
}

/** A reference song in place of the mix, as loud as it; for the ears alone. Songs dropped here become references. */
function CompareLamp() {
  const studio = useStudio();
  const [over, setOver] = createSignal(false);
  const drop = referenceDrop(studio, setOver);
  const references = () => studio.project().mastering.references;
  const heard = () => heardReference(studio);
  const tip = () => {
    if (references().length === 0) return 'Compare with a reference song: choose one, or drop it here';
    const matched = studio.mastering.song.work() === null ? 'level-matched' : 'measuring its loudness';
    return `${heard() ? `Hearing “${heard()?.name}”` : 'Compare with a reference'}, ${matched} (C)`;
  };
  return (
    <button
      type="button"
      class="lamp"
      aria-label="Compare"
      aria-pressed={heard() !== null}
      data-tip={tip()}
      classList={{ on: heard() !== null, solo: heard() !== null, over: over() }}
      onClick={() => (references().length === 0 ? chooseReferences(studio) : compareNext(studio))}
      onContextMenu={(event) => {
        event.preventDefault();
        event.stopPropagation();
        showMenu(event, 'References', compareEntries(studio));
      }}
      onDragOver={drop.over}
      onDragLeave={drop.leave}
      onDrop={drop.drop}
    >
      Ref
    </button>
  );
}
