import { Show } from 'solid-js';
import { useStudio } from '../state/studio';
import { framesPerPx, laneWidthPx, scrollableFrames, scrollFrame, scrollTo } from '../state/timeline';
import { followPointer } from './followPointer';

const leastThumbPx = 24;

/** The slim bar at the foot of the lanes: there while the song is longer than the window on it. */
export function TimeScroll() {
  const { songEndFrame } = useStudio().transport;
  const shown = () => laneWidthPx() * framesPerPx();
  const total = () => Math.max(shown(), scrollableFrames());
  const thumbPx = () => Math.max(leastThumbPx, (laneWidthPx() * shown()) / total());
  const range = () => Math.max(1, total() - shown());
  const leftPx = () => (scrollFrame() / range()) * (laneWidthPx() - thumbPx());
  const framesOfPx = (px: number) => (px / Math.max(1, laneWidthPx() - thumbPx())) * range();
  const hides = () => scrollFrame() > 0 || songEndFrame() > shown();
  return (
    <Show when={hides()}>
      <div
        class="time-scroll"
        aria-hidden="true"
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          const rect = event.currentTarget.getBoundingClientRect();
          const onThumb = (event.target as Element).classList.contains('time-thumb');
          if (!onThumb) scrollTo(framesOfPx(event.clientX - rect.left - thumbPx() / 2));
          const begin = scrollFrame();
          followPointer(event, {
            move: (move) => scrollTo(begin + framesOfPx(move.clientX - event.clientX)),
            end: () => {},
          });
        }}
      >
        <i class="time-thumb" style={{ left: `${leftPx()}px`, width: `${thumbPx()}px` }} />
      </div>
    </Show>
  );
}
