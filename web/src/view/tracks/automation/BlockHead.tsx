import { Show } from 'solid-js';
import { masteringId } from '../../../model/types';
import { Icon } from '../../kit/Icon';
import { HearChain } from '../../mastering/HearChain';
import { setRoom } from '../../state/room';
import { selectMaster } from '../../state/selection';
import { useStudio } from '../../state/studio';
import { type BlockId, toggleBlock } from './shownLanes';

/** The line above lanes that are no track's: whose they are, and of the chain whether it is heard here. */
export function BlockHead(props: { blockId: BlockId; height: number }) {
  const studio = useStudio();
  const ofChain = () => props.blockId === masteringId;
  return (
    <div class="block-head" style={{ height: `${props.height}px` }}>
      <button
        type="button"
        class="track-unfold"
        aria-label={ofChain() ? 'Automation of the mastering chain' : 'Automation of the master'}
        aria-expanded="true"
        data-tip="Hide its automation"
        onClick={() => toggleBlock(studio.project(), props.blockId)}
      >
        <Icon name="chevron-down" small />
      </button>
      <button
        type="button"
        class="track-name"
        data-tip={ofChain() ? 'To its devices in the Master room' : undefined}
        onClick={() => (ofChain() ? setRoom('master') : selectMaster())}
      >
        {ofChain() ? 'Mastering' : 'Master'}
      </button>
      <Show when={ofChain()}>
        <span
          class="block-switch"
          data-tip={`The chain is heard in ${studio.project().mastering.on ? 'all rooms' : 'the Master room alone'}`}
        >
          <HearChain />
        </span>
      </Show>
    </div>
  );
}
