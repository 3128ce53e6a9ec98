import { createSignal, onCleanup } from 'solid-js';
import { removeLane } from '../../../commands/automation';
import { valueAt } from '../../../model/automation';
import type { Id } from '../../../model/types';
import { IconButton } from '../../kit/Button';
import { onFrame } from '../../kit/frameLoop';
import { Icon } from '../../kit/Icon';
import { Menu, type MenuEntries } from '../../kit/Menu';
import { typographic } from '../../kit/valueText';
import { useStudio } from '../../state/studio';
import { exchangeLane, hideLane, pencil, setPencil, showLane } from './shownLanes';
import { type LaneParam, laneOf, type TargetInfo, targetsOf } from './targets';

export interface AutomationHeadProps {
  ownerId: Id;
  info: TargetInfo;
  height: number;
  /** The last lane of its track offers one more. */
  last: boolean;
}

/** What can be chosen: the strip's own, then a submenu for each part. */
function targetEntries(
  targets: readonly TargetInfo[],
  chosen: LaneParam | null,
  hasLane: (target: LaneParam) => boolean,
  choose: (target: LaneParam) => void,
): MenuEntries {
  const entry = (info: TargetInfo) => ({
    label: info.name,
    ...(chosen === null ? {} : { checked: info.target === chosen }),
    ...(hasLane(info.target) ? { note: '●' } : {}),
    run: () => choose(info.target),
  });
  const own = targets.filter(({ group }) => group === '');
  const groups = [...new Set(targets.map(({ group }) => group))].filter((group) => group !== '');
  return [
    ...own.map(entry),
    ...(groups.length > 0 ? [{ kind: 'line' } as const] : []),
    ...groups.map((group) => ({
      kind: 'submenu' as const,
      label: group,
      entries: targets.filter((info) => info.group === group).map(entry),
    })),
  ];
}

/** The header of a lane: which parameter, what it is now, the pencil, and out of sight. */
export function AutomationHead(props: AutomationHeadProps) {
  const studio = useStudio();
  const lane = () => laneOf(studio.project(), props.ownerId, props.info.target);
  const [shownText, setShownText] = createSignal('');
  onFrame(() => {
    const points = lane()?.points;
    const value = (points && valueAt({ points }, studio.transport.positionFrames())) ?? props.info.value;
    setShownText(typographic(props.info.spec.format(value)));
  });
  onCleanup(() => setShownText(''));
  const entries = (chosen: boolean, choose: (target: LaneParam) => void) =>
    targetEntries(
      targetsOf(studio.project(), props.ownerId),
      chosen ? props.info.target : null,
      (target) => laneOf(studio.project(), props.ownerId, target) !== undefined,
      choose,
    );
  const clear = () => {
    const laneId = lane()?.id;
    if (laneId === undefined) return;
    studio.doc.commit('Delete automation', removeLane(studio.project(), { ownerId: props.ownerId, laneId }));
  };

  return (
    <div class="automation-head" style={{ height: `${props.height}px` }}>
      <Menu
        label="Parameter of this lane"
        class="button automation-param"
        triggerLabel={`Parameter: ${props.info.name}`}
        entries={() => [
          ...entries(true, (target) => exchangeLane(props.ownerId, props.info.target, target)),
          { kind: 'line' },
          { label: 'Delete automation', icon: 'trash', danger: true, disabled: !lane(), run: clear },
        ]}
      >
        <span class="ellipsis">
          {props.info.group === ''
            ? props.info.name
            : `${props.info.group.replace(/^\d+\. /, '')}: ${props.info.name}`}
        </span>
        <Icon name="chevron-down" small />
      </Menu>
      <span class="automation-value">{shownText()}</span>
      <IconButton
        icon="pencil"
        label="Draw"
        class="automation-tool"
        aria-pressed={pencil()}
        onClick={() => setPencil(!pencil())}
      />
      {props.last && (
        <Menu
          label="One more lane"
          class="button icon-only ghost automation-tool"
          triggerLabel="One more lane"
          tip="One more lane"
          entries={() => entries(false, (target) => showLane(props.ownerId, target))}
        >
          <Icon name="plus" small />
        </Menu>
      )}
      <IconButton
        icon="x"
        label="Hide this lane"
        class="automation-tool"
        onClick={() => hideLane(props.ownerId, props.info.target)}
      />
    </div>
  );
}
