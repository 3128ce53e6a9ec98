import { type AudioInput, openAudioInput } from '../src/engine/audioInput';
import { DeviceRun } from '../src/engine/deviceRun';
import type { MixwellModule } from '../src/engine/mixwellModule';
import { type ChainDevice, readChain } from './chain';
import { chainTables } from './chainTables';
import { loadEngine } from './engine';
import { Failure, failureOf } from './errors';
import { FileReader } from './files';
import { formatOptions, onePath, outputFormat, outputPath, parse, seconds } from './options';
import { openSoundFile } from './soundFile';

/** Runs a file through devices. */
export async function processFile(args: string[]): Promise<number> {
  const parsed = parse(args, { ...formatOptions, chain: { type: 'string' }, tail: { type: 'string' } });
  const input = onePath(parsed, 'IN');
  const output = outputPath(parsed);
  const format = outputFormat(parsed);
  const tailSeconds = seconds('--tail', parsed.text('tail'));
  const chainPath = parsed.text('chain');
  const chain = chainPath === undefined ? [] : await readChain(chainPath);

  const module = await loadEngine();
  const reader = await FileReader.open(input).catch((error: unknown) => {
    throw failureOf(input, error);
  });
  try {
    const mono = await staysMono(module, reader, input, chain, tailSeconds);
    await withInput(module, reader, input, async (sound) => {
      const { sampleRateHz } = sound.facts;
      const out = await openSoundFile(module, output, {
        ...format,
        sourceRateHz: sampleRateHz,
        sampleRateHz: format.sampleRateHz ?? sampleRateHz,
        channels: mono ? 1 : 2,
      });
      try {
        await run(module, sound, input, chain, tailSeconds, (block) => out.add(block));
        await out.finish().catch((error: unknown) => {
          throw failureOf(output, error);
        });
      } catch (error) {
        await out.abort();
        throw error;
      } finally {
        out.delete();
      }
    });
  } catch (error) {
    throw failureOf(input, error);
  } finally {
    await reader.close();
  }
  return 0;
}

/** A mono file stays one where the chain leaves both sides the same: that is known only after it has run. */
async function staysMono(
  module: MixwellModule,
  reader: FileReader,
  name: string,
  chain: readonly ChainDevice[],
  tailSeconds: number,
): Promise<boolean> {
  return withInput(module, reader, name, async (sound) => {
    if (sound.facts.channels === 2) return false;
    if (chain.length === 0) return true;
    return run(module, sound, name, chain, tailSeconds, async () => {});
  });
}

async function run(
  module: MixwellModule,
  sound: AudioInput,
  name: string,
  chain: readonly ChainDevice[],
  tailSeconds: number,
  sink: (block: { pointer: number; stride: number; frames: number }) => Promise<void>,
): Promise<boolean> {
  const { sampleRateHz, channels } = sound.facts;
  const tables = await chainTables(module, chain, sampleRateHz);
  const devices = new DeviceRun(module, sampleRateHz, channels, chain, tables);
  try {
    for (let block = await sound.next(); block; block = await sound.next()) await devices.add(block, sink);
    if (sound.nonFiniteSamples > 0) {
      throw new Failure(`${name}: ${sound.nonFiniteSamples} of its samples are no number (NaN or infinity)`);
    }
    await devices.finish(Math.round(tailSeconds * sampleRateHz), sink);
    return devices.mono;
  } finally {
    devices.delete();
  }
}

async function withInput<Result>(
  module: MixwellModule,
  reader: FileReader,
  name: string,
  work: (sound: AudioInput) => Promise<Result>,
): Promise<Result> {
  const sound = await openAudioInput(reader, name, module);
  try {
    return await work(sound);
  } finally {
    sound.close();
  }
}
