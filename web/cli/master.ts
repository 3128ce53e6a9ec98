import { basename, join } from 'node:path';
import { whyNotFlac } from '../src/engine/flacLibrary';
import type { MixwellModule } from '../src/engine/mixwellModule';
import type { ProgrammeFigures } from '../src/engine/programme';
import type { SoundReport } from '../src/engine/soundOutput';
import { formatName } from '../src/engine/soundWriter';
import { engineVersion } from '../src/generated/engineLayout';
import { freshChain, type Stage, withGain } from '../src/mastering/chain';
import { endRepairs, repaired } from '../src/mastering/ends';
import { masterReport } from '../src/mastering/makeReport';
import { masteredPart } from '../src/mastering/masteredPart';
import { measuresOf } from '../src/mastering/measures';
import { withMoves } from '../src/mastering/moves';
import { type Proposal, propose } from '../src/mastering/proposal';
import { type Reached, reachTarget } from '../src/mastering/reach';
import { referenceTarget } from '../src/mastering/referenceTarget';
import type { MasterReport } from '../src/mastering/report';
import { findTarget, type MasteringTarget, masteringTargets } from '../src/mastering/targets';
import { whyNotMastered } from '../src/mastering/whyNot';
import { loadEngine } from './engine';
import { Failure, UsageError } from './errors';
import { analyse, measureThrough, writeThrough } from './masterPasses';
import {
  formatOptions,
  fraction,
  type OutputFormat,
  onePath,
  outputFormat,
  outputPath,
  type Parsed,
  parse,
} from './options';
import { Progress } from './progress';
import { openReport } from './reportFile';
import { withTemporaryFolder } from './temporary';

const usualAmount = 0.5;
/** Of what rings on, for the limiter to look ahead to: more than its latency at any rate. */
const afterFrames = 8192;

export interface MasterJob {
  readonly input: string;
  readonly output: string;
  readonly format: OutputFormat;
  readonly target: MasteringTarget | null;
  readonly amount: number;
  readonly reference: string | undefined;
  readonly report: string | undefined;
  /** Whether silence at the ends is left out. */
  readonly trim: boolean;
}

/** Masters a file to a target. */
export async function master(args: string[]): Promise<number> {
  const parsed = parse(args, {
    ...formatOptions,
    target: { type: 'string' },
    amount: { type: 'string' },
    reference: { type: 'string' },
    report: { type: 'string' },
    trim: { type: 'boolean' },
  });
  const job: MasterJob = {
    input: onePath(parsed, 'IN'),
    output: outputPath(parsed),
    format: outputFormat(parsed),
    target: targetOf(parsed),
    amount: fraction('--amount', parsed.text('amount')) ?? usualAmount,
    reference: parsed.text('reference'),
    report: parsed.text('report'),
    trim: parsed.on('trim'),
  };
  const progress = new Progress();
  try {
    const module = await loadEngine();
    const report = await withTemporaryFolder((folder) => masterFile(module, job, folder, progress));
    progress.clear();
    process.stdout.write(asText(report));
    return 0;
  } finally {
    progress.clear();
  }
}

function targetOf(parsed: Parsed): MasteringTarget | null {
  const name = parsed.text('target');
  if (name === undefined) {
    if (parsed.text('reference') === undefined) throw new UsageError('--target NAME is missing');
    return null;
  }
  const found = findTarget(name);
  if (found) return found;
  const ids = masteringTargets.map(({ id }) => id).join(', ');
  throw new UsageError(`--target is one of ${ids}, not "${name}"`);
}

