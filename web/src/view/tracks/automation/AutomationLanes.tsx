import { createEffect, For, on, Show } from 'solid-js';
import { type Id, masterId } from '../../../model/types';
import { Icon } from '../../kit/Icon';
import { selectMaster } from '../../state/selection';
import { useStudio } from '../../state/studio';
import { createLaneHeights } from '../laneHeights';
import type { Rows } from '../rows';
import { AutomationHead } from './AutomationHead';
import { AutomationLane } from './AutomationLane';
import { isUnfolded, revealed, shownLanes, toggleLanes } from './shownLanes';
import { findTarget, laneElementId } from './targets';
import './automation.css';

/** The headers of an owner's lanes: below a track's own, or below all tracks for the master. */
export function AutomationHeads(props: { ownerId: Id }) {
  const studio = useStudio();
  const heights = createLaneHeights();
  const targets = () => shownLanes(studio.project(), props.ownerId);
  return (
    <>
      <Show when={props.ownerId === masterId && targets().length > 0}>
        <div class="master-lanes-head" style={{ height: `${heights().lane}px` }}>
          <button
            type="button"
            class="track-unfold"
            aria-label="Automation of the master"
            aria-expanded="true"
            data-tip="Hide its automation"
            onClick={() => toggleLanes(studio.project(), masterId)}
          >
            <Icon name="chevron-down" small />
          </button>
          <button type="button" class="track-name" onClick={selectMaster}>
            Master
          </button>
        </div>
      </Show>
      <For each={targets()}>
        {(target, place) => (
          <Show when={findTarget(studio.project(), props.ownerId, target)}>
            {(info) => (
              <AutomationHead
                ownerId={props.ownerId}
                info={info()}
                height={heights().automation}
                first={place() === 0}
                last={place() === targets().length - 1}
              />
            )}
          </Show>
        )}
      </For>
    </>
  );
}

/** The lanes of all that is unfolded, above the canvas of the clips. */
export function AutomationLanes(props: { rows: Rows }) {
  const studio = useStudio();
  const heights = createLaneHeights();
  const owners = (): { id: Id; top: number }[] => [
    ...props.rows.rows
      .filter(({ trackId }) => isUnfolded(trackId))
      .map(({ trackId, top, height }) => ({ id: trackId, top: top + height })),
    ...(isUnfolded(masterId) ? [{ id: masterId, top: props.rows.height + heights().lane }] : []),
  ];
  const ids = () => owners().map(({ id }) => id);
  const track = (id: Id) => studio.project().tracks.find((each) => each.id === id);
  createEffect(
    on(revealed, (asked) => {
      if (!asked) return;
      requestAnimationFrame(() => {
        const lane = document.getElementById(laneElementId(asked.ownerId, asked.target));
        lane?.scrollIntoView({ block: 'nearest' });
        lane?.focus({ preventScroll: true });
      });
    }),
  );
  return (
    <For each={ids()}>
      {(id) => (
        <For each={shownLanes(studio.project(), id)}>
          {(target, place) => (
            <Show when={findTarget(studio.project(), id, target)}>
              {(info) => (
                <AutomationLane
                  ownerId={id}
                  ownerName={id === masterId ? 'Master' : (track(id)?.name ?? '')}
                  colour={track(id)?.colour ?? 'slate'}
                  info={info()}
                  top={(owners().find((owner) => owner.id === id)?.top ?? 0) + place() * heights().automation}
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
