import { Show } from 'solid-js';
import type { ShareJob } from '../../bridge/sharingTypes';
import { Button } from '../kit/Button';
import { aheadText, doingText } from './shareText';

/** How far the upload is, and the ways to hold it or to leave it. */
export function ShareUpload(props: { job: ShareJob; opened: boolean }) {
  const progress = () => props.job.progress();
  const paused = () => props.job.state() === 'paused';
  const words = () => {
    if (paused()) return `Paused, ${doingText(progress()).replace(/^Uploading, /, '')}`;
    return progress().doing === '' ? 'Looking at what is there' : doingText(progress());
  };
  const ahead = () => {
    if (props.job.waiting()) return 'The server is away: trying again';
    return aheadText(props.opened, paused() ? null : progress().secondsLeft);
  };
  return (
    <div class="share-upload">
      <p>
        <span>{words()}</span>
        <span classList={{ 'share-away': props.job.waiting() }}>{ahead()}</span>
      </p>
      <div class="share-upload-row">
        <div
          class="progress"
          classList={{ unknown: progress().doing === '' }}
          role="progressbar"
          aria-label="Uploading"
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.floor(100 * progress().fraction)}
          aria-valuetext={words()}
          style={{ '--fraction': progress().fraction }}
        >
          <i />
        </div>
        <Show when={props.job.state() !== 'preparing'}>
          <Button onClick={() => (paused() ? props.job.resume() : props.job.pause())}>
            {paused() ? 'Resume' : 'Pause'}
          </Button>
        </Show>
        <Button onClick={() => props.job.cancel()}>Cancel</Button>
      </div>
    </div>
  );
}
