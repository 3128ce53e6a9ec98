import { createSignal } from 'solid-js';
import type { CopiedDevice } from './deviceActions';
import type { ParamValues } from './deviceGraph';
import type { Preset } from './presets';

/** What this person has named in this browser. */
interface Kept {
  readonly presets: Readonly<Record<string, readonly Preset[]>>;
  readonly chains: readonly { readonly name: string; readonly devices: readonly CopiedDevice[] }[];
}

const storageKey = 'mixwell.presets';
const nothing: Kept = { presets: {}, chains: [] };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isValues = (value: unknown): value is ParamValues =>
  isRecord(value) && Object.values(value).every((number) => Number.isFinite(number));
const isPreset = (value: unknown): value is Preset =>
  isRecord(value) && typeof value.name === 'string' && isValues(value.values);
const isDevice = (value: unknown): value is CopiedDevice =>
  isRecord(value) &&
  typeof value.deviceId === 'string' &&
  typeof value.preset === 'string' &&
  isValues(value.values);

/** What was kept, as far as it can be read. */
export function readKept(text: string | null): Kept {
  let data: unknown = null;
  try {
    data = JSON.parse(text ?? 'null');
  } catch {
    return nothing;
  }
  if (!isRecord(data)) return nothing;
  const presets = isRecord(data.presets)
    ? Object.fromEntries(
        Object.entries(data.presets).map(([deviceId, list]) => [
          deviceId,
          Array.isArray(list) ? list.filter(isPreset) : [],
        ]),
      )
    : {};
  const chains = Array.isArray(data.chains)
    ? data.chains.filter(
        (chain): chain is Kept['chains'][number] =>
          isRecord(chain) &&
          typeof chain.name === 'string' &&
          Array.isArray(chain.devices) &&
          chain.devices.every(isDevice),
      )
    : [];
  return { presets, chains };
}

function remembered(): Kept {
  try {
    return readKept(localStorage.getItem(storageKey));
  } catch {
    return nothing;
  }
}

const [kept, setKept] = createSignal<Kept>(remembered());

function keep(next: Kept): void {
  setKept(next);
  try {
    localStorage.setItem(storageKey, JSON.stringify(next));
  } catch {
    // Nothing is kept here; the presets last as long as the page.
  }
}

export const ownPresets = (deviceId: string): readonly Preset[] => kept().presets[deviceId] ?? [];
export const ownChains = (): Kept['chains'] => kept().chains;

function setPresets(deviceId: string, list: readonly Preset[]): void {
  keep({ ...kept(), presets: { ...kept().presets, [deviceId]: list } });
}

/** Takes the place of one of the same name. */
export function savePreset(deviceId: string, preset: Preset): void {
  const others = ownPresets(deviceId).filter(({ name }) => name !== preset.name);
  setPresets(
    deviceId,
    [...others, preset].sort((a, b) => a.name.localeCompare(b.name)),
  );
}

export function renamePreset(deviceId: string, from: string, to: string): void {
  const preset = ownPresets(deviceId).find(({ name }) => name === from);
  if (!preset || to === '' || to === from) return;
  setPresets(
    deviceId,
    ownPresets(deviceId).filter(({ name }) => name !== from),
  );
  savePreset(deviceId, { ...preset, name: to });
}

export function deletePreset(deviceId: string, name: string): void {
  setPresets(
    deviceId,
    ownPresets(deviceId).filter((preset) => preset.name !== name),
  );
}

export function saveChain(name: string, devices: readonly CopiedDevice[]): void {
  keep({ ...kept(), chains: [...kept().chains.filter((chain) => chain.name !== name), { name, devices }] });
}

export function deleteChain(name: string): void {
  keep({ ...kept(), chains: kept().chains.filter((chain) => chain.name !== name) });
}
