import { type Accessor, createEffect, createMemo, createSignal, untrack } from 'solid-js';
import type { Control } from '../../../bridge/automationTypes';
import type { Studio } from '../../../bridge/studioTypes';
import type { AutomationMode, Id, Lane } from '../../../model/types';
import { masterId } from '../../../model/types';
import { onFrame } from '../../kit/frameLoop';
import { controlKey, type Hands } from './hands';

export interface HeardOptions {
  readonly studio: Studio;
  readonly ownerId: () => Id;
  readonly owner: () =>
    | { readonly lanes: readonly Lane[]; readonly automationMode: AutomationMode }
    | undefined;
  /** The caller's own name of what a lane moves; null where it has no such control. */
  readonly nameOf: (lane: Pick<Lane, 'kind' | 'targetId' | 'param'>) => string | null;
  readonly hands: Hands;
}

type Values = Readonly<Record<string, number>>;
type Moved = readonly { readonly name: string; readonly control: Control }[];

const none: Values = {};
const sameMoved = (a: Moved, b: Moved): boolean =>
  a.length === b.length &&
  a.every(({ name, control }, place) => {
    const other = b[place];
    return other?.name === name && controlKey(other.control) === controlKey(control);
  });

/** What automation and hands make of an owner's controls, by the caller's names: read once a frame while anything moves one. */
export function createHeardValues(options: HeardOptions): Accessor<Values> {
  const { studio, hands, nameOf } = options;
  const moved = createMemo<Moved>(
    () => {
      const owner = options.owner();
      const ownerId = options.ownerId();
      const heard =
        owner && owner.automationMode !== 'off' ? owner.lanes.filter(({ points }) => points.length > 0) : [];
      const written = studio.automation.writing() ? hands.touched() : [];
      return [...heard, ...written].flatMap(({ kind, targetId, param }) => {
        const control = { ownerId: ownerId === masterId ? masterId : ownerId, kind, targetId, param };
        const name = nameOf(control);
        return name === null ? [] : [{ name, control }];
      });
    },
    [],
    { equals: sameMoved },
  );
  const [values, setValues] = createSignal(none);
  createEffect(() => {
    const controls = moved();
    if (controls.length === 0) {
      setValues(none);
      return;
    }
    const read = () => {
      const before = untrack(values);
      let changed = Object.keys(before).length !== controls.length;
      const next: Record<string, number> = {};
      for (const { name, control } of controls) {
        const value = studio.automation.valueNow(control);
        if (value !== null) next[name] = value;
        changed ||= before[name] !== next[name];
      }
      if (changed) setValues(next);
    };
    read();
    onFrame(read);
  });
  return createMemo(() => {
    const holding = hands.held();
    if (holding.size === 0) return values();
    const all: Record<string, number> = { ...values() };
    for (const { name, control } of moved()) {
      const value = holding.get(controlKey(control));
      if (value !== undefined) all[name] = value;
    }
    return all;
  });
}
