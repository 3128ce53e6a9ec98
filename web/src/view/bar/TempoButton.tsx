import { Popover } from '@kobalte/core/popover';
import { Show } from 'solid-js';
import { addTempoChange } from '../../commands/tempo';
import type { Tempo } from '../../model/types';
import { fixed } from '../kit/valueText';
import { useStudio } from '../state/studio';
import { createTempoNow } from '../state/tempoNow';
import { TempoFields } from './TempoFields';

/** Tempo and time signature at the playhead; they draw the ruler and the grid, the sound stays as it is. */
export function TempoButton() {
  const studio = useStudio();
  const tempo = createTempoNow();
  const signature = () => `${tempo().beatsPerBar}/${tempo().beatUnit}`;
  const changed = (fields: Partial<Tempo>) =>
    addTempoChange(studio.project(), { frame: tempo().startFrame, ...fields });
  return (
    <Popover gutter={6} placement="bottom">
      <Popover.Trigger
        class="tempo"
        aria-label={`Tempo ${fixed(tempo().bpm, 1)}, ${signature()}`}
        data-tip="Tempo and time signature"
      >
        <b>{fixed(tempo().bpm, 1)}</b>
        <span>{signature()}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content class="popover panel-popover" aria-label="Tempo and time signature">
          <TempoFields
            tempo={tempo()}
            onPreview={(fields) => studio.doc.preview(changed(fields))}
            onCommit={(label, fields) => studio.doc.commit(label, changed(fields))}
            onCancel={() => studio.doc.preview(null)}
          />
          <p class="form-hint">
            For ruler and grid. The audio keeps its own tempo.{' '}
            <Show
              when={studio.project().tempoChanges.length > 0}
              fallback="A right click in the ruler adds a change."
            >
              Here from {tempo().startFrame === 0 ? 'the start' : `bar ${tempo().startBar + 1}`} on.
            </Show>
          </p>
        </Popover.Content>
      </Popover.Portal>
    </Popover>
  );
}
