import { createSignal, createUniqueId, For, onMount, Show } from 'solid-js';
import { IconButton } from '../kit/Button';
import { Icon } from '../kit/Icon';
import { useStudio } from '../state/studio';
import type { PlacedDevice } from './chain';
import { choosePreset, previewPreset } from './deviceActions';
import { deviceInfo } from './deviceTable';
import { NameField } from './NameField';
import { deletePreset, ownPresets, renamePreset, savePreset } from './ownPresets';
import { Popover } from './Popover';
import { chooseTextFile, presetFileName, presetText, readPresetFile, saveTextFile } from './presetFile';
import { type Preset, presetsOf } from './presets';

export interface PresetListProps {
  device: PlacedDevice;
  anchor: DOMRect;
  onClose: () => void;
}

interface Entry {
  readonly preset: Preset;
  readonly own: boolean;
}

/** Ours first, then the person's own. Arrows play through them, Enter keeps one, Esc brings the old one back. */
export function PresetList(props: PresetListProps) {
  const studio = useStudio();
  const deviceId = () => props.device.deviceId;
  const name = () => deviceInfo(deviceId())?.name ?? '';
  const entries = (): readonly Entry[] => [
    ...presetsOf(deviceId()).map((preset) => ({ preset, own: false })),
    ...ownPresets(deviceId()).map((preset) => ({ preset, own: true })),
  ];
  const listId = createUniqueId();
  const [at, setAt] = createSignal(
    Math.max(
      0,
      entries().findIndex(({ preset }) => preset.name === props.device.preset),
    ),
  );
  /** null: nothing is typed; '' names a new one, else the one to rename. */
  const [typing, setTyping] = createSignal<string | null>(null);
  let list!: HTMLDivElement;
  let kept = false;

  const close = () => {
    if (!kept) studio.doc.preview(null);
    props.onClose();
  };
  const choose = (entry: Entry | undefined) => {
    if (!entry) return;
    kept = true;
    choosePreset(studio, props.device, entry.preset.name, entry.preset.values);
    props.onClose();
  };
  const move = (to: number) => {
    const next = Math.min(entries().length - 1, Math.max(0, to));
    setAt(next);
    const entry = entries()[next];
    if (entry) previewPreset(studio, props.device, entry.preset.values);
    list.querySelector(`#${listId}-${next}`)?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6 };
    const step = steps[event.key];
    if (step !== undefined) move(at() + step);
    else if (event.key === 'Enter' || event.key === ' ') choose(entries()[at()]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const save = (text: string) => {
    const from = typing();
    setTyping(null);
    if (from === null) return;
    if (from !== '') renamePreset(deviceId(), from, text);
    else {
      const values = { ...props.device.params };
      savePreset(deviceId(), { name: text, values });
      kept = true;
      choosePreset(studio, props.device, text, values);
    }
    props.onClose();
  };
  /** What the file has is one of the person's own presets from then on. */
  const load = async () => {
    const file = await chooseTextFile();
    if (!file) return;
    const preset = readPresetFile(await file.text(), deviceId());
    if ('error' in preset) studio.messages.say(`${file.name}: ${preset.error}`, 'alert');
    else {
      savePreset(deviceId(), preset);
      kept = true;
      choosePreset(studio, props.device, preset.name, preset.values);
    }
    props.onClose();
  };
  const saveFile = () => {
    const presetName = props.device.preset || 'preset';
    saveTextFile(
      presetFileName(deviceId(), presetName),
      presetText(deviceId(), { name: presetName, values: props.device.params }),
    );
    close();
  };
  onMount(() => {
    list.focus({ preventScroll: true });
    list.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });

  const row = (entry: Entry, index: () => number) => (
    <div class="preset-line">
      <button
        type="button"
        id={`${listId}-${index()}`}
        role="option"
        tabIndex={-1}
        class="preset-row"
        classList={{ at: at() === index() }}
        aria-selected={entry.preset.name === props.device.preset}
        onClick={() => choose(entry)}
      >
        <Show when={entry.preset.name === props.device.preset} fallback={<i class="icon-gap" />}>
          <Icon name="check" small />
        </Show>
        <span class="ellipsis">{entry.preset.name}</span>
      </button>
      <Show when={entry.own}>
        <IconButton
          small
          icon="pencil"
          label={`Rename ${entry.preset.name}`}
          onClick={() => setTyping(entry.preset.name)}
        />
        <IconButton
          small
          icon="trash"
          label={`Delete ${entry.preset.name}`}
          onClick={() => deletePreset(deviceId(), entry.preset.name)}
        />
      </Show>
    </div>
  );

  return (
    <Popover label={`${name()} presets`} anchor={props.anchor} class="preset-popover" onClose={close}>
      <div class="menu-heading">{name()} presets</div>
      <div
        ref={list}
        class="preset-list scrolls"
        role="listbox"
        aria-label={`${name()} presets`}
        aria-activedescendant={`${listId}-${at()}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <div role="group" aria-label="Ours">
          <For each={presetsOf(deviceId())}>{(preset, index) => row({ preset, own: false }, index)}</For>
        </div>
        <Show when={ownPresets(deviceId()).length > 0}>
          <div role="group" aria-label="Mine">
            <div class="menu-heading" aria-hidden="true">
              Mine
            </div>
            <For each={ownPresets(deviceId())}>
              {(preset, index) => row({ preset, own: true }, () => presetsOf(deviceId()).length + index())}
            </For>
          </div>
        </Show>
      </div>
      <div class="menu-line" />
      <Show
        when={typing() !== null}
        fallback={
          <>
            <button type="button" class="preset-row" onClick={() => setTyping('')}>
              <Icon name="plus" small />
              <span>Save as preset…</span>
            </button>
            <button type="button" class="preset-row" onClick={() => void load()}>
              <Icon name="file-up" small />
              <span>Load from a file…</span>
            </button>
            <button type="button" class="preset-row" onClick={saveFile}>
              <Icon name="file-down" small />
              <span>Save to a file</span>
            </button>
          </>
        }
      >
        <NameField
          label="Preset name"
          value={typing() ?? ''}
          onSave={save}
          onCancel={() => {
            setTyping(null);
            list.focus({ preventScroll: true });
          }}
        />
      </Show>
    </Popover>
  );
}
