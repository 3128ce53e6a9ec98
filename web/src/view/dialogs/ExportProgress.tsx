import type { ExportJob, ExportSettings } from '../../bridge/exportTypes';
import { lengthText } from '../bar/positionText';
import { Button } from '../kit/Button';
import { fixed } from '../kit/valueText';
import { useStudio } from '../state/studio';
import { leftText } from './exportText';

/** How far the writing is, and the way out. */
export function ExportProgress(props: { job: ExportJob; settings: ExportSettings }) {
  const studio = useStudio();
  const fraction = () => props.job.progress().fraction;
  // The first moments say nothing about the rest.
  const settled = () => fraction() > 0.03;
  const estimate = studio.exporter.estimate(props.settings);
  const words = () => {
    const total = estimate.seconds * estimate.fileNames.length;
    switch (props.job.state()) {
      case 'choosing':
        return 'Where shall it go?';
      case 'saving':
        return 'Saving the file';
      default:
        return `Rendering ${lengthText(fraction() * total)} of ${lengthText(total)}`;
    }
  };
  const speed = () => {
    const times = props.job.progress().speed;
    return times > 0 && settled() ? `${fixed(times, times < 10 ? 1 : 0)} times real time` : '';
  };
  return (
    <>
      <div class="export-running">
        <p>
          <span>{words()}</span>
          <span>{settled() ? leftText(props.job.progress().secondsLeft) : ''}</span>
        </p>
        <div
          class="progress"
          classList={{ unknown: props.job.state() === 'choosing' }}
          role="progressbar"
          aria-label="Exporting"
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.floor(fraction() * 100)}
          aria-valuetext={words()}
          style={{ '--fraction': fraction() }}
        >
          <i />
        </div>
        <p class="text-3">
          <span>The song can play on meanwhile.</span>
          <span>{speed()}</span>
        </p>
      </div>
      <footer>
        <span class="grow" />
        <Button large onClick={() => props.job.cancel()}>
          Cancel
        </Button>
      </footer>
    </>
  );
}
