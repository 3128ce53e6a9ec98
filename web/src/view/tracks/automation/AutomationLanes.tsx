import { createEffect, For, on, Show } from 'solid-js';
import { type Id, masteringId } from '../../../model/types';
import { ownerName } from '../../devices/chain';
import { useStudio } from '../../state/studio';
import { createLaneHeights } from '../laneHeights';
import type { Rows } from '../rows';
import { AutomationHead } from './AutomationHead';
import { AutomationLane } from './AutomationLane';
import { BlockHead } from './BlockHead';
import { blockHeight, blockIds, isUnfolded, revealed, setRevealed, shownLanes } from './shownLanes';
import { findTarget, laneElementId } from './targets';
import './automation.css';

/** The headers of an owner's lanes: below a track's own, or below all tracks in a block. */
export function AutomationHeads(props: { ownerId: Id }) {
  const studio = useStudio();
  const heights = createLaneHeights();
  const targets = () => shownLanes(studio.project(), props.ownerId);
  const block = () => (targets().length > 0 ? blockIds.find((id) => id === props.ownerId) : undefined);
  return (
    <>
      <Show when={block()}>{(blockId) => <BlockHead blockId={blockId()} height={heights().lane} />}</Show>
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
    ...blocks(),
  ];
  const blocks = () => {
    let end = props.rows.height;
    return blockIds.map((id) => {
      const top = end + heights().lane;
      end += blockHeight(studio.project(), id, heights());
      return { id, top };
    });
  };
  const ids = () => owners().map(({ id }) => id);
  const track = (id: Id) => studio.project().tracks.find((each) => each.id === id);
  createEffect(
    on(revealed, (asked) => {
      if (!asked) return;
      requestAnimationFrame(() => {
        const lane = document.getElementById(laneElementId(asked.ownerId, asked.target));
        lane?.scrollIntoView({ block: 'nearest' });
        lane?.focus({ preventScroll: true });
        setRevealed(null);
      });
    }),
  );
  const chainUnheard = () =>
    !studio.project().mastering.on && shownLanes(studio.project(), masteringId).length > 0;
  const topOf = (id: Id) => owners().find((owner) => owner.id === id)?.top ?? 0;
  return (
    <>
      <Show when={chainUnheard()}>
        <p
          class="block-note"
          style={{ top: `${topOf(masteringId) - heights().lane}px`, height: `${heights().lane}px` }}
        >
          Not heard here, only in the Master room and in the exported master
        </p>
      </Show>
      <For each={ids()}>
        {(id) => (
          <For each={shownLanes(studio.project(), id)}>
            {(target, place) => (
              <Show when={findTarget(studio.project(), id, target)}>
                {(info) => (
                  <AutomationLane
                    ownerId={id}
                    ownerName={ownerName(studio.project(), id)}
                    colour={track(id)?.colour ?? 'slate'}
                    info={info()}
                    top={topOf(id) + place() * heights().automation}
                    height={heights().automation}
                  />
                )}
              </Show>
            )}
          </For>
        )}
      </For>
    </>
  );
}
