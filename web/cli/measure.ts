import { type AudioInput, openAudioInput } from '../src/engine/audioInput';
import type { PlanarBlock } from '../src/engine/codec';
import { decibels, LevelSum } from '../src/engine/levelSum';
import { LoudnessMeasurement } from '../src/engine/loudness';
import type { MixwellModule } from '../src/engine/mixwellModule';
import { loadEngine } from './engine';
import { failureOf, UsageError } from './errors';
import { FileReader } from './files';
import { parse } from './options';

/** Null stands for minus infinity. */
interface Measured {
  readonly file: string;
  readonly format: string;
  readonly sampleRate: number;
  readonly channels: number;
  readonly frames: number;
  readonly seconds: number;
  readonly integratedLufs: number | null;
  readonly loudnessRangeLu: number | null;
  readonly maxMomentaryLufs: number | null;
  readonly maxShortTermLufs: number | null;
  readonly truePeakDbtp: number | null;
  readonly samplePeakDbfs: number | null;
  readonly rmsDbfs: number | null;
  /** Samples beyond full scale, which only float files hold. */
  readonly oversSamples: number;
  readonly nonFiniteSamples: number;
  readonly truncated: boolean;
}

export async function measure(args: string[]): Promise<number> {
  const parsed = parse(args, { json: { type: 'boolean' } });
  if (parsed.files.length === 0) throw new UsageError('a file to measure is missing');
  const module = await loadEngine();
  const measured: Measured[] = [];
  let failed = false;
  for (const file of parsed.files) {
    try {
      const facts = await measureFile(module, file);
      measured.push(facts);
      if (!parsed.on('json')) process.stdout.write(asText(facts));
    } catch (error) {
      failed = true;
      process.stderr.write(`mixwell: ${failureOf(file, error).message}\n`);
    }
  }
  if (parsed.on('json')) process.stdout.write(`${JSON.stringify(measured, null, 2)}\n`);
  return failed ? 1 : 0;
}

async function measureFile(module: MixwellModule, file: string): Promise<Measured> {
  const reader = await FileReader.open(file);
  try {
    const input = await openAudioInput(reader, file, module);
    try {
      return await measureInput(module, file, input);
    } finally {
      input.close();
    }
  } finally {
    await reader.close();
  }
}

async function measureInput(module: MixwellModule, file: string, input: AudioInput): Promise<Measured> {
  const { channels, sampleRateHz, format } = input.facts;
  const loudness = new LoudnessMeasurement(module, sampleRateHz, channels);
  const levels = new LevelSum();
  let frames = 0;
  try {
    for (let block = await input.next(); block; block = await input.next()) {
      frames += block.frames;
      loudness.add(block);
      addLevels(levels, module, block, channels);
    }
    const figures = loudness.finish();
    return {
      file,
      format,
      sampleRate: sampleRateHz,
      channels,
      frames,
      seconds: frames / sampleRateHz,
      integratedLufs: finite(figures.integratedLufs),
      loudnessRangeLu: finite(figures.loudnessRangeLu),
      maxMomentaryLufs: finite(figures.maxMomentaryLufs),
      maxShortTermLufs: finite(figures.maxShortTermLufs),
      truePeakDbtp: finite(figures.truePeakDbtp),
      samplePeakDbfs: finite(figures.samplePeakDbfs),
      rmsDbfs: decibels(levels.rms),
      oversSamples: levels.overs,
      nonFiniteSamples: input.nonFiniteSamples,
      truncated: input.truncated,
    };
  } finally {
    loudness.delete();
  }
}

export function addLevels(
  levels: LevelSum,
  module: MixwellModule,
  block: PlanarBlock,
  channels: number,
): void {
  const { buffer } = module.HEAPU8;
  for (let channel = 0; channel < channels; channel++) {
    levels.add(new Float32Array(buffer, block.pointer + 4 * channel * block.stride, block.frames));
  }
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function asText(facts: Measured): string {
  const db = (value: number | null, unit: string) => `${value === null ? '-inf' : value.toFixed(2)} ${unit}`;
  const minutes = Math.floor(facts.seconds / 60);
  const seconds = (facts.seconds - 60 * minutes).toFixed(3).padStart(6, '0');
  const lines = [
    `${facts.format}, ${facts.sampleRate} Hz, ${facts.channels === 1 ? 'mono' : 'stereo'}, ${minutes}:${seconds}`,
    `integrated ${db(facts.integratedLufs, 'LUFS')}, range ${db(facts.loudnessRangeLu, 'LU')}`,
    `maximum momentary ${db(facts.maxMomentaryLufs, 'LUFS')}, short-term ${db(facts.maxShortTermLufs, 'LUFS')}`,
    `true peak ${db(facts.truePeakDbtp, 'dBTP')}, sample peak ${db(facts.samplePeakDbfs, 'dBFS')}, RMS ${db(facts.rmsDbfs, 'dBFS')}`,
  ];
  if (facts.truncated) lines.push('the file is cut short');
  if (facts.nonFiniteSamples > 0) lines.push(`${facts.nonFiniteSamples} samples are no number`);
  return `${facts.file}\n${lines.map((line) => `  ${line}\n`).join('')}`;
}
