import { createSignal, Match, onCleanup, Show, Switch } from 'solid-js';
import type { ExportJob } from '../../bridge/exportTypes';
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

/** From the choices through the writing to the sum-up, in one dialog. */
export default function ExportDialog(props: ExportDialogProps) {
  const studio = useStudio();
  const [settings, setSettings] = createSignal(studio.exporter.defaults());
  const [job, setJob] = createSignal<ExportJob | null>(null);
  const state = () => job()?.state() ?? null;
  const busy = () => state() === 'choosing' || state() === 'rendering' || state() === 'saving';
  const over = () => state() === 'done' || state() === 'failed';

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
        fallback={
          <ExportForm settings={settings()} onChange={setSettings} onExport={start} onCancel={close} />
        }
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
