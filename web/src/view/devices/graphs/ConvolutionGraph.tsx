import { createMemo, Show } from 'solid-js';
import { Icon } from '../../kit/Icon';
import { useStudio } from '../../state/studio';
import type { DeviceGraphProps } from '../deviceGraph';
import { ConvolutionPicture, outlineOf } from './convolutionPicture';
import { graphFrom } from './PictureGraph';

/** Room for the words that say where an impulse may be dropped. */
const dropPx = 120;
const widePx = 400;

/** The impulse with its flags; where none is chosen, or its file is gone, words say so. */
export function ConvolutionGraph(props: DeviceGraphProps) {
  const studio = useStudio();
  const source = createMemo(() =>
    props.impulseId === null ? null : (studio.project().sources[props.impulseId] ?? null),
  );
  const outline = createMemo(() => {
    const peaks = props.impulseId === null ? null : studio.peaks.get(props.impulseId);
    return peaks ? outlineOf(peaks, props.sampleRateHz) : null;
  });
  let box!: HTMLDivElement;
  const Graph = graphFrom(
    () => new ConvolutionPicture(outline, () => (box.clientWidth >= widePx ? dropPx : 0)),
  );
  return (
    <div ref={box} class="convolution-graph">
      <Graph {...props} />
      <div class="drop-hint" aria-hidden="true">
        <Icon name="audio-waveform" />
        {source() ? 'Drop an impulse to replace' : 'Drop an impulse here'}
      </div>
      <Show when={props.impulseId !== null && source() === null}>
        <div class="impulse-missing" role="note">
          <b>
            <Icon name="triangle-alert" small />
            The impulse is not on this computer
          </b>
          <span>The reverb is silent until it is found: drop its file here.</span>
        </div>
      </Show>
    </div>
  );
}
