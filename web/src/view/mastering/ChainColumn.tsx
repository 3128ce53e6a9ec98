import { createMemo, For, Show } from 'solid-js';
import { masteringId } from '../../model/types';
import ChainTools from '../devices/ChainTools';
import { deviceAt, outlineOf } from '../devices/chain';
import DeviceChain from '../devices/DeviceChain';
import { insertCount, setPower } from '../devices/deviceActions';
import { deviceInfo } from '../devices/deviceTable';
import { enlargedDevice, setEnlargedDevice, setPickerPlace } from '../devices/openDevice';
import { IconButton, Switch } from '../kit/Button';
import { Icon } from '../kit/Icon';
import { fixed } from '../kit/valueText';
import { useStudio } from '../state/studio';
import { ChainPresets } from './ChainPresets';

/** The chain beside one of its devices that has the room to itself. */
function ChainList() {
  const studio = useStudio();
  const chain = createMemo(() => outlineOf(studio.project(), masteringId));
  return (
    <ul class="chain-list scrolls">
      <For each={chain()}>
        {({ key, deviceId, on }) => {
          const device = () => deviceAt(studio.project(), masteringId, key);
          const name = deviceInfo(deviceId)?.name ?? deviceId;
          return (
            <li classList={{ on: enlargedDevice()?.key === key }}>
              <button
                type="button"
                class="device-power"
                aria-label={`${name} in the chain`}
                aria-pressed={on}
                data-tip={on ? 'Bypass' : 'Switch on'}
                onClick={() => {
                  const now = device();
                  if (now) setPower(studio, now, !on);
                }}
              >
                <Icon name="power" small />
              </button>
              <button
                type="button"
                class="chain-name"
                aria-current={enlargedDevice()?.key === key}
                onClick={() => setEnlargedDevice({ ownerId: masteringId, key })}
              >
                <b>{name}</b>
                <span class="ellipsis">{on ? device()?.preset || 'No preset' : 'Bypassed'}</span>
              </button>
            </li>
          );
        }}
      </For>
    </ul>
  );
}

/** The devices between the mix and the file. */
export function ChainColumn(props: { enlarged: boolean }) {
  const studio = useStudio();
  const { mastering } = studio;
  const bypassed = () => mastering.listening() === 'original';
  const latencyMs = () => studio.latency.chainMs(masteringId);
  const bypass = () => {
    mastering.setLevelMatched(true);
    mastering.listen(bypassed() ? 'master' : 'original');
  };
  return (
    <section class="master-column master-chain" aria-label="Chain">
      <header>
        <h2>Chain</h2>
        <ChainPresets />
        <span class="grow" />
        <IconButton
          icon="scale"
          label="Bypass the chain"
          tip={bypassed() ? 'Hear the chain again' : 'Bypass the chain, level-matched'}
          keys={bypassed() ? 'B' : 'A'}
          pressed={bypassed()}
          onClick={bypass}
        />
        <IconButton
          icon="plus"
          label="Add to the chain"
          onClick={(event) =>
            setPickerPlace({
              ownerId: masteringId,
              index: insertCount(studio, masteringId),
              anchor: event.currentTarget.getBoundingClientRect(),
            })
          }
        />
        <ChainTools ownerId={masteringId} menuOnly />
        <Show when={props.enlarged}>
          <IconButton icon="x" label="Back to the room" keys="Esc" onClick={() => setEnlargedDevice(null)} />
        </Show>
      </header>
      <div class="chain-body">
        <Show when={props.enlarged}>
          <ChainList />
        </Show>
        <DeviceChain ownerId={masteringId} vertical />
      </div>
      <footer>
        <Show when={latencyMs() > 0}>
          <span class="text-3 chain-latency" data-tip="Compensated while the song plays and in the file">
            Latency {fixed(latencyMs(), 1)} ms
          </span>
        </Show>
        <span class="grow" />
        <Switch
          label="Heard in all rooms"
          on={studio.project().mastering.on}
          onChange={(on) =>
            studio.doc.commit(
              on ? 'Hear the chain in all rooms' : 'Hear the chain in the Master room alone',
              [{ op: 'mastering.set', fields: { on } }],
            )
          }
        />
      </footer>
    </section>
  );
}
