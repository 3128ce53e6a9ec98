import type { Tempo } from '../../model/types';
import { Select } from '../kit/Choice';
import { ValueField } from '../kit/ValueField';
import { linearSpec } from '../kit/valueSpec';

const tempoSpec = {
  ...linearSpec({ min: 20, max: 400, defaultValue: 120, unit: 'BPM', decimals: 1, step: 1, quantum: 0.1 }),
  typing: '96   128.5',
};
const beatUnits = ['2', '4', '8', '16'];
const beats = Array.from({ length: 15 }, (_, index) => String(index + 1));
const options = (values: readonly string[]) => values.map((value) => ({ value, label: value }));

export interface TempoFieldsProps {
  tempo: Tempo;
  onPreview: (fields: Partial<Tempo>) => void;
  onCommit: (label: string, fields: Partial<Tempo>) => void;
  onCancel: () => void;
}

/** Tempo and time signature to turn, choose and type. */
export function TempoFields(props: TempoFieldsProps) {
  return (
    <>
      <div class="form-row">
        <span>Tempo</span>
        <ValueField
          label="Tempo"
          value={props.tempo.bpm}
          spec={tempoSpec}
          onPreview={(bpm) => props.onPreview({ bpm })}
          onCommit={(bpm) => props.onCommit('Set tempo', { bpm })}
          onCancel={() => props.onCancel()}
        />
      </div>
      <div class="form-row">
        <span>Signature</span>
        <div class="signature">
          <Select
            label="Beats in a bar"
            options={options(beats)}
            value={String(props.tempo.beatsPerBar)}
            onChange={(value) => props.onCommit('Set signature', { beatsPerBar: Number(value) })}
          />
          <span aria-hidden="true">/</span>
          <Select
            label="Note of a beat"
            options={options(beatUnits)}
            value={String(props.tempo.beatUnit)}
            onChange={(value) => props.onCommit('Set signature', { beatUnit: Number(value) })}
          />
        </div>
      </div>
    </>
  );
}
