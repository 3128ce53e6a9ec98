import { createMemo, For, Show } from 'solid-js';
import { masteringId } from '../../model/types';
import { deviceAt, outlineOf } from '../devices/chain';
import { insertCount, setPower } from '../devices/deviceActions';
import { deviceInfo } from '../devices/deviceTable';
import { phoneDevice, setPhoneDevice, setPickerPlace } from '../devices/openDevice';
import { Button, Switch } from '../kit/Button';
import { PhoneDevice } from '../phone/PhoneDevice';
import { showDialog } from '../state/dialogs';
import { useStudio } from '../state/studio';
import { Checks, ChecksSum } from './Checks';
import { createChainSound } from './chainSound';
import { FieldCards } from './FieldCards';
import { lineOf } from './gridLines';
import { HearChain } from './HearChain';
import { ListenTo } from './ListenTo';
import { LoudnessCard } from './LoudnessCard';
import { openMasterRoom } from './masterSession';
import { PhoneFiles } from './PhoneFiles';
import { Proposal } from './Proposal';
import { Services } from './Services';
import { SpectrumCard } from './SpectrumCard';
import { Figures, Reach, TargetSelect } from './TargetColumn';
import './masterRoom.css';
import './phoneMasterRoom.css';

/** The devices of the chain as rows: a switch each, and the way to its panel. */
function PhoneChain() {
  const studio = useStudio();
  const chain = createMemo(() => outlineOf(studio.project(), masteringId));
  return (
    <section class="phone-chain">
      <h3>Chain</h3>
      <For each={chain()}>
        {({ key, deviceId, on }) => {
          const device = () => deviceAt(studio.project(), masteringId, key);
          const name = deviceInfo(deviceId)?.name ?? deviceId;
          const line = () => {
            const now = device();
            return now ? lineOf(now) : '';
          };
          return (
            <div class="phone-stage">
              <button type="button" onClick={() => setPhoneDevice({ ownerId: masteringId, key })}>
                <b>{name}</b>
                <span class="text-3 ellipsis">{line()}</span>
              </button>
              <Switch
                label={`${name} on`}
                hideLabel
                on={on}
                onChange={(power) => {
                  const now = device();
                  if (now) setPower(studio, now, power);
                }}
              />
            </div>
          );
        }}
      </For>
      <PhoneFiles />
      <Button
        icon="plus"
        onClick={(event) =>
          setPickerPlace({
            ownerId: masteringId,
            index: insertCount(studio, masteringId),
            anchor: event.currentTarget.getBoundingClientRect(),
          })
        }
      >
        Add to the chain
      </Button>
      <HearChain />
    </section>
  );
}

/** The Master room of the phone: one column, the file at the thumb. */
export default function PhoneMasterRoom() {
  const studio = useStudio();
  openMasterRoom(studio);
  const sound = createChainSound();
  return (
    <section class="phone-mastering" aria-label="Master room">
      <div class="master-blocks scrolls">
        <section>
          <div class="phone-target">
            <h2>Target</h2>
            <TargetSelect />
          </div>
          <Figures />
          <Reach />
        </section>
        <ListenTo />
        <Proposal />
        <Checks />
        <PhoneChain />
        <section class="phone-pictures">
          <LoudnessCard />
          <SpectrumCard sound={sound} />
          <FieldCards sound={sound} />
        </section>
        <Services />
      </div>
      <footer>
        <ChecksSum />
        <Button
          variant="primary"
          large
          icon="upload"
          disabled={!studio.transport.canPlay()}
          onClick={() => showDialog('export')}
        >
          Write the master to a file…
        </Button>
      </footer>
      <Show when={phoneDevice()} keyed>
        {(opened) => <PhoneDevice opened={opened} />}
      </Show>
    </section>
  );
}
