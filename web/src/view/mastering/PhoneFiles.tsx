import { createSignal, Show } from 'solid-js';
import { Dialog } from '../kit/Dialog';
import { useStudio } from '../state/studio';
import { FilesPanel } from './FilesPanel';
import { fileLine } from './gridLines';

/** What comes behind the chain, as a row of it, and its panel over the phone's page. */
export function PhoneFiles() {
  const studio = useStudio();
  const [open, setOpen] = createSignal(false);
  return (
    <div class="phone-stage">
      <button type="button" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <b>Dither and files</b>
        <span class="text-3">{fileLine(studio.project().mastering)}</span>
      </button>
      <Show when={open()}>
        <Dialog open title="Dither and files" class="phone-device" onClose={() => setOpen(false)}>
          <FilesPanel />
        </Dialog>
      </Show>
    </div>
  );
}
