import { createEffect, createSignal, onCleanup, Show } from 'solid-js';
import type { Id } from '../../model/types';
import { masterId, masteringId } from '../../model/types';
import { IconButton } from '../kit/Button';
import { createLoudnessReadouts } from '../mixer/loudnessReadouts';
import { Measure } from '../mixer/Measure';
import { useStudio } from '../state/studio';
import './trackLoudness.css';

/** For the listener's eyes: stays from strip to strip. */
const [shown, setShown] = createSignal(false);

/** Loudness and true peak of the dock's strip, behind its fader; the master has its own, always. */
export function TrackLoudness(props: { ownerId: Id }) {
  const { mastering } = useStudio();
  const isTrack = () => props.ownerId !== masterId && props.ownerId !== masteringId;
  createEffect(() => mastering.meterTrack(shown() && isTrack() ? props.ownerId : null));
  onCleanup(() => mastering.meterTrack(null));
  return (
    <Show when={isTrack()}>
      <Show when={shown()}>
        <Figures />
      </Show>
      <IconButton
        icon="gauge"
        label="Loudness of this strip"
        tip={shown() ? 'Measure it no longer' : 'Measure loudness and true peak behind the fader'}
        pressed={shown()}
        onClick={() => setShown(!shown())}
      />
    </Show>
  );
}

function Figures() {
  const now = createLoudnessReadouts('track');
  return (
    <dl class="track-loudness">
      <Measure name="Strip integrated" label="I" value={now.integratedLufs()} unit="LUFS" hideUnit />
      <Measure name="Strip short-term" label="S" value={now.shortTermLufs()} unit="LUFS" hideUnit />
      <Measure name="Strip momentary" label="M" value={now.momentaryLufs()} unit="LUFS" hideUnit />
      <Measure name="Strip true peak" label="TP" value={now.truePeakDbtp()} unit="dBTP" hideUnit />
    </dl>
  );
}
