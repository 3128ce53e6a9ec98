import { Show } from 'solid-js';
import { addPoint } from '../../../commands/automation';
import { valueAt } from '../../../model/automation';
import type { Id, TrackColour } from '../../../model/types';
import { createSurface } from '../../kit/canvas';
import { onFrame } from '../../kit/frameLoop';
import { palette } from '../../kit/palette';
import { settle } from '../../kit/valueSpec';
import { typographic } from '../../kit/valueText';
import { useStudio } from '../../state/studio';
import { framesPerPx, rulerUnit, scrollFrame, snapMode } from '../../state/timeline';
import { nudgeFrames } from '../grid';
import { placeText } from '../readout';
import { createLaneHand } from './automationPointer';
import { movedBy } from './laneEdits';
import type { LaneGeometry } from './laneShape';
import { paintLane } from './paintLane';
import { fullName, laneElementId, laneOf, type TargetInfo, whyUnheard } from './targets';

export interface AutomationLaneProps {
  ownerId: Id;
  ownerName: string;
  colour: TrackColour;
  info: TargetInfo;
  top: number;
  height: number;
}

/** The line of one parameter over time, below its track. */
export function AutomationLane(props: AutomationLaneProps) {
  const studio = useStudio();
  let element!: HTMLDivElement;
  const geometry = (): LaneGeometry => ({
    view: { scrollFrame: scrollFrame(), framesPerPx: framesPerPx() },
    height: props.height,
    spec: props.info.spec,
  });
  const hand = createLaneHand({
    studio,
    ownerId: props.ownerId,
    info: () => props.info,
    geometry,
    rect: () => element.getBoundingClientRect(),
  });
  const lane = () => laneOf(studio.project(), props.ownerId, props.info.target);
  const surface = createSurface(
    (canvas) =>
      paintLane(canvas, {
        geometry: geometry(),
        points: hand.points(),
        restValue: props.info.value,
        colour: palette().tracks[props.colour].wave,
        colours: palette(),
        project: studio.project(),
        rulerUnit: rulerUnit(),
        off: isOff(),
        selected: hand.selected(),
        hovered: hand.hovered(),
        written: studio.automation.writtenSoFar(control()),
      }),
    () => [
      lane(),
      props.info,
      scrollFrame(),
      framesPerPx(),
      rulerUnit(),
      hand.selected(),
      hand.hovered(),
      isOff(),
      studio.automation.writing(),
      studio.project().tempo,
      studio.project().tempoChanges,
    ],
  );
  const control = () => ({ ownerId: props.ownerId, ...props.info.target });
  // The line follows what is written.
  onFrame(() => {
    if (studio.automation.writing()) surface.invalidate();
  });
  const isOff = () => whyUnheard(studio.project(), props.ownerId, props.info.target) !== null;
  const text = (frame: number, value: number) =>
    `${placeText(frame, studio.project())}   ${typographic(props.info.spec.format(value))}`;

  /** The point that the keyboard is on: the last selected. */
  const current = () => [...hand.selected()].at(-1) ?? null;
  const valueText = () => {
    const place = current();
    const points = hand.points();
    const point = place === null ? undefined : points[place];
    if (!point || place === null) return points.length === 0 ? 'No points' : `${points.length} points`;
    return `Point ${place + 1} of ${points.length}, ${text(point.frame, point.value)}`;
  };
  const move = (byFrames: number, byValue: number) => {
    const frames = [...hand.selected()].flatMap((place) => hand.points()[place]?.frame ?? []);
    if (frames.length === 0) return;
    studio.doc.commit(
      'Move points',
      hand.edited(studio.project(), (project, place) => movedBy(project, place, frames, byFrames, byValue)),
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey) {
      const key = event.key.toLowerCase();
      if (key === 'c') hand.copy();
      else if (key === 'x') hand.cut();
      else if (key === 'v') hand.paste();
      else if (key === 'a') hand.setSelected(new Set(hand.points().keys()));
      else return;
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const place = current();
    const count = hand.points().length;
    const { spec } = props.info;
    const step = event.shiftKey ? spec.bigStep : spec.step;
    const nudge = nudgeFrames(studio.project(), snapMode(), event.shiftKey);
    const up = event.key === 'ArrowUp';
    const right = event.key === 'ArrowRight';
    if ((up || event.key === 'ArrowDown') && place !== null) {
      const value = hand.points()[place]?.value ?? 0;
      const towards = up ? step : -step;
      const to = settle(spec, spec.nudge ? spec.nudge(value, towards) : value + towards);
      move(0, to - value);
    } else if ((right || event.key === 'ArrowLeft') && event.altKey) move(right ? nudge : -nudge, 0);
    else if (right || event.key === 'ArrowLeft') {
      if (count === 0) return;
      const next = place === null ? (right ? 0 : count - 1) : place + (right ? 1 : -1);
      hand.setSelected(new Set([Math.min(count - 1, Math.max(0, next))]));
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      if (hand.selected().size > 0) hand.remove(hand.selected());
    } else if (event.key === 'Enter') {
      const frame = Math.round(studio.transport.positionFrames());
      const value = valueAt({ points: hand.points() }, frame) ?? props.info.value;
      studio.doc.commit(
        'Add point',
        hand.edited(studio.project(), (project, place) => addPoint(project, { ...place, frame, value })),
      );
      hand.setSelected(new Set([hand.points().findIndex((point) => point.frame === frame)]));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      class="automation-lane"
      id={laneElementId(props.ownerId, props.info.target)}
      ref={element}
      role="slider"
      tabIndex={0}
      aria-label={`${fullName(props.info)} of ${props.ownerName} over time`}
      aria-valuetext={valueText()}
      aria-valuenow={current() ?? 0}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, hand.points().length - 1)}
      style={{ top: `${props.top}px`, height: `${props.height}px` }}
      classList={{ 'on-point': hand.hovered() !== null }}
      onPointerDown={hand.onPointerDown}
      onPointerMove={hand.onPointerMove}
      onPointerLeave={hand.onPointerLeave}
      onDblClick={hand.onDblClick}
      onContextMenu={hand.onContextMenu}
      onKeyDown={onKeyDown}
    >
      <canvas ref={surface.ref} />
      <Show when={hand.band()}>
        {(area) => (
          <div
            class="rubber-band"
            style={{
              left: `${area().left}px`,
              top: `${area().top}px`,
              width: `${area().right - area().left}px`,
              height: `${area().bottom - area().top}px`,
            }}
          />
        )}
      </Show>
      <Show when={hand.readout()}>
        {(readout) => (
          <div
            class="drag-readout"
            style={{ left: `${readout().x + 12}px`, top: `${Math.max(0, readout().y - 26)}px` }}
          >
            {text(readout().frame, readout().value)}
          </div>
        )}
      </Show>
    </div>
  );
}
