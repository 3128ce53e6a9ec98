import type { Studio } from '../../bridge/studioTypes';
import { masterId, type ProjectSnapshot } from '../../model/types';
import type { MenuEntries, MenuEntry } from '../kit/Menu';
import { keyRefusal } from '../mixer/routing';
import { isPhone } from '../phone/phoneSize';
import { type DeviceOutline, deviceAt, findOwner, type PlacedDevice, takesKey } from './chain';
import {
  copiedDevices,
  copyDevices,
  duplicateDevice,
  pasteValues,
  presetPatches,
  removeDevice,
  setKey,
  setLevelMatched,
  setPower,
} from './deviceActions';
import { deviceInfo, isInsertable } from './deviceTable';
import { enlargedDevice, setEnlargedDevice } from './openDevice';
import { ownPresets } from './ownPresets';
import { presetsOf, startPreset } from './presets';

/** "Side-chain from": the device's own sound, or any track whose key makes no loop. */
function keyEntries(studio: Studio, project: ProjectSnapshot, device: PlacedDevice): MenuEntries {
  const others = project.tracks.filter((track) => track.id !== device.ownerId);
  return [
    {
      label: 'Off: its own sound',
      checked: device.keyId === null,
      run: () => setKey(studio, device, null),
    },
    { kind: 'line' },
    ...others.map((track): MenuEntry => {
      const reason = keyRefusal(project, device.ownerId, track.id);
      return {
        label: track.name,
        checked: device.keyId === track.id,
        disabled: reason !== null,
        note: reason ?? undefined,
        run: () => setKey(studio, device, track.id),
      };
    }),
  ];
}

function backToPreset(studio: Studio, device: PlacedDevice): void {
  const named = [...ownPresets(device.deviceId), ...presetsOf(device.deviceId)].find(
    ({ name }) => name === device.preset,
  );
  const preset = named ?? startPreset(device.deviceId);
  if (preset)
    studio.doc.commit(`Back to ${preset.name}`, presetPatches(studio, device, preset.name, preset.values));
}

export const keyName = (project: ProjectSnapshot, device: PlacedDevice): string =>
  device.keyId === null ? 'Off' : (findOwner(project, device.keyId)?.name ?? 'Off');

export interface DeviceMenuOptions {
  /** Opens the panel where the menu does not belong to one. */
  open?(): void;
  /** Shows the lanes of automation, with one for a value of this device. */
  automate?(device: PlacedDevice, param: string): void;
}

/** What can be done to a device, from its panel and from its slot. */
export function deviceMenuEntries(
  studio: Studio,
  outline: DeviceOutline,
  options: DeviceMenuOptions = {},
): MenuEntries {
  const project = studio.project();
  const device = deviceAt(project, outline.ownerId, outline.key);
  if (!device) return [];
  const insert = device.place.kind === 'insert';
  const params = deviceInfo(device.deviceId)?.params ?? [];
  const same = copiedDevices().some(({ deviceId }) => deviceId === device.deviceId);
  const here = { ownerId: outline.ownerId, key: outline.key };
  const insideDock = options.open === undefined && !isPhone();
  const enlarged = enlargedDevice()?.ownerId === here.ownerId && enlargedDevice()?.key === here.key;
  const entries: (MenuEntry | false)[] = [
    options.open !== undefined && {
      label: 'Open in the dock',
      icon: 'panel-bottom',
      run: () => options.open?.(),
    },
    insideDock && {
      label: enlarged ? 'Back to the dock' : 'Enlarge',
      icon: 'maximize-2',
      keys: enlarged ? 'Esc' : 'E',
      run: () => setEnlargedDevice(enlarged ? null : here),
    },
    {
      label: 'Bypass',
      checked: !device.on,
      note: 'Alt-click',
      run: () => setPower(studio, device, !device.on),
    },
    insert && {
      label: 'Bypass level-matched',
      checked: device.levelMatched,
      keys: 'Shift B',
      run: () => setLevelMatched(studio, [device], !device.levelMatched),
    },
    { kind: 'line' },
    { label: 'Copy', icon: 'copy', keys: 'Ctrl C', run: () => copyDevices([device]) },
    {
      label: 'Paste its values',
      icon: 'copy',
      disabled: !same,
      run: () => pasteValues(studio, device),
    },
    {
      label: 'Duplicate',
      icon: 'layers',
      keys: 'Ctrl D',
      disabled: !isInsertable(device.deviceId),
      run: () => duplicateDevice(studio, device),
    },
    { label: 'Back to preset', icon: 'rotate-ccw', run: () => backToPreset(studio, device) },
    { kind: 'line' },
    takesKey(device.deviceId) && {
      kind: 'submenu',
      label: device.keyId === null ? 'Side-chain from…' : `Side-chain from ${keyName(project, device)}`,
      icon: 'log-in',
      entries: keyEntries(studio, project, device),
    },
    options.automate !== undefined && {
      kind: 'submenu',
      label: 'Show automation of',
      icon: 'activity',
      entries: params
        .filter(({ id, changesLatency }) => id !== 'on' && changesLatency === 0)
        .map((param) => ({ label: param.name, run: () => options.automate?.(device, param.id) })),
    },
    { kind: 'line' },
    {
      label: 'Remove',
      icon: 'trash',
      keys: 'Del',
      danger: true,
      run: () => removeDevice(studio, device),
    },
  ];
  return entries.filter((entry) => entry !== false);
}

export const isMaster = (ownerId: string): boolean => ownerId === masterId;
