import { namedParams, type Stage } from './chain';
import { type Check, checksOf, mixChecks, stemChecks } from './checks';
import { curvesOf } from './curves';
import { measuresOf, type Programme } from './measures';
import { playbackTable } from './playback';
import type { Reached } from './reach';
import type {
  MasterReport,
  MixReport,
  ReportedFile,
  ReportedRange,
  ReportedSection,
  ReportedStem,
  ReportOrigin,
  StemsReport,
} from './report';

/** A file with its sound as it was written. */
export interface WrittenFile {
  readonly name: string;
  readonly format: ReportedFile['format'];
  readonly bits: string;
  readonly dither: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Samples beyond full scale that the word length has cut off. */
  readonly cutOff: number;
  readonly written: Programme;
}

const head = { kind: 'mixwell-report', version: 2 } as const;

function fileOf({ name, format, bits, dither, bytes, sha256, written }: WrittenFile): ReportedFile {
  return {
    name,
    format,
    sampleRate: written.sampleRateHz,
    channels: written.channels.length,
    bits,
    dither,
    frames: written.frames,
    bytes,
    pcmSha256: sha256,
  };
}

function judged(checks: readonly Check[], good: string): { passed: boolean; verdict: string } {
  const passing = checks.filter((check) => check.passed).length;
  const passed = passing === checks.length;
  return { passed, verdict: `${passed ? good : 'Not ready'}: ${passing} of ${checks.length} checks pass.` };
}

export type MasterFacts = ReportOrigin &
  Pick<MasterReport, 'target' | 'reference' | 'moves' | 'notes' | 'sections'> &
  ReportedRange & {
    readonly file: WrittenFile;
    readonly original: Programme;
    readonly amount: number;
    readonly chain: readonly Stage[];
    readonly reached: Reached;
  };

export function masterReport(facts: MasterFacts): MasterReport {
  const { date, engineVersion, source, file, target, reference, sections, moves, reached } = facts;
  const after = measuresOf(file.written);
  const checks = checksOf(after, target);
  return {
    ...head,
    what: 'master',
    date,
    engineVersion,
    source,
    file: fileOf(file),
    sections,
    target,
    reference,
    settings: {
      range: facts.range,
      startSeconds: facts.startSeconds,
      amount: facts.amount,
      chain: facts.chain
        .filter(({ on }) => on)
        .map((stage) => ({ device: stage.device, params: namedParams(stage) })),
    },
    moves,
    notes: [...facts.notes, ...reached.warnings],
    limiting: {
      gainDb: reached.gainDb,
      limitingDb: reached.limitingDb,
      loudnessLostLu: reached.loudnessLostLu,
      reached: reached.reached,
      passes: reached.passes,
    },
    before: measuresOf(facts.original),
    after,
    curves: curvesOf(file.written),
    checks,
    ...judged(checks, 'Ready to deliver'),
    services: playbackTable(after),
  };
}

export type MixFacts = ReportOrigin &
  ReportedRange & {
    readonly tracks: number;
    readonly file: WrittenFile;
    readonly sections: readonly ReportedSection[];
    readonly stems: readonly WrittenFile[];
  };

export function mixReport(facts: MixFacts): MixReport {
  const { date, engineVersion, source, file, sections, range, startSeconds, tracks } = facts;
  const after = measuresOf(file.written);
  const checks = mixChecks(after, file.cutOff, range === 'song');
  const stems = facts.stems.map(stemOf);
  const own = judged(checks, 'Ready for mastering');
  return {
    ...head,
    what: 'mix',
    date,
    engineVersion,
    source,
    file: fileOf(file),
    sections,
    settings: { range, startSeconds, tracks },
    after,
    curves: curvesOf(file.written),
    checks,
    stems,
    passed: own.passed && stems.every(({ passed }) => passed),
    verdict: stems.length === 0 ? own.verdict : `${own.verdict} ${stemsVerdict(stems)}`,
  };
}

function stemOf(file: WrittenFile): ReportedStem {
  const after = measuresOf(file.written);
  const checks = stemChecks(after, file.cutOff);
  return { file: fileOf(file), after, checks, passed: checks.every(({ passed }) => passed) };
}

function stemsVerdict(stems: readonly ReportedStem[]): string {
  const failing = stems.filter(({ passed }) => !passed).length;
  if (failing === 0)
    return stems.length === 1 ? 'The stem is sound.' : `All ${stems.length} stems are sound.`;
  return `${failing} of ${stems.length} stems should be looked at.`;
}

export type StemsFacts = ReportOrigin &
  ReportedRange & { readonly tracks: number; readonly files: readonly WrittenFile[] };

export function stemsReport({
  date,
  engineVersion,
  source,
  range,
  startSeconds,
  tracks,
  files,
}: StemsFacts): StemsReport {
  const stems = files.map(stemOf);
  return {
    ...head,
    what: 'stems',
    date,
    engineVersion,
    source,
    settings: { range, startSeconds, tracks },
    stems,
    passed: stems.every(({ passed }) => passed),
    verdict: stemsVerdict(stems),
  };
}
