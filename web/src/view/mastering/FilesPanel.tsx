import { createMemo, createSignal, For, onCleanup, Show } from 'solid-js';
import { type ExportListJob, exportList } from '../../bridge/exportList';
import type { ExportedFile } from '../../bridge/exportTypes';
import { checksOf } from '../../mastering/checks';
import { type MasterDither, type MasteringFields, type MasterWord, masteringId } from '../../model/types';
import { enlargedDevice, setActiveDevice, setEnlargedDevice } from '../devices/openDevice';
import { leftText } from '../dialogs/exportText';
import { Button, IconButton } from '../kit/Button';
import { Segmented } from '../kit/Choice';
import { finishGesture } from '../kit/gesture';
import { Icon } from '../kit/Icon';
import { fixed, typographic } from '../kit/valueText';
import { bytesText } from '../projects/when';
import { useStudio } from '../state/studio';
import { filesPlace } from './grid';
import { masterFiles } from './masterFiles';
import { NoisePicture } from './NoisePicture';
import { targetNow } from './targetNow';
import './filesPanel.css';

const words: readonly { value: MasterWord; label: string }[] = [
  { value: '16', label: '16 bit' },
  { value: '24', label: '24 bit' },
  { value: '32f', label: '32 float' },
];
const noises: readonly { value: MasterDither; label: string }[] = [
  { value: 'tpdf', label: 'Plain (TPDF)' },
  { value: 'shaped', label: 'Shaped' },
  { value: 'none', label: 'None' },
];

/** Which files are ticked; stays while the page is open. */
const [ticked, setTicked] = createSignal<ReadonlySet<string>>(new Set(['wav 24', 'wav 16']));

const level = (value: number | null | undefined, unit: string) =>
  value === null || value === undefined ? '–' : `${typographic(fixed(value, 1))} ${unit}`;

