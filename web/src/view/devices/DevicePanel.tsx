import { createMemo, createSignal, For, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { masteringId } from '../../model/types';
import { Button, IconButton } from '../kit/Button';
import { Icon } from '../kit/Icon';
import { showMenu } from '../kit/Menu';
import { trackColourVariable } from '../kit/palette';
import { isPhone } from '../phone/phoneSize';
import { useStudio } from '../state/studio';
import { createTempoNow } from '../state/tempoNow';
import { AllValues } from './AllValues';
import { findOwner, insertOwner, type PlacedDevice } from './chain';
import {
  copyDevices,
  duplicateDevice,
  pasteDevices,
  removeDevice,
  setLevelMatched,
  setPower,
} from './deviceActions';
import { createDeviceControls } from './deviceHands';
import { type DeviceMenuOptions, deviceMenuEntries, keyName } from './deviceMenu';
import { deviceInfo, paramOf } from './deviceTable';
import { EqFoot } from './EqFoot';
import type { EqPart } from './eqParts';
import { type FootItem, footOf } from './feet';
import { graphOf } from './graphs';
import { ImpulseChoice } from './ImpulseChoice';
import { MultibandBands } from './MultibandBands';
import { enlargedDevice, setActiveDevice, setEnlargedDevice } from './openDevice';
import { ParamControl } from './ParamControl';
import { PresetList } from './PresetList';
import { createDeviceProbe } from './probe';
import { createReadout } from './readout';
import './devices.css';

export interface DevicePanelProps {
  device: PlacedDevice;
  /** The devices of the same kind before it give it its number: "EQ 2". */
  label: string;
  menu: DeviceMenuOptions;
  /** Where a pasted device goes among the inserts of the owner. */
  pasteIndex: number;
  onHeadPointerDown?: (event: PointerEvent) => void;
  /** There is room for more than the picture: each band's numbers. */
  roomy?: boolean;
}

/** A device: what it does as a picture, its values to drag and to type. */
export function DevicePanel(props: DevicePanelProps) {
  const studio = useStudio();
  const { ownerId, place, deviceId } = props.device;
  const info = deviceInfo(deviceId);
  const foot = footOf(deviceId);
  const device = () => props.device;
  const probe = createDeviceProbe(ownerId, place);
  const { params, write } = createDeviceControls(studio, device);
  const tempo = createTempoNow();
  const readout = createReadout(device, probe, { bpm: () => tempo().bpm });
  const [part, choosePart] = createSignal<EqPart | null>(null);
  const [presetAnchor, setPresetAnchor] = createSignal<DOMRect | null>(null);
  const [showsAll, setShowsAll] = createSignal(false);
  const owner = createMemo(() => findOwner(studio.project(), ownerId));
  const lanes = createMemo(() => insertOwner(studio.project(), ownerId)?.lanes ?? []);
  const automated = (param: string) =>
    lanes().some((lane) =>
      place.kind === 'insert'
        ? lane.kind === 'insert' && lane.targetId === place.insertId && lane.param === param
        : lane.kind === 'strip' &&
          lane.param === (param.startsWith('cut.') ? param : `${place.section}.${param}`),
    );

  const here = () => ({ ownerId, key: props.device.key });
  const enlarged = () => enlargedDevice()?.key === props.device.key && enlargedDevice()?.ownerId === ownerId;
  const toggleEnlarged = () => setEnlargedDevice(enlarged() ? null : here());
  const framesPerBeat = () => (studio.project().sampleRateHz * 60) / tempo().bpm;

  const openMenu = (event: MouseEvent) => {
    event.preventDefault();
    event.stopPropagation();
    const rect = (event.currentTarget as Element).getBoundingClientRect();
    const at = event.type === 'contextmenu' ? event : { clientX: rect.left, clientY: rect.bottom + 4 };
    showMenu(at, props.label, deviceMenuEntries(studio, device(), props.menu));
  };
  /** Keys of a panel that has the focus, or has it in it. */
  const onKeyDown = (event: KeyboardEvent) => {
    if ((event.target as Element).closest('input, select')) return;
    const command = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    if (command && key === 'c') copyDevices([device()]);
    else if (command && key === 'x') {
      copyDevices([device()]);
      removeDevice(studio, device());
    } else if (command && key === 'v') pasteDevices(studio, ownerId, props.pasteIndex);
    else if (command && key === 'd') duplicateDevice(studio, device());
    else if (!command && key === 'delete') removeDevice(studio, device());
    else if (!command && !event.altKey && !event.shiftKey && key === 'e' && !isPhone()) toggleEnlarged();
    else if (key === 'escape' && enlarged()) setEnlargedDevice(null);
    else if (!command && event.shiftKey && key === 'b')
      setLevelMatched(studio, [device()], !device().levelMatched);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const automate = (param: string) => props.menu.automate?.(device(), param);
  const item = ({ id, label, captioned }: FootItem) => (
    <Show when={paramOf(deviceId, id)} keyed>
      {(param) => (
        <ParamControl
          param={param}
          label={label}
          captioned={captioned}
          values={params()}
          write={write}
          deviceName={info?.name ?? deviceId}
          automated={automated(id)}
          onAutomate={automate}
        />
      )}
    </Show>
  );

  return (
    <div
      class="panel device-panel"
      role="group"
      aria-label={props.label}
      data-device={props.device.key}
      data-kind={deviceId}
      classList={{ bypassed: !device().on, enlarged: enlarged() }}
      style={{
        '--device-width': `${info?.width ?? 360}px`,
        '--lane': trackColourVariable(owner()?.colour ?? 'slate'),
      }}
      tabIndex={-1}
      onFocusIn={() => setActiveDevice(here())}
      onKeyDown={onKeyDown}
    >
      <header onPointerDown={(event) => props.onHeadPointerDown?.(event)} onContextMenu={openMenu}>
        <button
          type="button"
          class="device-power"
          aria-label={`${props.label} on`}
          aria-pressed={device().on}
          data-tip={device().on ? 'Bypass' : 'Switch on'}
          onClick={() => setPower(studio, device(), !device().on)}
        >
          <Icon name="power" small />
        </button>
        <h3>{props.label}</h3>
        <button
          type="button"
          class="device-preset"
          aria-label={`Preset ${device().preset || 'none'}`}
          aria-haspopup="dialog"
          data-tip="Presets"
          onClick={(event) => setPresetAnchor(event.currentTarget.getBoundingClientRect())}
        >
          <span class="ellipsis">{device().preset || 'No preset'}</span>
          <Icon name="chevron-down" small />
        </button>
        <span class="grow" />
        <Show when={device().keyId !== null}>
          <span class="device-key" data-tip={`Its key is ${keyName(studio.project(), device())}`}>
            <Icon name="log-in" small />
            <span class="ellipsis">{keyName(studio.project(), device())}</span>
          </span>
        </Show>
        <Show when={readout()}>
          {(now) => (
            <span class="device-readout">
              <span class="readout-label">{now().label}</span> <b>{now().value}</b>
            </span>
          )}
        </Show>
        <Show when={paramOf(deviceId, 'keyListen') ?? paramOf(deviceId, 'listen')} keyed>
          {(param) => (
            <Show when={param.kind === 'switch'}>
              <IconButton
                small
                icon={param.id === 'listen' ? 'ear' : 'headphones'}
                label={param.id === 'listen' ? param.name : 'Hear the key'}
                pressed={(params()[param.id] ?? 0) !== 0}
                onClick={() => write.commit(param.name, { [param.id]: params()[param.id] ? 0 : 1 })}
              />
            </Show>
          )}
        </Show>
        <IconButton
          small
          icon="sliders-horizontal"
          label="All values"
          tip={showsAll() ? 'Show the picture' : 'All values'}
          pressed={showsAll()}
          onClick={() => setShowsAll(!showsAll())}
        />
        <Show when={enlarged() || ((deviceId === 'eq' || ownerId === masteringId) && !isPhone())}>
          <IconButton
            small
            icon="maximize-2"
            label="Enlarge"
            keys={enlarged() ? 'Esc' : 'E'}
            tip={enlarged() ? 'Back' : 'Enlarge'}
            pressed={enlarged()}
            onClick={toggleEnlarged}
          />
        </Show>
        <IconButton small icon="ellipsis" label={`More for ${props.label}`} onClick={openMenu} />
      </header>
      <div class="device-stage">
        <Show
          when={showsAll()}
          fallback={
            <Dynamic
              component={graphOf(deviceId)}
              ownerId={ownerId}
              place={place}
              deviceId={deviceId}
              params={params}
              write={write}
              probe={probe}
              bypassed={!device().on}
              sampleRateHz={studio.project().sampleRateHz}
              framesPerBeat={framesPerBeat()}
              beatsPerBar={tempo().beatsPerBar}
              playing={studio.transport.playing}
              trackColour={trackColourVariable(owner()?.colour ?? 'slate')}
              part={part}
              choosePart={choosePart}
              impulseId={device().impulseId}
            />
          }
        >
          <AllValues
            deviceId={deviceId}
            values={params()}
            write={write}
            automated={automated}
            onAutomate={automate}
          />
        </Show>
      </div>
      <Show when={props.roomy && deviceId === 'multiband' && !showsAll()}>
        <MultibandBands
          values={params()}
          write={write}
          probe={probe}
          part={part()}
          onChoose={choosePart}
          automated={automated}
          onAutomate={automate}
        />
      </Show>
      <footer class="scrolls" role="group" aria-label="Values">
        <Show
          when={deviceId !== 'eq'}
          fallback={
            <EqFoot
              values={params()}
              write={write}
              part={part()}
              onChoose={choosePart}
              automated={automated}
              onAutomate={automate}
            />
          }
        >
          <Show when={deviceId === 'convolution'}>
            <ImpulseChoice device={device()} />
          </Show>
          <For each={foot.items}>{item}</For>
          <span class="grow" />
          <For each={foot.right}>{item}</For>
        </Show>
      </footer>
      <Show when={presetAnchor()} keyed>
        {(anchor) => <PresetList device={device()} anchor={anchor} onClose={() => setPresetAnchor(null)} />}
      </Show>
    </div>
  );
}

/** The place where a device is added. */
export function AddDevice(props: { onAdd: (anchor: DOMRect) => void }) {
  return (
    <Button
      variant="ghost"
      class="add-device"
      aria-label="Add a device"
      onClick={(event) => props.onAdd(event.currentTarget.getBoundingClientRect())}
    >
      <Icon name="plus" />
      <span>Device</span>
    </Button>
  );
}
