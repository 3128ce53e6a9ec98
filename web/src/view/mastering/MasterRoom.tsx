import { createEffect, onCleanup, Show } from 'solid-js';
import { masteringId } from '../../model/types';
import { outlineOf } from '../devices/chain';
import { enlargedDevice, setEnlargedDevice } from '../devices/openDevice';
import { useStudio } from '../state/studio';
import { AnalysisColumn } from './AnalysisColumn';
import { ChainColumn } from './ChainColumn';
import { ChainGrid } from './ChainGrid';
import { closeGrid, gridOpen, openGrid } from './grid';
import { openMasterRoom } from './masterSession';
import { TargetColumn } from './TargetColumn';
import './masterRoom.css';

/** The chain, what comes out of it, and what it is held to; or the chain alone, enlarged. */
export default function MasterRoom() {
  const studio = useStudio();
  openMasterRoom(studio);
  // A device that is enlarged in its column opens the grid, where it can have the room alone.
  createEffect(() => {
    const enlarged = enlargedDevice();
    if (gridOpen() || enlarged?.ownerId !== masteringId) return;
    setEnlargedDevice(null);
    openGrid(outlineOf(studio.project(), masteringId), enlarged.key);
  });
  onCleanup(closeGrid);
  return (
    <section class="master-room" aria-label="Master room">
      <Show when={!gridOpen()} fallback={<ChainGrid />}>
        <ChainColumn />
        <AnalysisColumn />
        <TargetColumn />
      </Show>
    </section>
  );
}