/** What comes behind the chain: the word of the file, its noise, and the files that are written. */
export function FilesPanel() {
  const studio = useStudio();
  const { song } = studio.mastering;
  const target = targetNow(studio);
  const mastering = () => studio.project().mastering;
  const files = createMemo(() => masterFiles(studio.project()));
  const wanted = () => files().filter(({ id }) => ticked().has(id));
  const [job, setJob] = createSignal<ExportListJob | null>(null);
  const [asked, setAsked] = createSignal<readonly string[]>([]);
  const busy = () => {
    const state = job()?.state();
    return state === 'choosing' || state === 'rendering' || state === 'saving';
  };
  const written = (id: string): ExportedFile | undefined => job()?.files()[asked().indexOf(id)];
  const measured = () => (song.stale() ? null : (song.analysis()?.after ?? null));
  const checks = createMemo(() => {
    const after = measured();
    return after ? checksOf(after, target()) : [];
  });
  const passing = () => checks().filter(({ passed }) => passed).length;
  const set = (label: string, fields: MasteringFields) =>
    studio.doc.commit(label, [{ op: 'mastering.set', fields }]);
  const setWord = (word: MasterWord) => {
    const { dither } = mastering();
    const usual = word === '16' && dither === 'none' ? 'tpdf' : word === '24' ? 'none' : dither;
    set('Word of the file', { word, dither: usual });
  };
  const tick = (id: string) => {
    const next = new Set(ticked());
    if (!next.delete(id)) next.add(id);
    setTicked(next);
  };
  const start = () => {
    finishGesture();
    setAsked(wanted().map(({ id }) => id));
    setJob(
      exportList(
        studio.exporter,
        wanted().map(({ settings }) => settings),
        studio.project().name,
      ),
    );
  };
  onCleanup(() => busy() && job()?.cancel());
  const alone = () => enlargedDevice()?.key === filesPlace;
  const here = { ownerId: masteringId, key: filesPlace };
  const toggleAlone = () => setEnlargedDevice(alone() ? null : here);
  const said = () => {
    const state = job()?.state();
    if (state === 'failed') return { bad: true, text: job()?.error() ?? 'The files could not be written.' };
    if (state === 'cancelled')
      return {
        bad: false,
        text: (job()?.files().length ?? 0) > 0 ? 'The rest was not written.' : 'Nothing was written.',
      };
    if (state !== 'done') return null;
    const count = job()?.files().length ?? 0;
    return { bad: false, text: count === 1 ? 'The file is written.' : `${count} files are written.` };
  };
  const unheard = () => mastering().word === '16' && mastering().dither === 'none';

  return (
    <div
      class="panel device-panel files-panel"
      classList={{ enlarged: alone() }}
      role="group"
      aria-label="Dither and files"
      data-device={filesPlace}
      tabIndex={-1}
      onFocusIn={() => setActiveDevice(here)}
      onKeyDown={(event) => {
        if ((event.target as Element).closest('input')) return;
        if (event.key.toLowerCase() !== 'e' || event.ctrlKey || event.metaKey || event.altKey) return;
        toggleAlone();
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <header>
        <h3>Dither and files</h3>
        <span class="grow" />
        <Show when={checks().length > 0}>
          <span class={`files-checks ${passing() === checks().length ? 'ok-text' : 'bad-text'}`}>
            <Icon name={passing() === checks().length ? 'circle-check' : 'circle-x'} small />
            {passing()} of {checks().length} checks
          </span>
        </Show>
        <IconButton
          small
          icon="maximize-2"
          label="Enlarge"
          keys={alone() ? 'Esc' : 'E'}
          tip={alone() ? 'Back' : 'Enlarge'}
          pressed={alone()}
          onClick={toggleAlone}
        />
      </header>
      <div class="files-body">
        <div class="files-noise">
          <div class="files-choices">
            <span aria-hidden="true">Word</span>
            <Segmented label="Word" options={words} value={mastering().word} onChange={setWord} />
            <span aria-hidden="true">Noise</span>
            <Segmented
              label="Noise"
              options={noises.map((noise) => ({ ...noise, disabled: mastering().word === '32f' }))}
              value={mastering().word === '32f' ? 'none' : mastering().dither}
              onChange={(dither) => set('Noise of the file', { dither })}
            />
            <Show when={unheard()}>
              <p class="warn-text">
                <Icon name="triangle-alert" small />
                Without noise the rounding follows the music and distorts it.
              </p>
            </Show>
          </div>
          <NoisePicture />
        </div>
        <div class="files-list">
          <ul>
            <For each={files()}>
              {(file) => {
                const size = () => {
                  const { bytes, exact } = studio.exporter.estimate(file.settings);
                  return written(file.id) || exact
                    ? bytesText(written(file.id)?.bytes ?? bytes)
                    : `≈ ${bytesText(bytes)}`;
                };
                const report = () => {
                  const found = job()?.reports()[asked().indexOf(file.id)];
                  return found?.what === 'master' ? found.after : null;
                };
                const figures = () => report() ?? measured();
                const over = () => (figures()?.truePeakDbtp ?? -100) > target().ceilingDbtp + 0.005;
                return (
                  <li classList={{ on: file.word === mastering().word }}>
                    <label data-tip={file.purpose}>
                      <input
                        type="checkbox"
                        aria-label={file.name}
                        checked={ticked().has(file.id)}
                        disabled={busy()}
                        onChange={() => tick(file.id)}
                      />
                      <b>{file.name}</b>
                      <em>{size()}</em>
                      <span>
                        {report() ? '' : figures() ? '≈ ' : ''}
                        {level(figures()?.integratedLufs, 'LUFS')}
                      </span>
                      <span classList={{ 'bad-text': over() }}>{level(figures()?.truePeakDbtp, 'dBTP')}</span>
                    </label>
                  </li>
                );
              }}
            </For>
          </ul>
          <p class="text-3 files-note">≈ until the file is written: then it is measured itself.</p>
          <span class="grow" />
          <Show when={said()}>
            {(now) => (
              <p role={now().bad ? 'alert' : 'status'} classList={{ 'bad-text': now().bad }}>
                {now().text}
              </p>
            )}
          </Show>
          <Show
            when={busy() && job()}
            fallback={
              <Button
                variant="primary"
                large
                icon="upload"
                disabled={wanted().length === 0 || !studio.transport.canPlay()}
                onClick={start}
              >
                {wanted().length === 1 ? 'Export 1 file' : `Export ${wanted().length} files`}
              </Button>
            }
          >
            {(running) => (
              <div class="files-running">
                <p>
                  File {running().at() + 1} of {asked().length}
                  <span class="grow" />
                  <span class="text-3">{leftText(running().progress().secondsLeft)}</span>
                </p>
                <div
                  class="progress"
                  role="progressbar"
                  aria-label="Exporting"
                  aria-valuemin={0}
                  aria-valuemax={100}
                  aria-valuenow={Math.floor(100 * running().progress().fraction)}
                  style={{ '--fraction': running().progress().fraction }}
                >
                  <i />
                </div>
                <Button onClick={() => running().cancel()}>Cancel</Button>
              </div>
            )}
          </Show>
        </div>
      </div>
    </div>
  );
}
