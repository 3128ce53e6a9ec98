import { onFrame } from '../kit/frameLoop';
import { useStudio } from '../state/studio';
import { barText, clockText, shortClockText } from './positionText';

/** Where the playhead is. Its text is written once a frame, past the components. */
export function Clock(props: { short?: boolean; class?: string }) {
  const studio = useStudio();
  let time!: HTMLElement;
  let bars!: HTMLElement;
  let shown = '';

  onFrame(() => {
    const project = studio.project();
    const { sampleRateHz } = project;
    const frames = studio.transport.positionFrames();
    const text = (props.short ? shortClockText : clockText)(frames, sampleRateHz);
    const place = barText(frames, project);
    if (text + place === shown) return;
    shown = text + place;
    time.textContent = text;
    bars.textContent = place;
  });

  return (
    <div class={`clock ${props.class ?? ''}`} role="timer" aria-label="Position">
      <b ref={time} />
      <span ref={bars} data-tip="Bar, beat, sixteenth" />
    </div>
  );
}
