import { extname } from 'node:path';
import { parseArgs } from 'node:util';
import { whyNotFlac } from '../src/engine/flacLibrary';
import type { FileFormat } from '../src/engine/soundWriter';
import { UsageError } from './errors';

type Spec = Record<string, { type: 'string' | 'boolean'; short?: string }>;

export interface Parsed {
  readonly files: readonly string[];
  readonly text: (name: string) => string | undefined;
  readonly on: (name: string) => boolean;
}

export function parse(args: string[], options: Spec): Parsed {
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true, strict: true });
    return {
      files: positionals,
      text: (name) => (typeof values[name] === 'string' ? (values[name] as string) : undefined),
      on: (name) => values[name] === true,
    };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

export type Bits = '16' | '24' | '32f';
export type Dither = 'none' | 'tpdf' | 'shaped';

export interface OutputFormat {
  readonly file: FileFormat;
  readonly bits: Bits;
  readonly dither: Dither;
  /** Undefined: as it comes. */
  readonly sampleRateHz: number | undefined;
}

const usualRateHz = 48_000;
/** What looks like a format that is not written. */
const otherEndings = new Set('.mp3 .ogg .oga .opus .aif .aiff .aifc .m4a .aac .wma'.split(' '));

export const formatOptions: Spec = {
  output: { type: 'string', short: 'o' },
  bits: { type: 'string' },
  dither: { type: 'string' },
  rate: { type: 'string' },
};

export function outputFormat(parsed: Parsed): OutputFormat {
  const bits = oneOf('--bits', parsed.text('bits') ?? '24', ['16', '24', '32f'] as const);
  const dither = oneOf('--dither', parsed.text('dither') ?? (bits === '16' ? 'tpdf' : 'none'), [
    'none',
    'tpdf',
    'shaped',
  ] as const);
  if (bits === '32f' && dither !== 'none') throw new UsageError('--dither has no use at 32f');
  const path = outputPath(parsed);
  const file = fileFormat(path);
  const sampleRateHz = sampleRate(parsed.text('rate'));
  const whyNot = file === 'flac' && whyNotFlac({ bits, sampleRateHz: sampleRateHz ?? usualRateHz });
  if (whyNot) throw new UsageError(`${path}: ${whyNot}`);
  return { file, bits, dither, sampleRateHz };
}

/** By the file's ending: FLAC, else WAV. */
function fileFormat(path: string): FileFormat {
  const ending = extname(path).toLowerCase();
  if (ending === '.flac') return 'flac';
  if (otherEndings.has(ending)) throw new UsageError(`${path}: files are written as .wav or .flac`);
  return 'wav';
}

export function onePath(parsed: Parsed, what: string): string {
  const [path, ...more] = parsed.files;
  if (path === undefined) throw new UsageError(`${what} is missing`);
  if (more.length > 0) throw new UsageError(`only one ${what} is taken, and "${more[0]}" is another`);
  return path;
}

export function outputPath(parsed: Parsed): string {
  const path = parsed.text('output');
  if (!path) throw new UsageError('-o OUT is missing');
  return path;
}

/** A number that is not negative. */
export function seconds(name: string, text: string | undefined): number {
  if (text === undefined) return 0;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0 || value > 3600) {
    throw new UsageError(`${name} wants seconds from 0 to 3600, not "${text}"`);
  }
  return value;
}

/** A number from 0 to 1. */
export function fraction(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1)) {
    throw new UsageError(`${name} wants a number from 0 to 1, not "${text}"`);
  }
  return value;
}

const lowestRateHz = 8000;
const highestRateHz = 384000;

function sampleRate(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < lowestRateHz || value > highestRateHz) {
    throw new UsageError(
      `--rate wants a whole number from ${lowestRateHz} to ${highestRateHz}, not "${text}"`,
    );
  }
  return value;
}

function oneOf<const Choice extends string>(name: string, text: string, choices: readonly Choice[]): Choice {
  const found = choices.find((choice) => choice === text);
  if (found === undefined) throw new UsageError(`${name} is one of ${choices.join(', ')}, not "${text}"`);
  return found;
}
