import {
  createEffect,
  createMemo,
  createSignal,
  createUniqueId,
  For,
  on,
  onCleanup,
  onMount,
  Show,
} from 'solid-js';
import { applyPatches } from '../../model/applyPatches';
import type { Patch } from '../../model/types';
import { textParts } from '../keys/search';
import { IconButton } from '../kit/Button';
import { Icon } from '../kit/Icon';
import { useStudio } from '../state/studio';
import { deviceAt, outlineOf, ownerName, type PlacedDevice } from './chain';
import { additionOf, chainAdditions, removalOf } from './deviceActions';
import { deviceInfo } from './deviceTable';
import { activeDevice, openDevice, type PickerPlace, setPickerPlace } from './openDevice';
import { deleteChain } from './ownPresets';
import { Popover } from './Popover';
import {
  type FoundEntry,
  findEntries,
  type PickerCategory,
  type PickerEntry,
  pickerCategories,
  pickerEntries,
} from './pickerEntries';
import { startPreset } from './presets';
import './picker.css';

const nameOf = ({ deviceId }: PlacedDevice): string => deviceInfo(deviceId)?.name ?? deviceId;

/** Devices and chains by name and by kind. Enter adds, Alt-Enter replaces, Space hears it in place. */
function PickerContent(props: { place: PickerPlace; onClose: () => void }) {
  const studio = useStudio();
  const listId = createUniqueId();
  const [query, setQuery] = createSignal('');
  const [category, setCategory] = createSignal<PickerCategory>('All');
  const [at, setAt] = createSignal(0);
  const [heardId, setHeardId] = createSignal<string | null>(null);
  const entries = createMemo(pickerEntries);
  const found = createMemo(() => findEntries(entries(), query(), category()));
  const devices = () => found().filter(({ entry }) => !entry.chain);
  const chainsFound = () => found().filter(({ entry }) => entry.chain);
  let list!: HTMLDivElement;
  let field!: HTMLInputElement;

  /** The device of this strip that the hand was in last. */
  const replaced = (): PlacedDevice | undefined => {
    const active = activeDevice();
    return active?.ownerId === props.place.ownerId
      ? deviceAt(studio.project(), active.ownerId, active.key)
      : undefined;
  };
  /** What choosing an entry does, and the key of the device that then opens. */
  const addition = (
    entry: PickerEntry,
    old: PlacedDevice | undefined,
  ): { patches: Patch[]; key: string } | null => {
    const { ownerId } = props.place;
    const removal = old ? removalOf(studio.project(), old) : [];
    const project = applyPatches(studio.project(), removal);
    const index = old ? placeOf(old) : props.place.index;
    if (entry.chain) {
      const additions = chainAdditions(project, ownerId, index, entry.chain);
      const first = additions[0];
      if (!first) return null;
      return { patches: [...removal, ...additions.flatMap(({ patches }) => patches)], key: first.key };
    }
    const start = startPreset(entry.id);
    const one = additionOf(project, ownerId, entry.id, index, start?.values ?? {}, start?.name ?? '');
    return one && { patches: [...removal, ...one.patches], key: one.key };
  };
  /** Among the inserts; what takes the place of a section is the first of them. */
  const placeOf = ({ ownerId, place, key }: PlacedDevice): number =>
    place.kind === 'section'
      ? 0
      : outlineOf(studio.project(), ownerId)
          .filter((device) => device.place.kind === 'insert')
          .findIndex((device) => device.key === key);
  const stopHearing = () => {
    if (heardId() === null) return;
    setHeardId(null);
    studio.doc.preview(null);
  };
  const choose = (entry: PickerEntry | undefined, replace = false) => {
    if (!entry) return;
    stopHearing();
    const old = replace ? replaced() : undefined;
    const added = addition(entry, old);
    if (!added) return;
    const label = old ? `Replace ${nameOf(old)} by ${entry.name}` : `Add ${entry.name}`;
    studio.doc.commit(label, added.patches);
    props.onClose();
    openDevice(props.place.ownerId, added.key);
  };
  const hear = (entry: PickerEntry | undefined) => {
    if (!entry) return;
    if (heardId() === entry.id) {
      stopHearing();
      return;
    }
    const added = addition(entry, undefined);
    if (!added) return;
    setHeardId(entry.id);
    studio.doc.preview(added.patches);
  };

  createEffect(on([query, category], () => setAt(0), { defer: true }));
  createEffect(() => {
    list.querySelector(`#${listId}-${at()}`)?.scrollIntoView({ block: 'nearest' });
  });
  onMount(() => field.focus({ preventScroll: true }));
  onCleanup(stopHearing);

  const onKeyDown = (event: KeyboardEvent) => {
    const last = Math.max(0, found().length - 1);
    const steps: Record<string, number> = {
      ArrowDown: Math.min(last, at() + 1),
      ArrowUp: Math.max(0, at() - 1),
      PageDown: Math.min(last, at() + 6),
      PageUp: Math.max(0, at() - 6),
    };
    const to = steps[event.key];
    if (to !== undefined) setAt(to);
    else if (event.key === 'Enter') choose(found()[at()]?.entry, event.altKey);
    else if (event.key === ' ' && (query() === '' || heardId() !== null)) hear(found()[at()]?.entry);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const row = (item: FoundEntry, index: () => number) => (
    <div class="picker-line">
      <button
        type="button"
        id={`${listId}-${index()}`}
        role="option"
        tabIndex={-1}
        aria-selected={at() === index()}
        aria-label={item.entry.name}
        class="picker-row"
        classList={{ heard: heardId() === item.entry.id }}
        onPointerMove={() => setAt(index())}
        onClick={(event) => choose(item.entry, event.altKey)}
      >
        <span class="picker-picture" aria-hidden="true">
          <Icon name={item.entry.device?.icon ?? 'layers'} />
        </span>
        <b>
          <For each={textParts(item.entry.name, item.match.ranges)}>
            {(part) => (part.typed ? <mark>{part.text}</mark> : part.text)}
          </For>
        </b>
        <em>{item.entry.note}</em>
        <span class="picker-words ellipsis">
          {heardId() === item.entry.id ? 'You hear it now' : item.entry.description}
        </span>
      </button>
      <Show when={item.entry.own}>
        <IconButton
          small
          icon="trash"
          label={`Delete the chain ${item.entry.name}`}
          onClick={() => deleteChain(item.entry.name)}
        />
      </Show>
    </div>
  );

  return (
    <div class="picker" onKeyDown={onKeyDown}>
      <div class="picker-search">
        <Icon name="search" small />
        <input
          ref={field}
          type="text"
          role="combobox"
          aria-label="Find a device"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={`${listId}-${at()}`}
          placeholder="Find a device"
          autocomplete="off"
          spellcheck={false}
          value={query()}
          onInput={(event) => {
            stopHearing();
            setQuery(event.currentTarget.value);
          }}
        />
        <span class="text-3 ellipsis">
          {ownerName(studio.project(), props.place.ownerId)}, place {props.place.index + 1}
        </span>
      </div>
      <div class="picker-body">
        <div class="picker-categories scrolls" role="group" aria-label="Kinds of devices">
          <For each={pickerCategories(entries())}>
            {([name, count]) => (
              <button
                type="button"
                aria-pressed={category() === name}
                onClick={() => {
                  setCategory(name);
                  field.focus({ preventScroll: true });
                }}
              >
                {name}
                <span>{count}</span>
              </button>
            )}
          </For>
        </div>
        <div ref={list} id={listId} class="picker-list scrolls" role="listbox" aria-label="Devices">
          <Show when={devices().length > 0}>
            <div role="group" aria-label="Devices">
              <div class="menu-heading" aria-hidden="true">
                Devices
              </div>
              <For each={devices()}>{(item, index) => row(item, index)}</For>
            </div>
          </Show>
          <Show when={chainsFound().length > 0}>
            <div role="group" aria-label="Chains">
              <div class="menu-heading" aria-hidden="true">
                Chains
              </div>
              <For each={chainsFound()}>{(item, index) => row(item, () => devices().length + index())}</For>
            </div>
          </Show>
        </div>
        <Show when={found().length === 0}>
          <p class="picker-none text-3">Nothing has that name.</p>
        </Show>
      </div>
      <div class="picker-foot" aria-hidden="true">
        <span>
          <b>↑↓</b> choose
        </span>
        <span>
          <b>Enter</b> add
        </span>
        <Show when={replaced()}>
          {(old) => (
            <span class="ellipsis">
              <b>Alt Enter</b> replaces {nameOf(old())}
            </span>
          )}
        </Show>
        <span class="grow" />
        <span>
          <b>Space</b> hears it
        </span>
      </div>
    </div>
  );
}

export default function Picker(props: { place: PickerPlace }) {
  const close = () => setPickerPlace(null);
  return (
    <Popover label="Add a device" anchor={props.place.anchor} class="picker-popover" onClose={close}>
      <PickerContent place={props.place} onClose={close} />
    </Popover>
  );
}
