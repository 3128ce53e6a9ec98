import { createSignal, onCleanup, onMount, Show } from 'solid-js';
import { Icon } from '../kit/Icon';
import { useStudio } from '../state/studio';
import { carriesFiles, filesOfTransfer } from './droppedFiles';
import './files.css';

/**
 * Takes what is dropped anywhere on the page and no lane has taken: new tracks, from the beginning. Mounted once by the
 * app.
 */
export function DropEverywhere(props: { showHint: boolean }) {
  const studio = useStudio();
  const [over, setOver] = createSignal(false);
  let timer: ReturnType<typeof setTimeout> | undefined;

  const bring = async (transfer: DataTransfer) => {
    const files = await filesOfTransfer(transfer);
    if (files.length > 0) await studio.files.importFiles(files);
  };
  const dragOver = (event: DragEvent) => {
    if (!carriesFiles(event.dataTransfer)) return;
    if (!event.defaultPrevented) {
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
      setOver(true);
    } else setOver(false);
    clearTimeout(timer);
    // The end of a drag outside the window is not told; the stream of events simply stops.
    timer = setTimeout(() => setOver(false), 400);
  };
  const drop = (event: DragEvent) => {
    setOver(false);
    if (event.defaultPrevented || !event.dataTransfer || !carriesFiles(event.dataTransfer)) return;
    event.preventDefault();
    void bring(event.dataTransfer);
  };
  onMount(() => {
    window.addEventListener('dragover', dragOver);
    window.addEventListener('drop', drop);
  });
  onCleanup(() => {
    clearTimeout(timer);
    window.removeEventListener('dragover', dragOver);
    window.removeEventListener('drop', drop);
  });

  return (
    <Show when={over() && props.showHint}>
      <div class="drop-hint" aria-hidden="true">
        <div>
          <Icon name="layers" />
          <b>New tracks</b>
          <span>All start together, at the beginning</span>
        </div>
      </div>
    </Show>
  );
}
