import { createSignal } from 'solid-js';
import { CommandWriter } from '../engine/encodeCommands';
import type { StudioMessages } from './messageTypes';
import type { OutputDevice, StudioMonitor } from './monitorTypes';

const storageKey = 'mixwell.monitor';
const lowestDb = -60;
const highestDb = 12;

interface MonitorSettings {
  volumeDb: number;
  mono: boolean;
  dim: boolean;
  deviceId: string;
}

export interface MonitorSession {
  send(out: CommandWriter): boolean;
  setOutput(id: string): Promise<void>;
}

export interface Monitor extends StudioMonitor {
  /** What a new engine must know of it. */
  writeSetup(out: CommandWriter): void;
}

const plainSettings: MonitorSettings = { volumeDb: 0, mono: false, dim: false, deviceId: '' };

/** The listener's volume and output, kept in this browser and not in the project; or, for a visit, kept nowhere. */
export function createMonitor(
  session: () => MonitorSession,
  messages: StudioMessages,
  isVisit = false,
): Monitor {
  const kept = isVisit ? plainSettings : readSettings();
  const [volumeDb, setVolume] = createSignal(kept.volumeDb);
  const [mono, setMonoOn] = createSignal(kept.mono);
  const [dim, setDimOn] = createSignal(kept.dim);
  const [deviceId, setDeviceId] = createSignal(kept.deviceId);

  const writeSetup = (out: CommandWriter) => out.monitor(volumeDb(), dim(), mono());
  const changed = () => {
    const settings: MonitorSettings = {
      volumeDb: volumeDb(),
      mono: mono(),
      dim: dim(),
      deviceId: deviceId(),
    };
    if (!isVisit) keepSettings(settings);
    const out = new CommandWriter();
    writeSetup(out);
    session().send(out);
  };

  const followDevices = async () => {
    const chosen = deviceId();
    if (chosen === '' || (await outputDevices()).some(({ id }) => id === chosen)) return;
    setDeviceId('');
    await session()
      .setOutput('')
      .catch(() => {});
    messages.say('The chosen output is gone: playing on the system’s default.', 'alert');
  };
  navigator.mediaDevices?.addEventListener('devicechange', () => void followDevices());

  return {
    volumeDb,
    mono,
    dim,
    deviceId,
    writeSetup,
    setVolumeDb(value) {
      setVolume(Math.min(highestDb, Math.max(lowestDb, value)));
      changed();
    },
    setMono(on) {
      setMonoOn(on);
      changed();
    },
    setDim(on) {
      setDimOn(on);
      changed();
    },
    devices: outputDevices,
    async setDevice(id) {
      try {
        await session().setOutput(id);
        setDeviceId(id);
        changed();
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        messages.say(`The output could not be chosen: ${reason}`, 'alert');
      }
    },
  };
}

async function outputDevices(): Promise<readonly OutputDevice[]> {
  if (!('setSinkId' in AudioContext.prototype) || !navigator.mediaDevices) return [];
  const all = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  const outputs = all.filter(({ kind, deviceId }) => kind === 'audiooutput' && !ownNames.has(deviceId));
  const named = outputs.map(({ deviceId, label }, index) => ({
    id: deviceId,
    label: label || `Output ${index + 1}`,
  }));
  return [{ id: '', label: 'System default' }, ...named];
}

/** Chromium lists the default twice, under names of its own. */
const ownNames = new Set(['', 'default', 'communications']);

function readSettings(): MonitorSettings {
  const settings = { ...plainSettings };
  try {
    const kept = JSON.parse(localStorage.getItem(storageKey) ?? '{}') as Record<string, unknown>;
    if (typeof kept.volumeDb === 'number' && kept.volumeDb >= lowestDb && kept.volumeDb <= highestDb) {
      settings.volumeDb = kept.volumeDb;
    }
    settings.mono = kept.mono === true;
    settings.dim = kept.dim === true;
    if (typeof kept.deviceId === 'string') settings.deviceId = kept.deviceId;
  } catch {
    return settings;
  }
  return settings;
}

function keepSettings(settings: MonitorSettings): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(settings));
  } catch {
    // A browser that keeps nothing plays all the same.
  }
}
