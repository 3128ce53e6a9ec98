import { type AudioInput, openSurroundInput } from '../src/engine/audioInput';
import type { PlanarBlock } from '../src/engine/codec';
import { LevelSum } from '../src/engine/levelSum';
import type { MixwellModule } from '../src/engine/mixwellModule';
import { ProgrammeAnalysis } from '../src/engine/programme';
import { type Measures, measuresOf } from '../src/mastering/measures';
import { loadEngine } from './engine';
import { failureOf, UsageError } from './errors';
import { FileReader } from './files';
import { parse } from './options';

/** Null stands for minus infinity. */
interface Measured extends Measures {
  readonly file: string;
  readonly format: string;
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
    const input = await openSurroundInput(reader, file, module);
    try {
      return await measureInput(module, file, input);
    } finally {
      input.close();
    }
  } finally {
    await reader.close();
  }
}

async function measureInput(
  module: MixwellModule,
  file: string,
  input: AudioInput<number>,
): Promise<Measured> {
  const { channels, sampleRateHz, format } = input.facts;
  const analysis = new ProgrammeAnalysis(module, sampleRateHz, channels, { spectrum: false });
  const levels = new LevelSum();
  try {
    for (let block = await input.next(); block; block = await input.next()) {
      analysis.add(block);
      addLevels(levels, module, block, channels);
    }
    return {
      file,
      format,
      ...measuresOf(analysis.finish()),
      oversSamples: levels.overs,
      nonFiniteSamples: input.nonFiniteSamples,
      truncated: input.truncated,
    };
  } finally {
    analysis.delete();
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

const layouts = ['', 'mono', 'stereo', '3.0', '4.0', '5.0', '5.1'];

function asText(facts: Measured): string {
  const db = (value: number | null, unit: string) => `${value === null ? '-inf' : value.toFixed(2)} ${unit}`;
  const minutes = Math.floor(facts.seconds / 60);
  const seconds = (facts.seconds - 60 * minutes).toFixed(3).padStart(6, '0');
  const lines = [
    `${facts.format}, ${facts.sampleRate} Hz, ${layouts[facts.channels]}, ${minutes}:${seconds}`,
    `integrated ${db(facts.integratedLufs, 'LUFS')}, range ${db(facts.loudnessRangeLu, 'LU')}`,
    `maximum momentary ${db(facts.maxMomentaryLufs, 'LUFS')}, short-term ${db(facts.maxShortTermLufs, 'LUFS')}`,
    `true peak ${db(facts.truePeakDbtp, 'dBTP')}, sample peak ${db(facts.samplePeakDbfs, 'dBFS')}, RMS ${db(facts.rmsDbfs, 'dBFS')}`,
  ];
  const ratio = (value: number | null) => (value === null ? '-' : `${value.toFixed(1)} LU`);
  lines.push(
    `peak to loudness ${ratio(facts.plrLu)}, to short-term ${ratio(facts.psrLu)} at least, DC ${db(facts.dcDbfs, 'dBFS')}`,
  );
  if (facts.channels > 1) {
    const least = facts.leastCorrelation?.toFixed(2) ?? '-';
    lines.push(
      `correlation ${facts.correlation.toFixed(2)} (least ${least}), loss in mono ${facts.monoLossDb === null ? 'all' : `${facts.monoLossDb.toFixed(1)} dB`}`,
    );
  }
  lines.push(
    `${places(facts.clippedRuns, 'clipped', facts.clippedSeconds)}, ${places(facts.truePeakOvers, 'over full scale in true peak', facts.truePeakOverSeconds)}`,
    `silence: ${facts.silentHeadSeconds.toFixed(2)} s at the start, ${facts.silentTailSeconds.toFixed(2)} s at the end`,
  );
  if (facts.truncated) lines.push('the file is cut short');
  if (facts.nonFiniteSamples > 0) lines.push(`${facts.nonFiniteSamples} samples are no number`);
  return `${facts.file}\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

function places(count: number, what: string, seconds: readonly number[]): string {
  if (count === 0) return `nothing ${what}`;
  const first = seconds[0]?.toFixed(2) ?? '-';
  return `${count} ${count === 1 ? 'place' : 'places'} ${what} (first at ${first} s)`;
}
