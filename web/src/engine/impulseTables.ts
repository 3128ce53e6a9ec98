import { devices } from '../generated/devices';
import {
  type BuiltInImpulse,
  bakeImpulse,
  builtInImpulses,
  type ImpulseModule,
  impulseParams,
  type StereoImpulse,
} from './impulse';

/** What a convolution plays, and how it is shaped. */
export interface ImpulseSpec {
  /** A source of the project, or the id of a built-in impulse. */
  readonly impulseId: string;
  /** Values of `impulseParams`, in their order. */
  readonly shape: readonly number[];
}

/** A table of spectra for an insert of the engine. */
export interface InsertTable {
  /** The insert's handle. */
  readonly insert: number;
  readonly table: Float32Array<ArrayBuffer>;
}

/** Reads a source at the project's rate, from its first frame. */
export interface ImpulseSource {
  readonly frames: number;
  read(firstFrame: number, count: number): Promise<Float32Array[]>;
}

/** The place of the convolution among the engine's devices. */
export const convolutionDevice = devices.findIndex(({ id }) => id === 'convolution');

const builtInPrefix = 'builtin-';
const idOf = (name: BuiltInImpulse): string => builtInPrefix + name.replaceAll(' ', '-');

/** The program's own impulses; an insert that names none has the first. */
export const builtInIds: readonly { readonly id: string; readonly name: BuiltInImpulse }[] =
  builtInImpulses.map((name) => ({ id: idOf(name), name }));

export function builtInOf(impulseId: string): BuiltInImpulse | null {
  return builtInIds.find(({ id }) => id === impulseId)?.name ?? null;
}

export const specKey = ({ impulseId, shape }: ImpulseSpec): string => [impulseId, ...shape].join(' ');

/** More than the longest impulse takes at the shortest stretch. */
const mostSeconds = 30;

export async function readImpulse(source: ImpulseSource, sampleRateHz: number): Promise<StereoImpulse> {
  const frames = Math.min(source.frames, Math.ceil(mostSeconds * sampleRateHz));
  const [left = new Float32Array(0), right = left] = await source.read(0, frames);
  return { left, right };
}

/** Bakes tables for inserts; equal ones are baked once. `open` gives a source, or null where it is missing: then there is silence. */
export async function bakeTables(
  module: ImpulseModule,
  wanted: ReadonlyMap<number, ImpulseSpec>,
  sampleRateHz: number,
  open: (sourceId: string) => Promise<ImpulseSource | null>,
): Promise<InsertTable[]> {
  const baked = new Map<string, Float32Array<ArrayBuffer>>();
  const tables: InsertTable[] = [];
  for (const [insert, spec] of wanted) {
    const key = specKey(spec);
    let table = baked.get(key);
    if (!table) {
      const builtIn = builtInOf(spec.impulseId);
      const source = builtIn ? null : await open(spec.impulseId);
      const sound = builtIn ?? (source && (await readImpulse(source, sampleRateHz)));
      if (!sound) continue;
      table = bakeImpulse(module, sound, sampleRateHz, shapeOf(spec)).table;
      baked.set(key, table);
    }
    tables.push({ insert, table });
  }
  return tables;
}

export function shapeOf({ shape }: ImpulseSpec): Record<string, number> {
  return Object.fromEntries(impulseParams.map((param, index) => [param, shape[index] as number]));
}
