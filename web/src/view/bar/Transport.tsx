import { IconButton } from '../kit/Button';
import { useStudio } from '../state/studio';
import { toggleLoop } from './transportActions';

/** Return to start, play and pause, stop, loop. */
export function Transport() {
  const studio = useStudio();
  const { transport } = studio;
  const nothing = () => !transport.canPlay();
  const why = (tip: string) => (nothing() ? 'There is nothing to play yet' : tip);
  return (
    <div class="transport" role="group" aria-label="Transport">
      <IconButton
        icon="skip-back"
        label="Return to start"
        keys="Enter"
        onClick={() => transport.returnToStart()}
      />
      <IconButton
        icon={transport.playing() ? 'pause' : 'play'}
        label={transport.playing() ? 'Pause' : 'Play'}
        tip={why(transport.playing() ? 'Pause' : 'Play')}
        keys="Space"
        variant="plain"
        class={`play ${transport.playing() ? 'on' : ''}`}
        disabled={nothing()}
        onClick={() => transport.toggle()}
      />
      <IconButton
        icon="square"
        label="Stop"
        tip={why('Stop and go back to where it began')}
        class="stop"
        disabled={nothing()}
        onClick={() => transport.stop()}
      />
      <IconButton
        icon="repeat"
        label="Loop"
        keys="L"
        tip={why('Loop')}
        pressed={studio.project().loop.on}
        disabled={nothing()}
        onClick={() => toggleLoop(studio)}
      />
    </div>
  );
}
