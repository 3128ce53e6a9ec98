import { Show } from 'solid-js';
import { masteringId } from '../../model/types';
import { enlargedDevice } from '../devices/openDevice';
import { useStudio } from '../state/studio';
import { AnalysisColumn } from './AnalysisColumn';
import { ChainColumn } from './ChainColumn';
import { openMasterRoom } from './masterSession';
import { TargetColumn } from './TargetColumn';
import './masterRoom.css';

/** The chain, what comes out of it, and what it is held to. */
export default function MasterRoom() {
  openMasterRoom(useStudio());
  const enlarged = () => enlargedDevice()?.ownerId === masteringId;
  return (
    <section class="master-room" classList={{ enlarged: enlarged() }} aria-label="Master room">
      <ChainColumn enlarged={enlarged()} />
      <Show when={!enlarged()}>
        <AnalysisColumn />
      </Show>
      <TargetColumn />
    </section>
  );
}
