import { createMemo, createSignal, Show } from 'solid-js';
import { type Id, masteringId } from '../../model/types';
import { IconButton, Switch } from '../kit/Button';
import { Icon } from '../kit/Icon';
import { showMenu } from '../kit/Menu';
import { fixed } from '../kit/valueText';
import { blockEntry } from '../mixer/outputMenu';
import { useStudio } from '../state/studio';
import { deviceAt, outlineOf, ownerName, type PlacedDevice } from './chain';
import {
  copiedDevices,
  copyDevices,
  insertCount,
  pasteDevices,
  removeDevices,
  setChainPower,
  setLevelMatched,
} from './deviceActions';
import { NameField } from './NameField';
import { saveChain } from './ownPresets';
import { Popover } from './Popover';
import { MetersButton } from './StripMeters';

/** What concerns all devices of a strip: latency, level-matched bypass, power, and a menu; or the menu alone. */
export default function ChainTools(props: { ownerId: Id; menuOnly?: boolean }) {
  const studio = useStudio();
  const chain = createMemo(() => outlineOf(studio.project(), props.ownerId));
  const devices = (): PlacedDevice[] =>
    chain().flatMap(({ key }) => deviceAt(studio.project(), props.ownerId, key) ?? []);
  const inserts = () => devices().filter(({ place }) => place.kind === 'insert');
  const matched = () => inserts().length > 0 && inserts().every(({ levelMatched }) => levelMatched);
  const someOn = () => chain().some(({ on }) => on);
  const [naming, setNaming] = createSignal<DOMRect | null>(null);
  const latencyMs = () => {
    const ms = studio.latency.chainMs(props.ownerId);
    return ms > 0 ? ms : null;
  };

  const openMenu = (event: MouseEvent) => {
    const rect = (event.currentTarget as Element).getBoundingClientRect();
    const none = chain().length === 0;
    showMenu({ clientX: rect.left, clientY: rect.bottom + 4 }, 'Devices', [
      // The mastering chain keeps its presets beside its name, and its lanes in another room.
      ...(props.menuOnly
        ? [blockEntry(studio, masteringId, 'its automation'), { kind: 'line' as const }]
        : [
            {
              label: 'Save chain as…',
              icon: 'bookmark' as const,
              disabled: none,
              run: () => setNaming(rect),
            },
            { kind: 'line' as const },
          ]),
      { label: 'Copy all devices', icon: 'copy', disabled: none, run: () => copyDevices(devices()) },
      {
        label: 'Paste devices',
        icon: 'copy',
        disabled: copiedDevices().length === 0,
        run: () => pasteDevices(studio, props.ownerId, insertCount(studio, props.ownerId)),
      },
      { kind: 'line' },
      {
        label: 'Remove all devices',
        icon: 'trash',
        danger: true,
        disabled: none,
        run: () => removeDevices(studio, props.ownerId, chain()),
      },
    ]);
  };
  const save = (name: string) => {
    setNaming(null);
    saveChain(
      name,
      devices().map(({ deviceId, params, preset }) => ({ deviceId, values: params, preset })),
    );
    studio.messages.say(`The chain “${name}” is in the list of devices, under Chains.`, 'status');
  };

  return (
    <>
      <Show when={!props.menuOnly}>
        <MetersButton ownerId={props.ownerId} />
      </Show>
      <Show when={!props.menuOnly && latencyMs()}>
        {(ms) => <span class="dock-latency text-3">Latency {fixed(ms(), 1)} ms</span>}
      </Show>
      <Show when={!props.menuOnly && chain().length > 0}>
        <span
          class="dock-matched"
          data-tip={
            inserts().length > 0
              ? 'A bypassed insert plays as loud as it does when it is on'
              : 'For inserts; this strip has none'
          }
        >
          <Icon name="scale" small />
          <Switch
            label="Level-matched bypass"
            on={matched()}
            disabled={inserts().length === 0}
            onChange={(on) => setLevelMatched(studio, inserts(), on)}
          />
        </span>
        <IconButton
          icon="power"
          label="All devices on"
          tip={someOn() ? 'Bypass all devices' : 'Switch all devices on'}
          pressed={someOn()}
          class="chain-power"
          onClick={() => setChainPower(studio, props.ownerId, !someOn())}
        />
      </Show>
      <IconButton icon="ellipsis" label="More for all devices" onClick={openMenu} />
      <Show when={naming()} keyed>
        {(anchor) => (
          <Popover label="Save chain" anchor={anchor} class="preset-popover" onClose={() => setNaming(null)}>
            <NameField
              label="Name of the chain"
              value={ownerName(studio.project(), props.ownerId)}
              onSave={save}
              onCancel={() => setNaming(null)}
            />
          </Popover>
        )}
      </Show>
    </>
  );
}
