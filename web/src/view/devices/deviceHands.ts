import { type Accessor, createMemo } from 'solid-js';
import type { Control } from '../../bridge/automationTypes';
import type { Studio } from '../../bridge/studioTypes';
import type { Lane } from '../../model/types';
import { createHands, type HandWrite } from '../tracks/automation/hands';
import { createHeardValues } from '../tracks/automation/heardValues';
import { insertOwner, type PlacedDevice } from './chain';
import { valuePatches } from './deviceActions';
import type { ParamValues, ParamWriter } from './deviceGraph';

type LaneParam = Pick<Lane, 'kind' | 'targetId' | 'param'>;

/** What a lane of a value of a device moves. */
export function laneParamOf({ place }: Pick<PlacedDevice, 'place'>, param: string): LaneParam {
  if (place.kind === 'insert') return { kind: 'insert', targetId: place.insertId, param };
  return {
    kind: 'strip',
    targetId: null,
    param: param.startsWith('cut.') ? param : `${place.section}.${param}`,
  };
}

/** The value of a device that a lane moves; null for those of others. */
function paramOfLane({ place, params }: PlacedDevice, lane: LaneParam): string | null {
  if (place.kind === 'insert') {
    return lane.kind === 'insert' && lane.targetId === place.insertId ? lane.param : null;
  }
  if (lane.kind !== 'strip') return null;
  const own = `${place.section}.`;
  const param = lane.param.startsWith(own) ? lane.param.slice(own.length) : lane.param;
  return (param !== lane.param || lane.param.startsWith('cut.')) && param in params ? param : null;
}

/** A device's values as they are heard, and what sets them: its lanes are written, or win, or are not there. */
export function createDeviceControls(
  studio: Studio,
  device: () => PlacedDevice,
): { readonly params: Accessor<ParamValues>; readonly write: ParamWriter } {
  const hands = createHands(studio);
  const own = createMemo(() => device().params);
  const heard = createHeardValues({
    studio,
    hands,
    ownerId: () => device().ownerId,
    owner: () => insertOwner(studio.project(), device().ownerId),
    nameOf: (lane) => paramOfLane(device(), lane),
  });
  const params = createMemo<ParamValues>(() => {
    const values = heard();
    return Object.keys(values).length === 0 ? own() : { ...own(), ...values };
  });
  let base: ParamValues | null = null;
  const writes = (values: ParamValues): HandWrite[] => {
    const before = base ?? own();
    base = before;
    const { ownerId } = device();
    return Object.entries(values).map(([param, value]) => {
      const control: Control = {
        ownerId,
        ...laneParamOf(device(), param),
      };
      return {
        control,
        value,
        before: before[param] ?? value,
        patches: valuePatches(device(), { [param]: value }),
      };
    });
  };
  return {
    params,
    write: {
      preview: (values) => hands.preview(writes(values)),
      commit(label, values) {
        const last = writes(values);
        base = null;
        hands.commit(label, last);
      },
      cancel() {
        base = null;
        hands.cancel();
      },
    },
  };
}
