import { For, type JSX, Show } from 'solid-js';
import type {
  ExportBits,
  ExportDither,
  ExportFormat,
  ExportRange,
  ExportSettings,
  ExportWhat,
} from '../../bridge/exportTypes';
import { targetOf } from '../../mastering/targets';
import { lengthText } from '../bar/positionText';
import { Button } from '../kit/Button';
import { Select } from '../kit/Choice';
import { bytesText, countText } from '../projects/when';
import { useStudio } from '../state/studio';
import { bitsText, ditherText, formatText, hasLoop, loopText, rateText } from './exportText';
import { OutlinePicture } from './OutlinePicture';

export interface ExportFormProps {
  settings: ExportSettings;
  onChange: (settings: ExportSettings) => void;
  onExport: () => void;
  onCancel: () => void;
}

const bitDepths: readonly ExportBits[] = [16, 24, '32f'];
const shownNames = 3;

const whatHints: Readonly<Record<ExportWhat, string>> = {
  mix: 'What you hear, bit for bit, with nothing after the master fader. Listening volume, mono and dim are left out.',
  master:
    'The mix through the mastering chain, at the rate of the file. The finished file is measured and comes with a report.',
  stems: 'Each track through its strip and the master fader: together they sum to the mix.',
};

const row = (label: string, content: JSX.Element) => (
  <div class="export-row">
    <span>{label}</span>
    {content}
  </div>
);

/** What to write, and what the file will be. */
export function ExportForm(props: ExportFormProps) {
  const studio = useStudio();
  const set = (fields: Partial<ExportSettings>) => props.onChange({ ...props.settings, ...fields });
  const estimate = () => studio.exporter.estimate(props.settings);
  const target = () => targetOf(studio.project().mastering.targetId);
  const looped = () => hasLoop(studio.project());
  const rates = () =>
    studio.exporter.sampleRates.map((hz) => ({
      value: String(hz),
      label: hz === studio.project().sampleRateHz ? `${rateText(hz)}, as the project` : rateText(hz),
    }));
  const depths = () =>
    bitDepths.map((bits) => {
      const missing = bits === '32f' && props.settings.format === 'flac';
      return {
        value: String(bits),
        label: missing ? `${bitsText(bits)}, WAV only` : bitsText(bits),
        disabled: missing,
      };
    });
  const dithers = () =>
    (props.settings.bits === '32f' ? ['none'] : ['none', 'tpdf', 'shaped']).map((value) => ({
      value,
      label: ditherText[value as ExportDither],
    }));

  return (
    <>
      <div class="export-body">
        <div class="export-form">
          {row(
            'What',
            <Select<ExportWhat>
              label="What"
              value={props.settings.what}
              options={[
                { value: 'mix', label: 'Mix' },
                { value: 'master', label: `Master for ${target().name}` },
                { value: 'stems', label: `Stems, one file a track (${studio.project().tracks.length})` },
              ]}
              onChange={(what) => set({ what })}
            />,
          )}
          {row(
            'Range',
            <Select<ExportRange>
              label="Range"
              value={props.settings.range}
              options={[
                { value: 'song', label: 'Whole song' },
                {
                  value: 'loop',
                  label: looped() ? loopText(studio.project()) : 'Loop (none is set)',
                  disabled: !looped(),
                },
              ]}
              onChange={(range) => set({ range })}
            />,
          )}
          {row(
            'Format',
            <Select<ExportFormat>
              label="Format"
              value={props.settings.format}
              options={[
                { value: 'wav', label: 'WAV' },
                props.settings.bits === '32f'
                  ? { value: 'flac', label: 'FLAC, 16 or 24 bit', disabled: true }
                  : { value: 'flac', label: 'FLAC' },
              ]}
              onChange={(format) => set({ format })}
            />,
          )}
          {row(
            'Sample rate',
            <Select
              label="Sample rate"
              value={String(props.settings.sampleRateHz)}
              options={rates()}
              onChange={(hz) => set({ sampleRateHz: Number(hz) })}
            />,
          )}
          {row(
            'Resolution',
            <div class="export-pair">
              <Select
                label="Bit depth"
                value={String(props.settings.bits)}
                options={depths()}
                onChange={(value) => {
                  const bits = bitDepths.find((depth) => String(depth) === value) ?? 24;
                  set({ bits, dither: studio.exporter.ditherFor(bits) });
                }}
              />
              <Select
                label="Dither"
                value={props.settings.dither}
                options={dithers()}
                disabled={props.settings.bits === '32f'}
                onChange={(dither) => set({ dither: dither as ExportDither })}
              />
            </div>,
          )}
          <p class="export-hint">{whatHints[props.settings.what]}</p>
        </div>
        <aside class="export-summary" aria-label="The file will be">
          <h3>{estimate().fileNames.length === 1 ? 'The file will be' : 'The files will be'}</h3>
          <div class="export-names">
            <For each={estimate().fileNames.slice(0, shownNames)}>{(name) => <div>{name}</div>}</For>
            <Show when={estimate().fileNames.length > shownNames}>
              <div class="text-3">and {estimate().fileNames.length - shownNames} more</div>
            </Show>
          </div>
          <OutlinePicture range={props.settings.range} />
          <dl>
            <dt>Length</dt>
            <dd>{lengthText(estimate().seconds, 1)}</dd>
            <dt>Size</dt>
            <dd>{`${estimate().exact ? '' : '≈ '}${bytesText(estimate().bytes)}`}</dd>
            <dt>Format</dt>
            <dd>{formatText(props.settings)}</dd>
            <dt>Channels</dt>
            <dd>Stereo</dd>
            <Show when={estimate().fileNames.length > 1}>
              <dt>Files</dt>
              <dd>{countText(estimate().fileNames.length, 'file')}</dd>
            </Show>
          </dl>
        </aside>
      </div>
      <footer>
        <span class="grow" />
        <Button large variant="ghost" onClick={props.onCancel}>
          Cancel
        </Button>
        <Button large variant="primary" data-first-focus onClick={props.onExport}>
          Export
        </Button>
      </footer>
    </>
  );
}
