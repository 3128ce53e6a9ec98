import { Clock } from '../bar/Clock';
import { Rooms } from '../bar/Rooms';
import { toggleLoop } from '../bar/transportActions';
import { Icon } from '../kit/Icon';
import { useStudio } from '../state/studio';

/** Transport and rooms, where the thumb is. */
export function PhoneTransport() {
  const studio = useStudio();
  const { transport } = studio;
  return (
    <footer class="phone-foot">
      <div class="phone-transport" role="group" aria-label="Transport">
        <Clock short />
        <div class="phone-go">
          <button
            type="button"
            class="tap"
            aria-label="Return to start"
            onClick={() => transport.returnToStart()}
          >
            <Icon name="skip-back" />
          </button>
          <button
            type="button"
            class="phone-play"
            aria-label={transport.playing() ? 'Pause' : 'Play'}
            disabled={!transport.canPlay()}
            onClick={() => transport.toggle()}
          >
            <Icon name={transport.playing() ? 'pause' : 'play'} />
          </button>
          <button
            type="button"
            class="tap"
            aria-label="Stop"
            disabled={!transport.canPlay()}
            onClick={() => transport.stop()}
          >
            <Icon name="square" class="filled" />
          </button>
        </div>
        <div class="phone-right">
          <button
            type="button"
            class="tap"
            aria-label="Loop"
            aria-pressed={studio.project().loop.on}
            disabled={!transport.canPlay()}
            onClick={() => toggleLoop(studio)}
          >
            <Icon name="repeat" />
          </button>
        </div>
      </div>
      <Rooms class="phone-rooms" />
    </footer>
  );
}