/** Does the whole work, with `folder` for what is needed on the way. */
export async function masterFile(
  module: MixwellModule,
  job: MasterJob,
  folder: string,
  progress: Progress,
): Promise<MasterReport> {
  const { input, output, format, amount } = job;
  const source = await analyse(module, input, (done) => progress.show('Listening', done));
  const whyNot = whyNotMastered(source.figures);
  if (whyNot) throw new Failure(`${input}: ${whyNot}`);
  const reference = await referenceOf(module, job, progress);
  const target =
    job.target ?? referenceTarget(reference?.name ?? '', reference?.programme.integratedLufs ?? 0);
  const proposal = propose(source.figures, target, { amount, ...(reference ? { reference } : {}) });

  const part = job.trim ? soundingPart(source.figures) : wholeOf(source.figures);
  const { channels } = source.facts;
  const sampleRateHz = format.sampleRateHz ?? source.facts.sampleRateHz;
  const whyNotWritten = format.file === 'flac' && whyNotFlac({ ...format, sampleRateHz });
  if (whyNotWritten) throw new Failure(`${output}: ${whyNotWritten}`);
  const full = withMoves(freshChain(), proposal.moves);
  const isLast = ({ device }: Stage) => device === 'gain' || device === 'limiter';
  const chain = full.filter((stage) => !isLast(stage));
  const toLimiter = join(folder, 'toLimiter.wav');
  await writeThrough(
    module,
    {
      input,
      output: toLimiter,
      channels,
      sampleRateHz,
      part,
      stages: chain,
      tailFrames: afterFrames,
      format: { file: 'wav', bits: '32f', dither: 'none' },
    },
    (done) => progress.show('Running the chain', done),
  );
  const limited = { input: toLimiter, channels, sampleRateHz, afterFrames };
  const stagesAt = (gainDb: number) => withGain(full.filter(isLast), gainDb, target.ceilingDbtp);
  const before = await measureThrough(module, { ...limited, stages: [] }, (done) =>
    progress.show('Measuring', done),
  );
  let pass = 0;
  const reached = await reachTarget(before, target, (gainDb) => {
    pass++;
    return measureThrough(module, { ...limited, stages: stagesAt(gainDb) }, (done) =>
      progress.show(`Reaching the target, pass ${pass},`, done),
    );
  });
  const stages = stagesAt(reached.gainDb);
  const reportSink = job.report === undefined ? null : await openReport(job.report);
  try {
    const file = await writeThrough(module, { ...limited, output, stages, format }, (done) =>
      progress.show('Writing', done),
    );
    const written = await analyse(module, output, (done) =>
      progress.show('Measuring what was written', done),
    );
    const report = reportOf(
      job,
      { source, part, target, proposal, reached, file, chain: [...chain, ...stages] },
      written.figures,
    );
    await reportSink?.finish(report);
    return report;
  } catch (error) {
    await reportSink?.abort();
    throw error;
  }
}

async function referenceOf(module: MixwellModule, { reference }: MasterJob, progress: Progress) {
  if (reference === undefined) return undefined;
  const { figures } = await analyse(module, reference, (done) =>
    progress.show('Listening to the reference', done),
  );
  const whyNot = whyNotMastered(figures);
  if (whyNot) throw new Failure(`${reference}: ${whyNot}`);
  return { name: basename(reference), programme: figures };
}

type Part = ReturnType<typeof masteredPart>;

const wholeOf = ({ frames }: ProgrammeFigures): Part => ({ startFrame: 0, frames });

/** Without the silence at both ends that a check would not pass. */
function soundingPart(figures: ProgrammeFigures): Part {
  const measures = measuresOf(figures);
  const ends = endRepairs(measures)
    .filter((repair) => repair !== 'add-end')
    .reduce((all, repair) => repaired(all, repair, measures, figures.sampleRateHz), {
      headFrames: 0,
      tailFrames: 0,
    });
  return masteredPart(figures.frames, ends);
}

interface Done {
  readonly part: Part;
  readonly source: Awaited<ReturnType<typeof analyse>>;
  readonly target: MasteringTarget;
  readonly proposal: Proposal;
  readonly reached: Reached;
  readonly file: SoundReport;
  readonly chain: readonly Stage[];
}

function reportOf(
  job: MasterJob,
  { source, part, target, proposal, reached, file, chain }: Done,
  written: ProgrammeFigures,
): MasterReport {
  const { sampleRateHz, channels, format } = source.facts;
  return masterReport({
    date: new Date().toISOString(),
    engineVersion,
    source: {
      name: basename(job.input),
      format,
      sampleRate: sampleRateHz,
      channels,
      frames: source.figures.frames,
    },
    file: {
      name: basename(job.output),
      format: formatName(job.format.file),
      bits: job.format.bits,
      dither: job.format.dither,
      bytes: file.bytes,
      sha256: file.sha256,
      cutOff: file.clippedSamples,
      written,
    },
    range: 'song',
    startSeconds: part.startFrame / sampleRateHz,
    sections: [],
    original: source.figures,
    target,
    reference: job.reference === undefined ? null : basename(job.reference),
    amount: job.amount,
    chain,
    moves: proposal.moves,
    notes: proposal.notes
      .filter(({ repair }) => !job.trim || repair === null || repair === 'add-end')
      .map(({ text }) => text),
    reached,
  });
}

function asText({ file, target, after, moves, notes, checks, verdict, limiting }: MasterReport): string {
  const figure = (value: number | null, unit: string) => `${value?.toFixed(2) ?? '-inf'} ${unit}`;
  const lines = [
    `${file.name}: ${figure(after.integratedLufs, 'LUFS')}, ${figure(after.truePeakDbtp, 'dBTP')}, for ${target.name}`,
    ...moves.map(({ what, why }) => `  ${what} ${why}`),
    `  Gain ${limiting.gainDb.toFixed(2)} dB, limiting ${limiting.limitingDb.toFixed(1)} dB at the highest peak.`,
    ...notes.map((note) => `  ${note}`),
    ...checks.filter(({ passed }) => !passed).map(({ sentence }) => `  Not passed: ${sentence}`),
    `  ${verdict}`,
  ];
  return `${lines.join('\n')}\n`;
}
