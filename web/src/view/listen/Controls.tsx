import { createSignal, Show } from 'solid-js';
import type { Listening } from '../../bridge/listen/listening';
import { onFrame } from '../kit/frameLoop';
import { ListenIcon } from './icons';
import { LoadState } from './LoadState';
import { positionText } from './words';

/** To the start, play, where it is, what is loading, and the listener's own volume. */
export function Controls(props: { listening: Listening }) {
  const { listening } = props;
  const [positionS, setPositionS] = createSignal(0);
  onFrame(() => setPositionS(listening.positionS()));
  return (
    <div class="listen-controls">
      <button
        type="button"
        class="button icon-only ghost to-start"
        aria-label="Return to start"
        title="Return to start (Enter)"
        onClick={() => listening.seek(0)}
      >
        <ListenIcon name="skip-back" />
      </button>
      <button
        type="button"
        class="play-large"
        classList={{ waiting: listening.waiting() }}
        aria-label={listening.playing() ? 'Pause' : 'Play'}
        title={listening.playing() ? 'Pause (Space)' : 'Play (Space)'}
        onClick={() => listening.toggle()}
      >
        <ListenIcon name={listening.playing() ? 'pause' : 'play'} size={22} />
      </button>
      <div class="listen-time">
        <b role="timer" aria-label="Position" aria-live="off">
          {positionText(positionS())}
        </b>
        <span>of {positionText(listening.lengthS)}</span>
      </div>
      <span class="grow" />
      <LoadState listening={listening} />
      <label class="listen-volume" title="Your volume; the mix does not change">
        <ListenIcon name="volume-2" />
        <input
          type="range"
          min="0"
          max="100"
          value="100"
          aria-label="Volume"
          style={{ '--share': `${100 * listening.volume()}%` }}
          onInput={(event) => listening.setVolume(event.currentTarget.valueAsNumber / 100)}
        />
      </label>
      <Show when={listening.waiting()}>
        <span class="hidden" role="status">
          The sound here is still on its way
        </span>
      </Show>
    </div>
  );
}
