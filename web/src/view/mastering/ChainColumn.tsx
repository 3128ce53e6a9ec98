import { Show } from 'solid-js';
import { masteringId } from '../../model/types';
import ChainTools from '../devices/ChainTools';
import { outlineOf } from '../devices/chain';
import DeviceChain from '../devices/DeviceChain';
import { insertCount } from '../devices/deviceActions';
import { setPickerPlace } from '../devices/openDevice';
import { IconButton } from '../kit/Button';
import { fixed } from '../kit/valueText';
import { useStudio } from '../state/studio';
import { ChainPresets } from './ChainPresets';
import { openGrid } from './grid';
import { HearChain } from './HearChain';

/** The devices between the mix and the file. */
export function ChainColumn() {
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
        <IconButton
          icon="maximize-2"
          label="Enlarge the chain"
          tip="Enlarge the chain; E in a device too"
          onClick={() => openGrid(outlineOf(studio.project(), masteringId))}
        />
        <ChainTools ownerId={masteringId} menuOnly />
      </header>
      <DeviceChain ownerId={masteringId} vertical />
      <footer>
        <Show when={latencyMs() > 0}>
          <span class="text-3 chain-latency" data-tip="Compensated while the song plays and in the file">
            Latency {fixed(latencyMs(), 1)} ms
          </span>
        </Show>
        <span class="grow" />
        <HearChain />
      </footer>
    </section>
  );
}
