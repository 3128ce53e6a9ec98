import { createSignal, Match, onCleanup, Show, Switch } from 'solid-js';
import type { ExportFormat, ExportJob, ExportSettings } from '../../bridge/exportTypes';
import { Dialog } from '../kit/Dialog';
import { finishGesture } from '../kit/gesture';
import { useStudio } from '../state/studio';
import { ExportForm } from './ExportForm';
import { ExportProgress } from './ExportProgress';
import { ExportResult } from './ExportResult';
import './dialogs.css';

export interface ExportDialogProps {
  open: boolean;
  onClose: () => void;
}

/** The format that was chosen last; stays while the page is open. */
const [chosenFormat, setChosenFormat] = createSignal<ExportFormat>('wav');

/** From the choices through the writing to the sum-up, in one dialog. */
export default function ExportDialog(props: ExportDialogProps) {
  const studio = useStudio();
  const defaults = studio.exporter.defaults();
  const format = defaults.bits === '32f' ? 'wav' : chosenFormat();
  const [settings, setSettings] = createSignal<ExportSettings>({ ...defaults, format });
  const [job, setJob] = createSignal<ExportJob | null>(null);
  const state = () => job()?.state() ?? null;
  const busy = () => state() === 'choosing' || state() === 'rendering' || state() === 'saving';
  const over = () => state() === 'done' || state() === 'failed';

  const change = (next: ExportSettings) => {
    if (next.format !== settings().format) setChosenFormat(next.format);
    setSettings(next);
  };
  const start = () => {
    finishGesture();
    setJob(studio.exporter.run(settings()));
  };
  const again = () => setJob(null);
  const close = () => {
    if (busy()) job()?.cancel();
    props.onClose();
  };
  onCleanup(() => busy() && job()?.cancel());

  return (
    <Dialog
      title="Export"
      open={props.open}
      onClose={close}
      class="export-dialog"
      initialFocus={() => document.querySelector<HTMLElement>('[data-first-focus]') ?? undefined}
      onConfirm={() => !busy() && !over() && start()}
    >
      <Switch
        fallback={<ExportForm settings={settings()} onChange={change} onExport={start} onCancel={close} />}
      >
        <Match when={busy() && job()}>
          {(running) => <ExportProgress job={running()} settings={settings()} />}
        </Match>
        <Match when={over() && job()}>
          {(finished) => (
            <ExportResult job={finished()} settings={settings()} onAgain={again} onClose={close} />
          )}
        </Match>
      </Switch>
      <Show when={state() === 'cancelled'}>
        <p class="hidden" role="status">
          Nothing was written.
        </p>
      </Show>
    </Dialog>
  );
}
