import { For, Show } from 'solid-js';
import type { MasterReport, MixReport } from '../../mastering/report';
import { lengthText } from '../bar/positionText';
import { Icon } from '../kit/Icon';
import { fixed, typographic } from '../kit/valueText';
import { bytesText } from '../projects/when';

const figure = (value: number | null, unit: string, digits = 1): string =>
  value === null ? '−∞' : typographic(`${fixed(value, digits)} ${unit}`);

/** What a finished file is: its figures, its checks and, of a master, what services make of it. */
export function FileReport(props: { report: MasterReport | MixReport; format: string }) {
  const after = () => props.report.after;
  const file = () => props.report.file;
  const failedFirst = () => [...props.report.checks].sort((a, b) => Number(a.passed) - Number(b.passed));
  const services = () => (props.report.what === 'master' ? props.report.services : []);
  return (
    <div class="report scrolls">
      <dl class="export-facts">
        <dt>Integrated</dt>
        <dd>{figure(after().integratedLufs, 'LUFS')}</dd>
        <dt>True peak</dt>
        <dd>{figure(after().truePeakDbtp, 'dBTP', 2)}</dd>
        <dt>Range</dt>
        <dd>{figure(after().loudnessRangeLu, 'LU')}</dd>
        <dt>Peak to loudness</dt>
        <dd>{figure(after().plrLu, 'LU')}</dd>
        <dt>Length</dt>
        <dd>{lengthText(after().seconds, 1)}</dd>
        <dt>Format</dt>
        <dd>{props.format}</dd>
        <dt>Size</dt>
        <dd>{bytesText(file().bytes)}</dd>
        <dt>SHA-256</dt>
        <dd class="hash" title={file().pcmSha256}>
          {file().pcmSha256.slice(0, 16)}…
        </dd>
      </dl>
      <ul class="report-checks" aria-label="Checks">
        <For each={failedFirst()}>
          {(check) => (
            <li classList={{ failed: !check.passed }}>
              <Icon name={check.passed ? 'circle-check' : 'triangle-alert'} small />
              <span class="grow">{check.name}</span>
              <span>{check.found}</span>
              <Show when={!check.passed}>
                <p>{check.sentence}</p>
              </Show>
            </li>
          )}
        </For>
      </ul>
      <Show when={services().length > 0}>
        <table class="report-services">
          <thead>
            <tr>
              <th>Service</th>
              <th>Plays at</th>
              <th>Change</th>
            </tr>
          </thead>
          <tbody>
            <For each={services()}>
              {(service) => (
                <tr title={service.sentence}>
                  <td>{service.name}</td>
                  <td>{figure(service.playsAtLufs, 'LUFS', 0)}</td>
                  <td>{service.changeDb === 0 ? 'none' : figure(service.changeDb, 'dB')}</td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </Show>
    </div>
  );
}
