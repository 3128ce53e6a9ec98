import { createEffect, createMemo, For, on, onCleanup, onMount, Show } from 'solid-js';
import { masteringId } from '../../model/types';
import { automateParam } from '../devices/automate';
import { deviceAt, labelIn, outlineOf, type PlacedDevice } from '../devices/chain';
import { DevicePanel } from '../devices/DevicePanel';
import { enlargedDevice, setEnlargedDevice } from '../devices/openDevice';
import { registerActions } from '../keys/actions';
import { useStudio } from '../state/studio';
import { FilesPanel } from './FilesPanel';
import { GridList } from './GridList';
import { closeGrid, filesPlace, gridWanted, placesOf, selectedPlace } from './grid';
import './chainGrid.css';

function focusPanel(place: string): void {
  setTimeout(() => {
    const panel = document.querySelector<HTMLElement>(`.chain-grid [data-device="${CSS.escape(place)}"]`);
    panel?.scrollIntoView({ block: 'nearest' });
    panel?.focus({ preventScroll: true });
  });
}

/** The chain with the room to itself: four panels of it at once, or one alone. */
export function ChainGrid() {
  const studio = useStudio();
  const chain = createMemo(() => outlineOf(studio.project(), masteringId));
  const keys = () => chain().map(({ key }) => key);
  const alone = () => {
    const enlarged = enlargedDevice();
    return enlarged?.ownerId === masteringId ? enlarged.key : null;
  };
  const shown = createMemo(
    () => {
      const one = alone();
      return one === null ? placesOf(chain(), gridWanted()) : [one];
    },
    undefined,
    { equals: (a, b) => a.length === b.length && a.every((place, at) => place === b[at]) },
  );
  const back = () => (alone() === null ? closeGrid() : setEnlargedDevice(null));
  // One whose device is gone gives the room back.
  createEffect(() => {
    const one = alone();
    if (one !== null && one !== filesPlace && !keys().includes(one)) setEnlargedDevice(null);
  });
  createEffect(on(alone, () => focusPanel(alone() ?? selectedPlace() ?? ''), { defer: true }));
  onMount(() => focusPanel(selectedPlace() ?? shown()[0] ?? ''));
  onCleanup(() => setEnlargedDevice(null));
  onCleanup(
    registerActions([
      {
        id: 'master.back',
        group: 'Listening',
        label: 'Back from the enlarged chain',
        keys: ['Esc'],
        run: back,
      },
    ]),
  );
  return (
    <section
      class="chain-grid"
      classList={{ alone: alone() !== null }}
      aria-label="Chain, enlarged"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        event.stopPropagation();
        back();
      }}
    >
      <GridList onShow={focusPanel} />
      <div class="grid-panels scrolls">
        <For each={shown()}>
          {(place) => {
            if (place === filesPlace) return <FilesPanel />;
            const first = deviceAt(studio.project(), masteringId, place);
            if (!first) return null;
            const device = createMemo<PlacedDevice>(
              (last) => deviceAt(studio.project(), masteringId, place) ?? last,
              first,
            );
            return (
              <DevicePanel
                device={device()}
                label={labelIn(chain(), place)}
                menu={{ automate: automateParam }}
                pasteIndex={keys().indexOf(place) + 1}
                roomy
              />
            );
          }}
        </For>
        <Show when={shown().length === 0}>
          <p class="card-hint">Nothing is in the chain yet.</p>
        </Show>
      </div>
    </section>
  );
}
