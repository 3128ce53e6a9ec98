import { createMemo, lazy, Match, Show, Switch as SolidSwitch, Suspense } from 'solid-js';
import { masterId } from '../../model/types';
import { outlineOf, ownerName } from '../devices/chain';
import { enlargedDevice } from '../devices/openDevice';
import { IconButton } from '../kit/Button';
import { Segmented } from '../kit/Choice';
import { trackColourVariable } from '../kit/palette';
import {
  type DockTab,
  dockHeightPx,
  dockOpen,
  dockTab,
  setDockHeightPx,
  setDockOpen,
  setDockTab,
} from '../state/layout';
import { room } from '../state/room';
import { dockOwnerId, leadTrack, selectedClips } from '../state/selection';
import { useStudio } from '../state/studio';
import { ChannelPanel } from './ChannelPanel';
import { ClipPanel } from './ClipPanel';
import { followPointer } from './followPointer';
import './dock.css';

/** Panels and their pictures come when the first is looked at: they are no part of the app's shell. */
const DeviceChain = lazy(() => import('../devices/DeviceChain'));
const ChainTools = lazy(() => import('../devices/ChainTools'));

const leastPx = 160;
const mostShare = 0.6;
const stepPx = 16;

/** Below the room: the devices of the selected strip, its channel, the selected clip. Its upper edge sizes it, Tab hides it. */
export function Dock() {
  const studio = useStudio();
  let dock!: HTMLElement;
  const owner = createMemo(() => {
    const id = dockOwnerId();
    return id === masterId || studio.project().tracks.some((track) => track.id === id) ? id : null;
  });
  const track = () => (owner() === masterId ? undefined : leadTrack(studio.project()));
  const name = () => ownerName(studio.project(), owner() ?? '');
  const clip = () => {
    if (room() !== 'arrange') return undefined;
    const placed = selectedClips(studio.project());
    return placed.length === 1 ? placed[0] : undefined;
  };
  const count = () => {
    const devices = outlineOf(studio.project(), owner() ?? '').length;
    return devices === 0 ? 'no devices' : devices === 1 ? '1 device' : `${devices} devices`;
  };
  const tab = (): DockTab => {
    const chosen = dockTab();
    if (chosen === 'clip' && room() !== 'arrange') return 'devices';
    return chosen === 'channel' && !track() ? 'devices' : chosen;
  };
  const tabs = () => [
    { value: 'devices' as const, label: 'Devices' },
    ...(track() ? [{ value: 'channel' as const, label: 'Channel' }] : []),
    ...(track() && room() === 'arrange' ? [{ value: 'clip' as const, label: 'Clip' }] : []),
  ];
  const size = (height: number) =>
    setDockHeightPx(Math.round(Math.min(window.innerHeight * mostShare, Math.max(leastPx, height))));

  const enlarged = () =>
    enlargedDevice() !== null && enlargedDevice()?.ownerId === owner() && tab() === 'devices';

  return (
    <Show when={dockOpen() && owner()} keyed>
      {(ownerId) => (
        <section
          class="dock"
          classList={{ enlarged: enlarged() }}
          ref={dock}
          aria-label={`Dock of ${name()}`}
          style={{ height: enlarged() || dockHeightPx() === null ? undefined : `${dockHeightPx()}px` }}
        >
          <div
            class="dock-edge"
            role="separator"
            aria-orientation="horizontal"
            aria-label="Height of the dock"
            aria-valuenow={dockHeightPx() ?? 256}
            tabIndex={0}
            onPointerDown={(event) => {
              const begin = dock.offsetHeight;
              followPointer(event, {
                move: (move) => size(begin + event.clientY - move.clientY),
                end: () => {},
              });
            }}
            onDblClick={() => setDockHeightPx(null)}
            onKeyDown={(event) => {
              if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
              event.preventDefault();
              event.stopPropagation();
              size(dock.offsetHeight + (event.key === 'ArrowUp' ? stepPx : -stepPx));
            }}
          />
          <header>
            <span
              class="dock-chip"
              style={{
                '--track': track() ? trackColourVariable(track()?.colour ?? 'slate') : 'var(--text-2)',
              }}
            />
            <h2 class="ellipsis">{name()}</h2>
            <span class="text-3 dock-count">{count()}</span>
            <Show when={tabs().length > 1}>
              <Segmented
                label="Shown in the dock"
                class="dock-tabs"
                options={tabs()}
                value={tab()}
                onChange={setDockTab}
              />
            </Show>
            <span class="grow" />
            <Show when={tab() === 'devices'}>
              <Suspense>
                <ChainTools ownerId={ownerId} />
              </Suspense>
            </Show>
            <IconButton
              icon="chevron-down"
              label="Hide the dock"
              keys="Tab"
              onClick={() => setDockOpen(false)}
            />
          </header>
          <SolidSwitch>
            <Match when={tab() === 'devices'}>
              <Suspense fallback={<div class="device-chain" />}>
                <DeviceChain ownerId={ownerId} />
              </Suspense>
            </Match>
            <Match when={tab() === 'channel' && track()}>
              {(shown) => (
                <div class="dock-panels scrolls">
                  <ChannelPanel track={shown()} />
                </div>
              )}
            </Match>
            <Match when={tab() === 'clip'}>
              <div class="dock-panels scrolls">
                <Show
                  when={clip()}
                  fallback={
                    <div class="panel-hint">Select a clip to see its fades, its gain and its length.</div>
                  }
                >
                  {(placed) => <ClipPanel track={placed().track} clip={placed().clip} />}
                </Show>
              </div>
            </Match>
          </SolidSwitch>
        </section>
      )}
    </Show>
  );
}
