import { createSignal, For, lazy, Show } from 'solid-js';
import type { ExportedFile, ExportJob, ExportSettings } from '../../bridge/exportTypes';
import { setMasterParam } from '../../commands/strips';
import type { Report, ReportedStem } from '../../mastering/report';
import { lengthText } from '../bar/positionText';
import { Button } from '../kit/Button';
import { Icon } from '../kit/Icon';
import { fixed, typographic } from '../kit/valueText';
import { bytesText, countText } from '../projects/when';
import { useStudio } from '../state/studio';
import { dbfsText, formatText, type Verdict, verdictOf } from './exportText';
import { FileReport } from './FileReport';

const ReportPage = lazy(() => import('./ReportPage'));

export interface ExportResultProps {
  job: ExportJob;
  settings: ExportSettings;
  onAgain: () => void;
  onClose: () => void;
}

const headroomText = (db: number | null) => (db === null ? '−' : typographic(`${fixed(db, 1)} dB`));
const levelText = (value: number | null | undefined, unit: string) =>
  typeof value === 'number' ? typographic(`${fixed(value, 1)} ${unit}`) : '−';
const failures = (checks: ReportedStem['checks']) =>
  checks
    .filter(({ passed }) => !passed)
    .map(({ sentence }) => sentence)
    .join(' ');
const clippedText = (count: number) => (count === 0 ? 'none' : countText(count, 'sample'));

function OneFile(props: { file: ExportedFile; settings: ExportSettings }) {
  return (
    <dl class="export-facts">
      <dt>Peak</dt>
      <dd>{dbfsText(props.file.peakDbfs)}</dd>
      <dt>Headroom</dt>
      <dd>{headroomText(props.file.headroomDb)}</dd>
      <dt>RMS</dt>
      <dd>{dbfsText(props.file.rmsDbfs)}</dd>
      <dt>Clipping</dt>
      <dd>{clippedText(props.file.clippedSamples)}</dd>
      <dt>Length</dt>
      <dd>{lengthText(props.file.seconds, 1)}</dd>
      <dt>Size</dt>
      <dd>{bytesText(props.file.bytes)}</dd>
      <dt>Format</dt>
      <dd>{formatText(props.settings)}</dd>
    </dl>
  );
}

function ManyFiles(props: { files: readonly ExportedFile[]; stems: readonly ReportedStem[] }) {
  const found = (place: number) => props.stems[place];
  return (
    <div class="export-table scrolls">
      <table>
        <thead>
          <tr>
            <th>File</th>
            <th>Loudness</th>
            <th>True peak</th>
            <th>Headroom</th>
            <th>Clipping</th>
            <th>Length</th>
          </tr>
        </thead>
        <tbody>
          <For each={props.files}>
            {(file, place) => (
              <tr
                classList={{ failed: found(place())?.passed === false }}
                title={failures(found(place())?.checks ?? [])}
              >
                <td>{file.name}</td>
                <td>{levelText(found(place())?.after.integratedLufs, 'LUFS')}</td>
                <td>{levelText(found(place())?.after.truePeakDbtp, 'dBTP')}</td>
                <td>{headroomText(file.headroomDb)}</td>
                <td>{clippedText(file.clippedSamples)}</td>
                <td>{lengthText(file.seconds, 1)}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </div>
  );
}

/** The sum-up of what was written, or why it was not. */
export function ExportResult(props: ExportResultProps) {
  const studio = useStudio();
  const files = () => props.job.files();
  const failed = () => props.job.state() === 'failed';
  const lower = (db: number) => {
    const value = studio.project().master.params.volumeDb - db;
    studio.doc.commit('Master volume', setMasterParam(studio.project(), { param: 'volumeDb', value }));
    props.onAgain();
  };
  const report = () => props.job.report();
  const [opened, setOpened] = createSignal<Report | null>(null);
  const fileReport = () => {
    const made = report();
    return made && made.what !== 'stems' ? made : null;
  };
  const stems = () => {
    const made = report();
    return made?.what === 'stems' ? made.stems : [];
  };
  const verdict = (): Verdict => {
    const made = report();
    const levels = verdictOf(files(), props.settings.bits);
    if (!made) return levels;
    if (made.what === 'master') return { good: made.passed, text: made.verdict };
    return { ...levels, good: levels.good && made.passed, text: `${levels.text} ${made.verdict}` };
  };
  return (
    <>
      <Show
        when={!failed()}
        fallback={
          <div class="export-result">
            <p class="export-verdict bad" role="alert">
              <Icon name="triangle-alert" />
              {props.job.error() ?? 'The export did not work.'}
            </p>
          </div>
        }
      >
        <div class="export-result">
          <h3>{files().length === 1 ? files()[0]?.name : `${files().length} files`}</h3>
          <p class="export-verdict" classList={{ bad: !verdict().good }} role="status">
            <Icon name={verdict().good ? 'circle-check' : 'triangle-alert'} />
            <span class="grow">{verdict().text}</span>
            <Show when={verdict().lowerByDb}>
              {(db) => <Button onClick={() => lower(db())}>Lower the master by {fixed(db(), 1)} dB</Button>}
            </Show>
          </p>
          <Show
            when={fileReport()}
            fallback={
              <Show
                when={props.settings.what !== 'stems' && files()[0]}
                fallback={<ManyFiles files={files()} stems={stems()} />}
              >
                {(file) => <OneFile file={file()} settings={props.settings} />}
              </Show>
            }
          >
            {(made) => <FileReport report={made()} format={formatText(props.settings)} />}
          </Show>
        </div>
      </Show>
      <footer>
        <Show when={report()}>
          {(made) => (
            <>
              <Button large onClick={() => setOpened(made())}>
                Open report
              </Button>
              <Button
                large
                variant="ghost"
                class="save-report"
                onClick={() => studio.exporter.saveReport(made(), 'page')}
              >
                Save report
              </Button>
              <Button
                large
                variant="ghost"
                class="save-report"
                onClick={() => studio.exporter.saveReport(made(), 'json')}
              >
                Report as JSON
              </Button>
            </>
          )}
        </Show>
        <span class="grow" />
        <Button large variant="ghost" onClick={props.onAgain}>
          {failed() ? 'Try again' : 'Export more'}
        </Button>
        <Button large variant="primary" onClick={props.onClose}>
          Done
        </Button>
      </footer>
      <Show when={opened()}>{(made) => <ReportPage report={made()} onClose={() => setOpened(null)} />}</Show>
    </>
  );
}
