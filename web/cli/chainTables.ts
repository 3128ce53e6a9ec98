import type { RunTables } from '../src/engine/deviceRun';
import { impulseParams } from '../src/engine/impulse';
import { bakeTables, type ImpulseSpec } from '../src/engine/impulseTables';
import type { MixwellModule } from '../src/engine/mixwellModule';
import { devices } from '../src/generated/devices';
import type { ChainDevice } from './chain';
import { failureOf } from './errors';
import { FileReader } from './files';
import { openSource } from './openSource';

/** What the convolutions of a chain play, at the file's sample rate. */
export async function chainTables(
  module: MixwellModule,
  chain: readonly ChainDevice[],
  sampleRateHz: number,
): Promise<RunTables> {
  const wanted = new Map<number, ImpulseSpec>();
  chain.forEach((device, place) => {
    if (device.id === 'convolution') wanted.set(place, specOf(device));
  });
  const closers: (() => Promise<void>)[] = [];
  try {
    const tables = await bakeTables(module, wanted, sampleRateHz, async (path) => {
      try {
        const reader = await FileReader.open(path);
        closers.push(() => reader.close());
        const source = await openSource(module, reader, path, sampleRateHz);
        closers.push(() => source.close());
        return source.pcm;
      } catch (error) {
        throw failureOf(path, error);
      }
    });
    return new Map(tables.map(({ insert, table }) => [insert, table]));
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

function specOf({ impulse, params }: ChainDevice): ImpulseSpec {
  const table = devices.find(({ id }) => id === 'convolution')?.params ?? [];
  const shape = impulseParams.map((_, place) => {
    const given = params.find(({ index }) => index === place);
    return given?.value ?? table[place]?.default ?? 0;
  });
  return { impulseId: impulse, shape };
}
