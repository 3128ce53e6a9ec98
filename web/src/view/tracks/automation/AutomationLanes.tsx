import { For, Show } from 'solid-js';
import type { Id } from '../../../model/types';
import { useStudio } from '../../state/studio';
import { createLaneHeights } from '../laneHeights';
import type { Row, Rows } from '../rows';
import { AutomationHead } from './AutomationHead';
import { AutomationLane } from './AutomationLane';
import { isUnfolded, shownLanes } from './shownLanes';
import { findTarget, type LaneParam, type TargetInfo } from './targets';
import './automation.css';

/** The headers of a track's lanes, below its own. */
export function AutomationHeads(props: { trackId: Id }) {
  const studio = useStudio();
  const heights = createLaneHeights();
  const targets = () => shownLanes(studio.project(), props.trackId);
  return (
    <For each={targets()}>
      {(target, place) => (
        <Show when={findTarget(studio.project(), props.trackId, target)}>
          {(info) => (
            <AutomationHead
              ownerId={props.trackId}
              info={info()}
              height={heights().automation}
              last={place() === targets().length - 1}
            />
          )}
        </Show>
      )}
    </For>
  );
}

/** The lanes of all tracks that are unfolded, above the canvas of the clips. */
export function AutomationLanes(props: { rows: Rows }) {
  const studio = useStudio();
  const heights = createLaneHeights();
  const unfolded = () => props.rows.rows.filter((row) => isUnfolded(row.trackId));
  const track = (row: Row) => studio.project().tracks.find(({ id }) => id === row.trackId);
  const info = (row: Row, target: LaneParam): TargetInfo | undefined =>
    findTarget(studio.project(), row.trackId, target);
  return (
    <For each={unfolded()}>
      {(row) => (
        <For each={shownLanes(studio.project(), row.trackId)}>
          {(target, place) => (
            <Show when={info(row, target)}>
              {(shown) => (
                <AutomationLane
                  ownerId={row.trackId}
                  ownerName={track(row)?.name ?? ''}
                  colour={track(row)?.colour ?? 'slate'}
                  info={shown()}
                  top={row.top + row.height + place() * heights().automation}
                  height={heights().automation}
                />
              )}
            </Show>
          )}
        </For>
      )}
    </For>
  );
}
