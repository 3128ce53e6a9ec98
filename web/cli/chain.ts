import { readFile } from 'node:fs/promises';
import { builtInIds } from '../src/engine/impulseTables';
import { type DeviceInfo, devices, type ParamInfo } from '../src/generated/devices';
import { Failure, failureOf } from './errors';

/** A device of a chain, with the parameters that are not at their defaults. */
export interface ChainDevice {
  readonly id: string;
  readonly params: readonly { readonly index: number; readonly value: number }[];
  /** Of a convolution: the id of an impulse that is built in, or an audio file. */
  readonly impulse: string;
}

const standardImpulse = builtInIds[0]?.name;

/**
 * Reads and checks a chain: `[{"device": "gain", "params": {"gainDb": -6}}, ...]`. A convolution takes an `"impulse"` beside its
 * parameters: the name of one that is built in, or a file.
 */
export async function readChain(path: string): Promise<ChainDevice[]> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) throw new Failure(`${path}: it is not JSON (${error.message})`);
    throw failureOf(path, error);
  }
  if (!Array.isArray(parsed)) throw new Failure(`${path}: a chain is a list of devices`);
  return parsed.map((entry: unknown, place) => chainDevice(entry, `${path}: device ${place + 1}`));
}

function chainDevice(entry: unknown, where: string): ChainDevice {
  if (typeof entry !== 'object' || entry === null) throw new Failure(`${where} is not an object`);
  const { device, params = {}, impulse, ...others } = entry as Record<string, unknown>;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new Failure(`${where} has "${unknown}", which means nothing`);
  const known = devices.find(({ id }) => id === device);
  if (!known) throw new Failure(`${where}: there is no device "${String(device)}"`);
  if (typeof params !== 'object' || params === null || Array.isArray(params)) {
    throw new Failure(`${where} (${known.id}): "params" is not an object`);
  }
  if (impulse !== undefined && (known.id !== 'convolution' || typeof impulse !== 'string')) {
    throw new Failure(`${where} (${known.id}): "impulse" is the name or the file of a convolution's impulse`);
  }
  const builtIn = builtInIds.find(({ name }) => name === (impulse ?? standardImpulse));
  return {
    id: known.id,
    impulse: builtIn?.id ?? String(impulse),
    params: Object.entries(params).map(([id, value]) =>
      chainParam(known, id, value, `${where} (${known.id})`),
    ),
  };
}

function chainParam(device: DeviceInfo, id: string, value: unknown, where: string) {
  const index = device.params.findIndex((param) => param.id === id);
  const param = device.params[index];
  if (!param) throw new Failure(`${where} has no parameter "${id}"`);
  return { index, value: paramValue(param, value, where) };
}

/** Choices come by name, switches as 0 or 1 (or false and true). */
function paramValue(param: ParamInfo, value: unknown, where: string): number {
  if (param.kind === 'choice') {
    const choice = param.choices.indexOf(String(value));
    if (choice < 0) throw new Failure(`${where}: ${param.id} is one of ${param.choices.join(', ')}`);
    return choice;
  }
  const number = typeof value === 'boolean' && param.kind === 'switch' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number))
    throw new Failure(`${where}: ${param.id} wants a number`);
  if (param.kind === 'switch' && number !== 0 && number !== 1)
    throw new Failure(`${where}: ${param.id} is 0 or 1`);
  if (number < param.min || number > param.max) {
    throw new Failure(`${where}: ${param.id} goes from ${param.min} to ${param.max}, not ${number}`);
  }
  return number;
}
