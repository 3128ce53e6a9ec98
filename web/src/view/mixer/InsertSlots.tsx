import { createEffect, createMemo, Index, on } from 'solid-js';
import { levelFields } from '../../generated/engineLayout';
import type { Track } from '../../model/types';
import { masterId } from '../../model/types';
import { automateParam } from '../devices/automate';
import { type DeviceOutline, outlineOf, outlineOfTrack } from '../devices/chain';
import { copiedDevices, insertCount, pasteDevices, removeDevice, setPower } from '../devices/deviceActions';
import { deviceInfo } from '../devices/deviceTable';
import { openDevice, setPickerPlace } from '../devices/openDevice';
import { onFrame } from '../kit/frameLoop';
import { Icon } from '../kit/Icon';
import { showMenu } from '../kit/Menu';
import { useStudio } from '../state/studio';
import { dragSlot, slotDrop } from './slotDrag';

/** Brings the presets along: no part of the app's shell. */
const loadMenu = () => import('../devices/deviceMenu');

/** A line as long as the slot stands for so much reduction. */
const fullDb = 12;
const fallMs = 200;

const shortName = (deviceId: string): string => deviceInfo(deviceId)?.short ?? deviceId;
const longName = (deviceId: string): string => deviceInfo(deviceId)?.name ?? deviceId;

/** Lines of gain reduction at the feet of the slots; they rise at once and fall in 200 ms. */
function createReductions(ownerId: () => string, chain: () => readonly DeviceOutline[]) {
  const studio = useStudio();
  const levels = new Float32Array(32);
  const lines = new Map<string, HTMLElement>();
  const shown = new Map<string, number>();
  let lastMs = 0;
  onFrame((nowMs) => {
    const fall = (fullDb * Math.min(100, nowMs - lastMs)) / fallMs;
    lastMs = nowMs;
    let read = false;
    for (const { key, reductionField, on: runs } of chain()) {
      const line = lines.get(key);
      const field =
        reductionField === null ? -1 : ((levelFields as Record<string, number>)[reductionField] ?? -1);
      if (!line || field < 0) continue;
      if (!read) {
        read = true;
        if (!studio.meters.read(ownerId(), levels)) levels.fill(0);
      }
      const db = runs ? -(levels[field] ?? 0) : 0;
      const before = shown.get(key) ?? 0;
      const next = Math.max(0, db, before - fall);
      if (Math.abs(next - before) < 0.02 && next !== 0) continue;
      if (next === before) continue;
      shown.set(key, next);
      line.style.transform = `scaleX(${Math.min(1, next / fullDb).toFixed(3)})`;
    }
  });
  return (key: string) => (element: HTMLElement) => {
    lines.set(key, element);
    shown.delete(key);
  };
}

export interface InsertSlotsProps {
  /** Null: the master. */
  track: Track | null;
}

/** The devices of a strip by name. A click opens, Alt-click bypasses, a drag moves, Ctrl-drag copies. */
export function InsertSlots(props: InsertSlotsProps) {
  const studio = useStudio();
  const ownerId = () => props.track?.id ?? masterId;
  const chain = createMemo(() =>
    props.track ? outlineOfTrack(props.track) : outlineOf(studio.project(), masterId),
  );
  const reduction = createReductions(ownerId, chain);
  const dropSlot = () => {
    const drop = slotDrop();
    return drop?.ownerId === ownerId() ? drop.slot : null;
  };
  const menu = (event: MouseEvent, device: DeviceOutline) => {
    event.preventDefault();
    event.stopPropagation();
    const { clientX, clientY } = event;
    void loadMenu().then(({ deviceMenuEntries }) => {
      const entries = deviceMenuEntries(studio, device, {
        open: () => openDevice(ownerId(), device.key),
        automate: automateParam,
      });
      showMenu({ clientX, clientY }, longName(device.deviceId), entries);
    });
  };
  const add = (event: MouseEvent) =>
    setPickerPlace({
      ownerId: ownerId(),
      index: insertCount(studio, ownerId()),
      anchor: (event.currentTarget as Element).getBoundingClientRect(),
    });

  return (
    <div class="strip-inserts scrolls" data-owner={ownerId()} role="group" aria-label="Inserts">
      <Index each={chain()}>
        {(device, place) => {
          let line!: HTMLElement;
          // The line belongs to whichever device stands here now.
          createEffect(
            on(
              () => device().key,
              (key) => reduction(key)(line),
            ),
          );
          return (
            <button
              type="button"
              class="slot"
              data-slot={place}
              classList={{
                bypassed: !device().on,
                'drop-before': dropSlot() === place,
                'drop-after': dropSlot() === place + 1 && place === chain().length - 1,
              }}
              aria-label={`${longName(device().deviceId)}${device().on ? '' : ', bypassed'}`}
              data-tip={`${longName(device().deviceId)}. Alt-click ${device().on ? 'bypasses' : 'switches on'}`}
              onPointerDown={(event) => dragSlot(studio, event, device(), longName(device().deviceId))}
              onClick={(event) => {
                if (event.altKey) setPower(studio, device(), !device().on);
                else openDevice(ownerId(), device().key);
              }}
              onContextMenu={(event) => menu(event, device())}
              onKeyDown={(event) => {
                if (event.key !== 'Delete') return;
                event.preventDefault();
                event.stopPropagation();
                removeDevice(studio, device());
              }}
            >
              <span class="ellipsis">{shortName(device().deviceId)}</span>
              <i
                class="slot-reduction"
                ref={(element) => {
                  line = element;
                }}
              />
            </button>
          );
        }}
      </Index>
      <button
        type="button"
        class="slot empty"
        classList={{ 'drop-before': dropSlot() === 0 && chain().length === 0 }}
        aria-label="Add a device"
        data-tip="Add a device"
        onClick={add}
        onContextMenu={(event) => {
          if (copiedDevices().length === 0) return;
          event.preventDefault();
          event.stopPropagation();
          showMenu(event, 'Inserts', [
            {
              label: 'Paste devices',
              icon: 'copy',
              run: () => pasteDevices(studio, ownerId(), insertCount(studio, ownerId())),
            },
          ]);
        }}
      >
        <Icon name="plus" small />
      </button>
    </div>
  );
}
