import { type AudioInput, openAudioInput } from '../src/engine/audioInput';
import { type PlanarBlock, RateConverter } from '../src/engine/codec';
import { DeviceRun } from '../src/engine/deviceRun';
import { LoudnessMeasurement } from '../src/engine/loudness';
import type { MixwellModule } from '../src/engine/mixwellModule';
import { ProgrammeAnalysis, type ProgrammeFigures } from '../src/engine/programme';
import type { SoundReport } from '../src/engine/soundOutput';
import { type Stage, stageDevices } from '../src/mastering/chain';
import type { ReachMeasure } from '../src/mastering/reach';
import { Failure, failureOf } from './errors';
import { FileReader } from './files';
import type { OutputFormat } from './options';
import { openSoundFile } from './soundFile';

type Sink = (block: PlanarBlock) => Promise<void> | void;
export type OnProgress = (fraction: number) => void;

/** Reads a file from front to back. */
export async function withFile<Result>(
  module: MixwellModule,
  path: string,
  work: (input: AudioInput) => Promise<Result>,
): Promise<Result> {
  const reader = await FileReader.open(path).catch((error: unknown) => {
    throw failureOf(path, error);
  });
  try {
    const input = await openAudioInput(reader, path, module);
    try {
      return await work(input);
    } finally {
      input.close();
    }
  } catch (error) {
    throw failureOf(path, error);
  } finally {
    await reader.close();
  }
}

async function eachBlock(input: AudioInput, path: string, progress: OnProgress, sink: Sink): Promise<void> {
  for (let block = await input.next(); block; block = await input.next()) {
    await sink(block);
    progress(input.fraction);
  }
  if (input.nonFiniteSamples > 0) {
    throw new Failure(`${path}: ${input.nonFiniteSamples} of its samples are no number (NaN or infinity)`);
  }
}

/** Everything that is said of a file. */
export async function analyse(
  module: MixwellModule,
  path: string,
  progress: OnProgress,
): Promise<{ readonly facts: AudioInput['facts']; readonly figures: ProgrammeFigures }> {
  return withFile(module, path, async (input) => {
    const analysis = new ProgrammeAnalysis(module, input.facts.sampleRateHz, input.facts.channels);
    try {
      await eachBlock(input, path, progress, (block) => analysis.add(block));
      return { facts: input.facts, figures: analysis.finish() };
    } finally {
      analysis.delete();
    }
  });
}

export interface PassJob {
  readonly input: string;
  readonly channels: 1 | 2;
  readonly sampleRateHz: number;
  readonly stages: readonly Stage[];
  /** How much of the input's end is only heard by what looks ahead; at least the latency of the stages, or 0. */
  readonly afterFrames?: number;
  /** How long what rings on is kept. */
  readonly tailFrames?: number;
  /** What of the input is taken, at its own rate; all of it unless told. */
  readonly part?: { readonly startFrame: number; readonly frames: number };
}

/** Narrows the blocks of a file to a part of it. */
function partOf({ part }: PassJob): (block: PlanarBlock) => PlanarBlock {
  if (!part) return (block) => block;
  let at = 0;
  return (block) => {
    const first = Math.min(block.frames, Math.max(0, part.startFrame - at));
    const end = Math.min(block.frames, Math.max(first, part.startFrame + part.frames - at));
    at += block.frames;
    return { ...block, pointer: block.pointer + 4 * first, frames: end - first };
  };
}

/** Converts a file to a sample rate and runs it through stages, in this order. */
async function runFile(
  module: MixwellModule,
  job: PassJob,
  progress: OnProgress,
  out: (block: PlanarBlock) => Promise<void>,
): Promise<void> {
  const { input: path, sampleRateHz, stages, afterFrames = 0, tailFrames = 0 } = job;
  const narrowed = partOf(job);
  await withFile(module, path, async (input) => {
    let left = afterFrames > 0 ? (input.facts.frames ?? 0) - afterFrames : Number.POSITIVE_INFINITY;
    const sink = async (block: PlanarBlock) => {
      const frames = Math.min(block.frames, left);
      left -= frames;
      if (frames > 0) await out({ ...block, frames });
    };
    const { channels, sampleRateHz: ownRateHz } = input.facts;
    const converter =
      ownRateHz === sampleRateHz ? null : new RateConverter(module, ownRateHz, sampleRateHz, channels);
    const run = new DeviceRun(module, sampleRateHz, channels, stageDevices(stages));
    const drain = async (from: RateConverter) => {
      for (let block = from.pull(); block.frames > 0; block = from.pull()) await run.add(block, sink);
    };
    try {
      await eachBlock(input, path, progress, async (whole) => {
        const block = narrowed(whole);
        if (block.frames === 0) return;
        if (!converter) return run.add(block, sink);
        let rest = block;
        while (rest.frames > 0) {
          const taken = converter.push(rest);
          rest = { pointer: rest.pointer + 4 * taken, stride: rest.stride, frames: rest.frames - taken };
          await drain(converter);
        }
      });
      if (converter) {
        converter.finish();
        await drain(converter);
      }
      if (afterFrames === 0) await run.finish(tailFrames, sink);
    } finally {
      converter?.delete();
      run.delete();
    }
  });
}

export interface FileJob extends PassJob {
  readonly output: string;
  readonly format: Pick<OutputFormat, 'file' | 'bits' | 'dither'>;
}

/** Writes a file out of another one: to the sample rate, through the stages, to the word length. */
export async function writeThrough(
  module: MixwellModule,
  job: FileJob,
  progress: OnProgress,
): Promise<SoundReport> {
  const { output, channels, sampleRateHz, format } = job;
  const { file, bits, dither } = format;
  const written = { file, sourceRateHz: sampleRateHz, sampleRateHz, channels, bits, dither };
  const out = await openSoundFile(module, output, written);
  try {
    await runFile(module, job, progress, (block) => out.add(block));
    return await out.finish().catch((error: unknown) => {
      throw failureOf(output, error);
    });
  } catch (error) {
    await out.abort();
    throw error;
  } finally {
    out.delete();
  }
}

/** Loudness and true peak of what comes out of stages. */
export async function measureThrough(
  module: MixwellModule,
  job: PassJob,
  progress: OnProgress,
): Promise<ReachMeasure> {
  const { channels, sampleRateHz } = job;
  const loudness = new LoudnessMeasurement(module, sampleRateHz, channels);
  const finite = (value: number) => (Number.isFinite(value) ? value : null);
  try {
    await runFile(module, job, progress, async (block) => loudness.add(block));
    const { integratedLufs, truePeakDbtp } = loudness.finish();
    return { integratedLufs: finite(integratedLufs), truePeakDbtp: finite(truePeakDbtp) };
  } finally {
    loudness.delete();
  }
}
