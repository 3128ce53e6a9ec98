import { Popover } from '@kobalte/core/popover';
import type { Studio } from '../../bridge/studioTypes';
import { setTempo } from '../../commands/timeline';
import type { Tempo } from '../../model/types';
import { Select } from '../kit/Choice';
import { ValueField } from '../kit/ValueField';
import { linearSpec } from '../kit/valueSpec';
import { fixed } from '../kit/valueText';
import { useStudio } from '../state/studio';

const tempoSpec = {
  ...linearSpec({ min: 20, max: 400, defaultValue: 120, unit: 'BPM', decimals: 1, step: 1, quantum: 0.1 }),
  typing: '96   128.5',
};
const beatUnits = ['2', '4', '8', '16'];
const beats = Array.from({ length: 15 }, (_, index) => String(index + 1));
const options = (values: readonly string[]) => values.map((value) => ({ value, label: value }));

const withTempo = (studio: Studio, fields: Partial<Tempo>) => setTempo(studio.project(), fields);

/** Tempo and time signature; they draw the ruler and the grid, the sound stays as it is. */
export function TempoButton() {
  const studio = useStudio();
  const tempo = () => studio.project().tempo;
  const signature = () => `${tempo().beatsPerBar}/${tempo().beatUnit}`;
  const set = (label: string, fields: Partial<Tempo>) => studio.doc.commit(label, withTempo(studio, fields));
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
          <div class="form-row">
            <span>Tempo</span>
            <ValueField
              label="Tempo"
              value={tempo().bpm}
              spec={tempoSpec}
              onPreview={(bpm) => studio.doc.preview(withTempo(studio, { bpm }))}
              onCommit={(bpm) => set('Set tempo', { bpm })}
              onCancel={() => studio.doc.preview(null)}
            />
          </div>
          <div class="form-row">
            <span>Signature</span>
            <div class="signature">
              <Select
                label="Beats in a bar"
                options={options(beats)}
                value={String(tempo().beatsPerBar)}
                onChange={(value) => set('Set signature', { beatsPerBar: Number(value) })}
              />
              <span aria-hidden="true">/</span>
              <Select
                label="Note of a beat"
                options={options(beatUnits)}
                value={String(tempo().beatUnit)}
                onChange={(value) => set('Set signature', { beatUnit: Number(value) })}
              />
            </div>
          </div>
          <p class="form-hint">For ruler and grid. The audio keeps its own tempo.</p>
        </Popover.Content>
      </Popover.Portal>
    </Popover>
  );
}
