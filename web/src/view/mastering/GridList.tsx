import { createMemo, createSignal, For, Show } from 'solid-js';
import { type MasterDither, masteringId } from '../../model/types';
import { type DeviceOutline, deviceAt, labelIn, outlineOf, type PlacedDevice } from '../devices/chain';
import { insertCount, setLevelMatched, setPower } from '../devices/deviceActions';
import { deviceInfo } from '../devices/deviceTable';
import { enlargedDevice, setEnlargedDevice, setPickerPlace } from '../devices/openDevice';
import { createDeviceProbe } from '../devices/probe';
import { Button, IconButton, Switch } from '../kit/Button';
import { onFrame } from '../kit/frameLoop';
import { Icon } from '../kit/Icon';
import { fixed, typographic } from '../kit/valueText';
import { useStudio } from '../state/studio';
import { closeGrid, filesPlace, selectedPlace, showInGrid } from './grid';
import { fileLine, lineOf } from './gridLines';

const everyMs = 100;
/** The bar is full here. */
const mostReductionDb = 12;

/** What a device takes away now; null where it has nothing to take. */
function Reduction(props: { device: DeviceOutline }) {
  const { ownerId, place, deviceId } = props.device;
  const index = deviceInfo(deviceId)?.readouts.findIndex(({ id }) => id === 'reductionDb') ?? -1;
  if (index < 0) return null;
  const probe = createDeviceProbe(ownerId, place);
  const [db, setDb] = createSignal(0);
  let readAt = 0;
  onFrame((nowMs) => {
    if (nowMs - readAt < everyMs) return;
    readAt = nowMs;
    setDb(Math.round(10 * Math.min(0, probe.read()?.readouts[index] ?? 0)) / 10);
  });
  return (
    <>
      <em>{db() < 0 ? typographic(fixed(db(), 1)) : ''}</em>
      <i
        class="grid-reduction"
        aria-hidden="true"
        style={{ '--share': Math.min(1, -db() / mostReductionDb) }}
      />
    </>
  );
}

/** The chain beside its enlarged panels: what each device does, its switch, and the way to its panel. */
export function GridList(props: { onShow: (place: string) => void }) {
  const studio = useStudio();
  const { mastering } = studio;
  const chain = createMemo(() => outlineOf(studio.project(), masteringId));
  const keys = createMemo(() => chain().map(({ key }) => key), undefined, {
    equals: (a, b) => a.length === b.length && a.every((key, at) => key === b[at]),
  });
  const alone = () => enlargedDevice()?.key ?? null;
  const current = (place: string) => (alone() ?? selectedPlace()) === place;
  const show = (place: string) => {
    if (alone() !== null) setEnlargedDevice({ ownerId: masteringId, key: place });
    showInGrid(chain(), place);
    props.onShow(place);
  };
  const devices = () => keys().flatMap((key) => deviceAt(studio.project(), masteringId, key) ?? []);
  const matched = () => devices().length > 0 && devices().every(({ levelMatched }) => levelMatched);
  const bypassed = () => mastering.listening() === 'original';
  const bypass = () => {
    mastering.setLevelMatched(matched());
    mastering.listen(bypassed() ? 'master' : 'original');
  };
  const latencyMs = () => studio.latency.chainMs(masteringId);
  const file = () => studio.project().mastering;
  const setDither = (dither: MasterDither) =>
    studio.doc.commit(dither === 'none' ? 'No dither' : 'Dither', [
      { op: 'mastering.set', fields: { dither } },
    ]);
  const dithers = () => file().word !== '32f' && file().dither !== 'none';

  return (
    <aside class="grid-list" aria-label="Chain">
      <header>
        <h2>Chain</h2>
        <span class="grow" />
        <IconButton
          icon="x"
          label={alone() === null ? 'Back to the room' : 'Back to all panels'}
          keys="Esc"
          onClick={() => (alone() === null ? closeGrid() : setEnlargedDevice(null))}
        />
      </header>
      <ul class="scrolls">
        <For each={keys()}>
          {(key) => {
            const first = deviceAt(studio.project(), masteringId, key);
            if (!first) return null;
            const device = createMemo<PlacedDevice>(
              (last) => deviceAt(studio.project(), masteringId, key) ?? last,
              first,
            );
            const label = () => labelIn(chain(), key);
            return (
              <li classList={{ on: current(key), off: !device().on }}>
                <button
                  type="button"
                  class="device-power"
                  aria-label={`${label()} in the chain`}
                  aria-pressed={device().on}
                  data-tip={device().on ? 'Bypass' : 'Switch on'}
                  onClick={() => setPower(studio, device(), !device().on)}
                >
                  <Icon name="power" small />
                </button>
                <button
                  type="button"
                  class="grid-name"
                  aria-current={current(key)}
                  onClick={() => show(key)}
                  onDblClick={() => setEnlargedDevice({ ownerId: masteringId, key })}
                >
                  <b>{label()}</b>
                  <span class="ellipsis">{lineOf(device())}</span>
                  <Reduction device={first} />
                </button>
              </li>
            );
          }}
        </For>
        <li classList={{ on: current(filesPlace), off: !dithers() }}>
          <button
            type="button"
            class="device-power"
            aria-label="Dither"
            aria-pressed={dithers()}
            disabled={file().word === '32f'}
            data-tip={dithers() ? 'No dither' : 'Dither'}
            onClick={() => setDither(dithers() ? 'none' : 'shaped')}
          >
            <Icon name="power" small />
          </button>
          <button
            type="button"
            class="grid-name"
            aria-label={`Dither and files: ${fileLine(file())}`}
            aria-current={current(filesPlace)}
            onClick={() => show(filesPlace)}
            onDblClick={() => setEnlargedDevice({ ownerId: masteringId, key: filesPlace })}
          >
            <b>Dither</b>
            <span class="ellipsis">{fileLine(file())}</span>
          </button>
        </li>
        <li class="grid-add">
          <Button
            variant="ghost"
            icon="plus"
            onClick={(event) =>
              setPickerPlace({
                ownerId: masteringId,
                index: insertCount(studio, masteringId),
                anchor: event.currentTarget.getBoundingClientRect(),
              })
            }
          >
            Device
          </Button>
        </li>
      </ul>
      <footer>
        <Switch
          label="Level-matched bypass"
          on={matched()}
          onChange={(on) => setLevelMatched(studio, devices(), on)}
        />
        <Show when={latencyMs() > 0}>
          <p class="text-3">Whole chain: latency {fixed(latencyMs(), 1)} ms, made up for on playing</p>
        </Show>
        <Button icon="power" pressed={bypassed()} onClick={bypass}>
          {bypassed() ? 'Hear the chain again' : 'Bypass the chain'}
        </Button>
      </footer>
    </aside>
  );
}
