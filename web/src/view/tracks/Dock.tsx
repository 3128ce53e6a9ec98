import { Show } from 'solid-js';
import { IconButton } from '../kit/Button';
import { trackColourVariable } from '../kit/palette';
import { dockHeightPx, dockOpen, setDockHeightPx, setDockOpen } from '../state/layout';
import { leadTrack, selectedClips } from '../state/selection';
import { useStudio } from '../state/studio';
import { ChannelPanel } from './ChannelPanel';
import { ClipPanel } from './ClipPanel';
import { followPointer } from './followPointer';
import './dock.css';

const leastPx = 160;
const mostShare = 0.6;
const stepPx = 16;

/** Below the lanes: the selected track's channel and the selected clip. Its upper edge sizes it, Tab hides it. */
export function Dock() {
  const studio = useStudio();
  let dock!: HTMLElement;
  const track = () => leadTrack(studio.project());
  const clip = () => {
    const placed = selectedClips(studio.project());
    return placed.length === 1 ? placed[0] : undefined;
  };
  const clipCount = () => {
    const count = track()?.clips.length ?? 0;
    return count === 1 ? '1 clip' : `${count} clips`;
  };
  const size = (height: number) =>
    setDockHeightPx(Math.round(Math.min(window.innerHeight * mostShare, Math.max(leastPx, height))));

  return (
    <Show when={dockOpen() && track()}>
      {(shown) => (
        <section
          class="dock"
          ref={dock}
          aria-label={`Dock of ${shown().name}`}
          style={{ height: dockHeightPx() === null ? undefined : `${dockHeightPx()}px` }}
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
            <span class="dock-chip" style={{ '--track': trackColourVariable(shown().colour) }} />
            <h2 class="ellipsis">{shown().name}</h2>
            <span class="text-3">{clipCount()}</span>
            <span class="grow" />
            <IconButton
              icon="chevron-down"
              label="Hide the dock"
              keys="Tab"
              onClick={() => setDockOpen(false)}
            />
          </header>
          <div class="dock-panels scrolls">
            <ChannelPanel track={shown()} />
            <Show
              when={clip()}
              fallback={
                <div class="panel-hint">Select a clip to see its fades, its gain and its length.</div>
              }
            >
              {(placed) => <ClipPanel track={placed().track} clip={placed().clip} />}
            </Show>
          </div>
        </section>
      )}
    </Show>
  );
}
