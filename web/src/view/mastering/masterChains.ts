import { createSignal } from 'solid-js';
import type { PresetStage } from '../../commands/mastering';
import { freshChain, type MasteringDevice } from '../../mastering/chain';
import { presetsOf } from '../devices/presets';
import { resolvePreset } from '../devices/presets/preset';

/** A whole mastering chain by name. */
export interface MasterChain {
  readonly name: string;
  readonly stages: readonly PresetStage[];
}

interface ChainText {
  readonly name: string;
  /** The standard chain with these devices on, each at a preset of its own; the limiter is always on. */
  readonly presets: Partial<Record<MasteringDevice, string>>;
  readonly limiterStyle?: string;
}

export const masterChainTexts: readonly ChainText[] = [
  { name: 'Limiter alone', presets: {} },
  {
    name: 'Streaming, open',
    presets: {
      eq: 'Master: gentle tilt',
      multiband: 'Glue, 4 bands',
      imager: 'Master: a little wider above',
    },
  },
  { name: 'Acoustic, as played', presets: { eq: 'Master: a little air' } },
  {
    name: 'Warm and close',
    presets: { eq: 'Master: warm', compressor: 'Master: a touch' },
  },
  {
    name: 'Loud, up front',
    presets: {
      eq: 'Master: a little air',
      multiband: 'Glue, 4 bands',
      compressor: 'Bus: glue',
      exciter: 'A little air',
      imager: 'Master: a little wider above',
    },
    limiterStyle: 'punchy',
  },
  {
    name: 'Club, firm below',
    presets: {
      eq: 'Master: firm low end',
      multiband: 'Hold the bass',
      imager: 'Bass: mono below 120 Hz',
    },
    limiterStyle: 'punchy',
  },
];

function chainOf({ name, presets, limiterStyle = 'transparent' }: ChainText): MasterChain {
  const style = resolvePreset('limiter', { name, values: { style: limiterStyle } }).values;
  const stages = freshChain().map((stage): PresetStage => {
    const wanted = presets[stage.device as MasteringDevice];
    const preset = presetsOf(stage.device).find((each) => each.name === wanted);
    const values = stage.device === 'limiter' ? style : preset?.values;
    return {
      ...stage,
      on: stage.on || preset !== undefined,
      preset: preset?.name ?? '',
      params: { ...stage.params, ...values },
    };
  });
  return { name, stages };
}

export const ourMasterChains: readonly MasterChain[] = masterChainTexts.map(chainOf);

const storageKey = 'mixwell.masterChains';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isStage = (value: unknown): value is PresetStage =>
  isRecord(value) &&
  typeof value.device === 'string' &&
  typeof value.on === 'boolean' &&
  typeof value.preset === 'string' &&
  isRecord(value.params) &&
  Object.values(value.params).every((number) => Number.isFinite(number));
const isChain = (value: unknown): value is MasterChain =>
  isRecord(value) &&
  typeof value.name === 'string' &&
  Array.isArray(value.stages) &&
  value.stages.every(isStage);

/** What was kept, as far as it can be read. */
export function readMasterChains(text: string | null): readonly MasterChain[] {
  try {
    const data: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(data) ? data.filter(isChain) : [];
  } catch {
    return [];
  }
}

function remembered(): readonly MasterChain[] {
  try {
    return readMasterChains(localStorage.getItem(storageKey));
  } catch {
    return [];
  }
}

const [own, setOwn] = createSignal(remembered());
/** Reactive: what this person has named in this browser. */
export const ownMasterChains = own;

function keep(chains: readonly MasterChain[]): void {
  setOwn([...chains].sort((a, b) => a.name.localeCompare(b.name)));
  try {
    localStorage.setItem(storageKey, JSON.stringify(own()));
  } catch {
    // Nothing is kept here; the chains last as long as the page.
  }
}

/** Takes the place of one of the same name. */
export function saveMasterChain(chain: MasterChain): void {
  keep([...own().filter(({ name }) => name !== chain.name), chain]);
}

export function renameMasterChain(from: string, to: string): void {
  const chain = own().find(({ name }) => name === from);
  if (!chain || to === '' || to === from) return;
  keep([...own().filter(({ name }) => name !== from && name !== to), { ...chain, name: to }]);
}

export function deleteMasterChain(name: string): void {
  keep(own().filter((chain) => chain.name !== name));
}
