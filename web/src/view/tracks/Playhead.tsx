import { onFrame } from '../kit/frameLoop';
import { useStudio } from '../state/studio';
import { followsPlayhead, frameAtPx, framesPerPx, laneWidthPx, pxAtFrame, scrollTo } from '../state/timeline';
import { dragShow } from './hand';

/** The page turns when the playhead comes this near to the right edge, and begins this far behind it. */
const turnAtPx = 24;
const behindShare = 0.06;

/** A layer of its own over ruler and lanes: it moves every frame while nothing below is painted. */
export function Playhead() {
  const studio = useStudio();
  let line!: HTMLDivElement;
  let drawn = Number.NaN;
  let wasInView = true;

  onFrame(() => {
    const frame = studio.transport.positionFrames();
    let x = pxAtFrame(frame);
    const inView = x >= 0 && x <= laneWidthPx();
    // Whoever scrolls away while it plays is left alone until the playhead is back.
    const more = studio.transport.songEndFrame() > frameAtPx(laneWidthPx());
    const leaves = wasInView && ((x > laneWidthPx() - turnAtPx && more) || x < 0);
    if (studio.transport.playing() && followsPlayhead() && leaves && !dragShow()) {
      scrollTo(frame - laneWidthPx() * behindShare * framesPerPx());
      x = pxAtFrame(frame);
    }
    wasInView = inView || (x >= 0 && x <= laneWidthPx());
    const rounded = Math.round(x * devicePixelRatio) / devicePixelRatio;
    if (rounded === drawn) return;
    drawn = rounded;
    line.style.transform = `translateX(${rounded}px)`;
  });

  return (
    <div class="playhead" ref={line} aria-hidden="true">
      <svg aria-hidden="true" width="11" height="11" viewBox="0 0 11 11">
        <path d="M0 0H11V5L5.5 11L0 5Z" />
      </svg>
    </div>
  );
}
