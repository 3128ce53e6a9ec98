import { createEffect, createMemo, createSignal, For, onCleanup, Show } from 'solid-js';
import { type Id, masterId, masteringId } from '../../model/types';
import { useStudio } from '../state/studio';
import { automateParam } from './automate';
import { deviceAt, labelIn, outlineOf, type PlacedDevice } from './chain';
import { AddDevice, DevicePanel } from './DevicePanel';
import { insertCount, moveDevice } from './deviceActions';
import { enlargedDevice, setEnlargedDevice, setPickerPlace } from './openDevice';
import { StripMeters } from './StripMeters';

const dragThresholdPx = 4;

export interface DeviceChainProps {
  ownerId: Id;
  /** One below the other, in place of side by side. */
  vertical?: boolean;
}

/** The panels of a strip in the order of the sound. The head of an insert's panel drags it to another place. */
export default function DeviceChain(props: DeviceChainProps) {
  const studio = useStudio();
  const outline = createMemo(() => outlineOf(studio.project(), props.ownerId));
  const keys = createMemo(() => outline().map(({ key }) => key), undefined, {
    equals: (a, b) => a.length === b.length && a.every((key, index) => key === b[index]),
  });
  // One whose device is gone gives the dock back, as does another strip.
  createEffect(() => {
    const enlarged = enlargedDevice();
    if (enlarged && (enlarged.ownerId !== props.ownerId || !keys().includes(enlarged.key)))
      setEnlargedDevice(null);
  });
  onCleanup(() => setEnlargedDevice(null));
  /** The gap among the inserts that a dragged panel would go to, and where it is in the row. */
  const [drop, setDrop] = createSignal<{ readonly index: number; readonly at: number } | null>(null);
  let row!: HTMLDivElement;

  const insertKeys = () =>
    outline()
      .filter(({ place }) => place.kind === 'insert')
      .map(({ key }) => key);
  const along = (event: PointerEvent) => (props.vertical ? event.clientY : event.clientX);
  const gapAt = (at: number) => {
    const span = (element: Element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      return props.vertical ? { from: top, to: bottom } : { from: left, to: right };
    };
    const begin = span(row).from;
    const panels = insertKeys().map((key) => row.querySelector(`[data-device="${CSS.escape(key)}"]`));
    const spans = panels.flatMap((panel) => (panel ? [span(panel)] : []));
    const index = spans.filter(({ from, to }) => at > (from + to) / 2).length;
    const before = spans[index - 1];
    const after = spans[index];
    const gap = after ? after.from - 5 : before ? before.to + 4 : begin;
    return { index, at: gap - begin + (props.vertical ? row.scrollTop : row.scrollLeft) };
  };
  const startDrag = (event: PointerEvent, key: string) => {
    const device = outline().find((each) => each.key === key);
    if (event.button !== 0 || !device || device.place.kind !== 'insert') return;
    if ((event.target as Element).closest('button')) return;
    const startedAt = along(event);
    const onMove = (move: PointerEvent) => {
      if (drop() === null && Math.abs(along(move) - startedAt) < dragThresholdPx) return;
      setDrop(gapAt(along(move)));
    };
    const end = () => {
      window.removeEventListener('pointermove', onMove);
      window.removeEventListener('pointerup', onUp);
      window.removeEventListener('pointercancel', end);
      window.removeEventListener('keydown', onKey, true);
      setDrop(null);
    };
    const onUp = (up: PointerEvent) => {
      const to = drop();
      end();
      if (to)
        moveDevice(studio, device, { ownerId: props.ownerId, index: to.index }, up.ctrlKey || up.metaKey);
    };
    const onKey = (key: KeyboardEvent) => {
      if (key.key !== 'Escape') return;
      key.stopPropagation();
      end();
    };
    window.addEventListener('pointermove', onMove);
    window.addEventListener('pointerup', onUp);
    window.addEventListener('pointercancel', end);
    window.addEventListener('keydown', onKey, true);
  };

  return (
    <div
      class="device-chain scrolls"
      ref={row}
      classList={{
        reordering: drop() !== null,
        enlarged: enlargedDevice() !== null,
        vertical: props.vertical,
      }}
    >
      <For each={keys()}>
        {(key) => {
          const first = deviceAt(studio.project(), props.ownerId, key);
          if (!first) return null;
          // A panel outlives its device by a moment when it is removed: it keeps the last it knew.
          const device = createMemo<PlacedDevice>(
            (last) => deviceAt(studio.project(), props.ownerId, key) ?? last,
            first,
          );
          return (
            <DevicePanel
              device={device()}
              label={labelIn(outline(), key)}
              menu={{ automate: automateParam }}
              pasteIndex={insertKeys().indexOf(key) + 1}
              onHeadPointerDown={(event) => startDrag(event, key)}
            />
          );
        }}
      </For>
      <Show when={keys().length === 0}>
        <div class="panel-hint">
          {props.ownerId === masterId || props.ownerId === masteringId
            ? 'Nothing is in the way of the mix yet.'
            : 'No devices yet: add an EQ, a compressor, a reverb…'}
        </div>
      </Show>
      <AddDevice
        onAdd={(anchor) =>
          setPickerPlace({ ownerId: props.ownerId, index: insertCount(studio, props.ownerId), anchor })
        }
      />
      <Show when={!props.vertical}>
        <StripMeters ownerId={props.ownerId} />
      </Show>
      <Show when={drop()}>
        {(gap) => <i class="device-drop" style={{ [props.vertical ? 'top' : 'left']: `${gap().at}px` }} />}
      </Show>
    </div>
  );
}
