import { createMemo, createSignal, onCleanup, onMount, Show } from 'solid-js';
import { setImpulse } from '../../../commands/inserts';
import { builtinImpulsePrefix } from '../../../model/types';
import { chooseFilesFor } from '../../files/AudioFilesInput';
import { carriesFiles, filesOfTransfer } from '../../files/droppedFiles';
import { Button } from '../../kit/Button';
import { Icon } from '../../kit/Icon';
import { useStudio } from '../../state/studio';
import type { DeviceGraphProps } from '../deviceGraph';
import { ConvolutionPicture, outlineOf } from './convolutionPicture';
import { graphFrom } from './PictureGraph';

/** Room for the words that say where an impulse may be dropped. */
const dropPx = 120;
const widePx = 400;

/** The impulse with its flags, and where another comes from: a file dropped on the panel, or chosen. */
export function ConvolutionGraph(props: DeviceGraphProps) {
  const studio = useStudio();
  const source = createMemo(() =>
    props.impulseId === null ? null : (studio.project().sources[props.impulseId] ?? null),
  );
  const missing = () =>
    props.impulseId !== null && !props.impulseId.startsWith(builtinImpulsePrefix) && source() === null;
  const outline = createMemo(() => {
    const peaks = missing() ? null : studio.impulses.peaks(props.impulseId);
    return peaks ? outlineOf(peaks, props.sampleRateHz) : null;
  });
  const [over, setOver] = createSignal(false);
  let box!: HTMLDivElement;
  const Graph = graphFrom(
    () => new ConvolutionPicture(outline, () => (box.clientWidth >= widePx ? dropPx : 0)),
  );

  const take = ([file]: readonly File[]) => {
    if (file && props.place.kind === 'insert')
      void studio.impulses.choose(props.ownerId, props.place.insertId, file);
  };
  const choose = () => chooseFilesFor(take);
  const standard = () => studio.impulses.builtin.find(({ id }) => id === studio.impulses.standardId);
  const useStandard = () => {
    if (props.place.kind !== 'insert') return;
    studio.doc.commit(
      'Choose impulse response',
      setImpulse(studio.project(), {
        ownerId: props.ownerId,
        insertId: props.place.insertId,
        impulseId: studio.impulses.standardId,
      }),
    );
  };

  const onDragOver = (event: DragEvent) => {
    if (!carriesFiles(event.dataTransfer)) return;
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
    setOver(true);
  };
  const onDragLeave = () => setOver(false);
  const onDrop = (event: DragEvent) => {
    setOver(false);
    if (!event.dataTransfer || !carriesFiles(event.dataTransfer)) return;
    event.preventDefault();
    void filesOfTransfer(event.dataTransfer).then(take);
  };
  onMount(() => {
    const panel = box.closest<HTMLElement>('.device-panel') ?? box;
    panel.addEventListener('dragover', onDragOver);
    panel.addEventListener('dragleave', onDragLeave);
    panel.addEventListener('drop', onDrop);
    onCleanup(() => {
      panel.removeEventListener('dragover', onDragOver);
      panel.removeEventListener('dragleave', onDragLeave);
      panel.removeEventListener('drop', onDrop);
    });
  });

  return (
    <div ref={box} class="convolution-graph">
      <Graph {...props} />
      <Show
        when={missing()}
        fallback={
          <div class="impulse-drop" classList={{ over: over() }}>
            <Icon name="audio-waveform" />
            <span>Drop an impulse to replace</span>
            <Button onClick={choose}>Choose file</Button>
          </div>
        }
      >
        <div class="impulse-missing" classList={{ over: over() }} role="note">
          <b>
            <Icon name="triangle-alert" small />
            The impulse is not on this computer
          </b>
          <span>The reverb is silent until it is found. Drop it here, or</span>
          <div>
            <Button icon="folder-open" onClick={choose}>
              Find the file
            </Button>
            <Button variant="ghost" onClick={useStandard}>
              Use “{standard()?.name}” instead
            </Button>
          </div>
        </div>
      </Show>
    </div>
  );
}
