import { Icon } from '../kit/Icon';
import { useStudio } from '../state/studio';
import type { PlacedDevice } from './chain';
import { choosePreset, previewPreset } from './deviceActions';
import { deviceInfo } from './deviceTable';
import { deletePreset, ownPresets, renamePreset, savePreset } from './ownPresets';
import { PresetChooser } from './PresetChooser';
import { chooseTextFile, presetFileName, presetText, readPresetFile, saveTextFile } from './presetFile';
import { presetsOf } from './presets';

export interface PresetListProps {
  device: PlacedDevice;
  anchor: DOMRect;
  onClose: () => void;
}

/** The presets of a device; with files that carry one from browser to browser. */
export function PresetList(props: PresetListProps) {
  const studio = useStudio();
  const deviceId = () => props.device.deviceId;
  const save = (name: string) => {
    const values = { ...props.device.params };
    savePreset(deviceId(), { name, values });
    choosePreset(studio, props.device, name, values);
  };
  /** What the file has is one of the person's own presets from then on. */
  const load = async () => {
    const file = await chooseTextFile();
    if (!file) return;
    const preset = readPresetFile(await file.text(), deviceId());
    if ('error' in preset) studio.messages.say(`${file.name}: ${preset.error}`, 'alert');
    else {
      savePreset(deviceId(), preset);
      choosePreset(studio, props.device, preset.name, preset.values);
    }
    props.onClose();
  };
  const saveFile = () => {
    const name = props.device.preset || 'preset';
    const text = presetText(deviceId(), { name, values: props.device.params });
    studio.doc.preview(null);
    saveTextFile(presetFileName(deviceId(), name), text);
    props.onClose();
  };
  return (
    <PresetChooser
      title={`${deviceInfo(deviceId())?.name ?? ''} presets`}
      anchor={props.anchor}
      ours={presetsOf(deviceId())}
      own={ownPresets(deviceId())}
      current={props.device.preset}
      onPlay={({ values }) => previewPreset(studio, props.device, values)}
      onChoose={({ name, values }) => choosePreset(studio, props.device, name, values)}
      onSave={save}
      onRename={(from, to) => renamePreset(deviceId(), from, to)}
      onDelete={(name) => deletePreset(deviceId(), name)}
      onClose={props.onClose}
    >
      <button type="button" class="preset-row" onClick={() => void load()}>
        <Icon name="file-up" small />
        <span>Load from a file…</span>
      </button>
      <button type="button" class="preset-row" onClick={saveFile}>
        <Icon name="file-down" small />
        <span>Save to a file</span>
      </button>
    </PresetChooser>
  );
}
