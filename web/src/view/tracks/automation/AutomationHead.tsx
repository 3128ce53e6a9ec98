import { createSignal, onCleanup, Show } from 'solid-js';
import { removeLane, setLaneTimebase } from '../../../commands/automation';
import { findOwner } from '../../../commands/owners';
import { valueAt } from '../../../model/automation';
import { type Id, type LaneTimebase, masterId, masteringId } from '../../../model/types';
import { IconButton } from '../../kit/Button';
import { onFrame } from '../../kit/frameLoop';
import { Icon } from '../../kit/Icon';
import { Menu, type MenuEntries, type MenuEntry } from '../../kit/Menu';
import { typographic } from '../../kit/valueText';
import { AutomationLine } from '../../mixer/AutomationLine';
import { useStudio } from '../../state/studio';
import { withSelection } from '../trackActions';
import { exchangeLane, hideLane, pencil, revealLane, setPencil } from './shownLanes';
import {
  bandName,
  fullName,
  type LaneParam,
  laneOf,
  type TargetInfo,
  targetsOf,
  whyUnheard,
} from './targets';

export interface AutomationHeadProps {
  ownerId: Id;
  info: TargetInfo;
  height: number;
  /** The first lane of its owner says how automation works there. */
  first: boolean;
  /** The last one offers one more. */
  last: boolean;
}

/** The bands of an equaliser are menus of their own. */
function byBand(
  targets: readonly TargetInfo[],
  entry: (info: TargetInfo, label?: string) => MenuEntry,
): MenuEntries {
  const bands = [...new Set(targets.flatMap(({ name }) => bandName.exec(name)?.[1] ?? []))];
  const inBand = (info: TargetInfo, band: string) => info.name.startsWith(`${band} `);
  return [
    ...targets.filter(({ name }) => !bandName.test(name)).map((info) => entry(info)),
    ...bands.map((band): MenuEntry => {
      const parts = targets.filter((info) => inBand(info, band));
      return {
        kind: 'submenu',
        label: band,
        entries: parts.map((info) => {
          const part = bandName.exec(info.name)?.[2] ?? info.name;
          return entry(info, part.charAt(0).toUpperCase() + part.slice(1));
        }),
      };
    }),
  ];
}

/** What can be chosen: the strip's own, then a submenu for each part. */
function targetEntries(
  targets: readonly TargetInfo[],
  chosen: LaneParam | null,
  hasLane: (target: LaneParam) => boolean,
  choose: (target: LaneParam) => void,
): MenuEntries {
  const entry = (info: TargetInfo, label = info.name) => ({
    label,
    ...(chosen === null ? {} : { checked: info.target === chosen }),
    ...(hasLane(info.target) ? { note: '●' } : {}),
    run: () => choose(info.target),
  });
  const own = targets.filter(({ group }) => group === '');
  const groups = [...new Set(targets.map(({ group }) => group))].filter((group) => group !== '');
  return [
    ...own.map((info) => entry(info)),
    ...(own.length > 0 && groups.length > 0 ? [{ kind: 'line' } as const] : []),
    ...groups.map((group) => ({
      kind: 'submenu' as const,
      label: group,
      entries: byBand(
        targets.filter((info) => info.group === group),
        entry,
      ),
    })),
  ];
}

/** The header of a lane: which parameter, what it is now, the pencil, and out of sight. */
export function AutomationHead(props: AutomationHeadProps) {
  const studio = useStudio();
  const lane = () => laneOf(studio.project(), props.ownerId, props.info.target);
  const [shownText, setShownText] = createSignal('');
  onFrame(() => {
    const control = { ownerId: props.ownerId, ...props.info.target };
    const points = lane()?.points;
    const value =
      studio.automation.valueNow(control) ??
      (points && valueAt({ points }, studio.transport.positionFrames())) ??
      props.info.value;
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

  const setTimebase = (timebase: LaneTimebase) => {
    const laneId = lane()?.id;
    if (laneId === undefined) return;
    studio.doc.commit(
      timebase === 'time' ? 'Lane in time' : 'Lane in beats',
      setLaneTimebase(studio.project(), { ownerId: props.ownerId, laneId, timebase }),
    );
  };
  const mode = () => findOwner(studio.project(), props.ownerId)?.automationMode ?? 'read';

  return (
    <div class="automation-head" style={{ height: `${props.height}px` }}>
      <Menu
        label="Parameter of this lane"
        class="button automation-param"
        triggerLabel={`Parameter: ${props.info.name}`}
        tip={whyUnheard(studio.project(), props.ownerId, props.info.target) ?? undefined}
        entries={() => [
          ...entries(true, (target) => exchangeLane(props.ownerId, props.info.target, target)),
          { kind: 'line' },
          ...(['time', 'beats'] as const).map((timebase) => ({
            label: timebase === 'time' ? 'Points stay in time' : 'Points follow the tempo',
            checked: (lane()?.timebase ?? 'time') === timebase,
            disabled: !lane(),
            run: () => setTimebase(timebase),
          })),
          { kind: 'line' },
          { label: 'Delete automation', icon: 'trash', danger: true, disabled: !lane(), run: clear },
        ]}
      >
        <span class="ellipsis">{fullName(props.info)}</span>
        <Icon name="chevron-down" small />
      </Menu>
      <Show when={props.first}>
        <Show
          when={props.ownerId !== masteringId}
          fallback={
            <span class="strip-automation read" data-tip="Automation: the lanes of the chain are always read">
              Read
            </span>
          }
        >
          <AutomationLine
            mode={mode()}
            idle={false}
            ownerIds={() => (props.ownerId === masterId ? [masterId] : withSelection(props.ownerId))}
          />
        </Show>
      </Show>
      <span class="automation-value">{shownText()}</span>
      <IconButton
        small
        icon="pencil"
        label="Draw"
        tip={pencil() ? 'Draw: on. Alt erases' : 'Draw'}
        class="automation-tool"
        aria-pressed={pencil()}
        onClick={() => setPencil(!pencil())}
      />
      {props.last && (
        <Menu
          label="One more lane"
          class="button icon-only ghost small automation-tool"
          triggerLabel="One more lane"
          tip="One more lane"
          entries={() => entries(false, (target) => revealLane(props.ownerId, target))}
        >
          <Icon name="plus" small />
        </Menu>
      )}
      <IconButton
        small
        icon="x"
        label="Hide this lane"
        class="automation-tool"
        onClick={() => hideLane(props.ownerId, props.info.target)}
      />
    </div>
  );
}
