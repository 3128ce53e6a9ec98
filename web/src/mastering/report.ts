import { namedParams, type Stage } from './chain';
import { type Check, checksOf } from './checks';
import type { Curves } from './curves';
import type { Measures } from './measures';
import type { Move } from './moves';
import { type Playback, playbackTable } from './playback';
import type { Reached } from './reach';
import type { MasteringTarget } from './targets';

/**
 * Says of a master where it comes from, what was done to it, and what it is now. Its JSON has this shape; numbers are in the units of
 * their names, null is minus infinity. Version 1; fields may be added.
 */
export interface Report {
  readonly kind: 'mixwell-report';
  readonly version: 1;
  /** ISO 8601, UTC. */
  readonly date: string;
  readonly engineVersion: string;
  readonly source: {
    readonly name: string;
    readonly format: string;
    readonly sampleRate: number;
    readonly channels: number;
    readonly frames: number;
  };
  readonly file: {
    readonly name: string;
    readonly sampleRate: number;
    readonly channels: number;
    readonly bits: string;
    readonly dither: string;
    readonly frames: number;
    /** SHA-256 of the sound data as it lies in the file. */
    readonly pcmSha256: string;
  };
  readonly target: MasteringTarget;
  readonly reference: string | null;
  readonly settings: {
    /** 0 to 1. */
    readonly amount: number;
    /** The chain as `mixwell process --chain` takes it: values that differ from the devices' defaults. */
    readonly chain: readonly {
      readonly device: string;
      readonly params: Readonly<Record<string, number | string>>;
    }[];
  };
  readonly moves: readonly Move[];
  /** What no move mends, and what reaching the target costs. */
  readonly notes: readonly string[];
  readonly limiting: Pick<Reached, 'gainDb' | 'limitingDb' | 'loudnessLostLu' | 'reached' | 'passes'>;
  readonly before: Measures;
  /** Of the finished file, after rounding to its word length. */
  readonly after: Measures;
  /** Of the finished file over time and over frequency, to be drawn. */
  readonly curves: Curves;
  readonly checks: readonly Check[];
  /** Whether all checks are passed. */
  readonly passed: boolean;
  /** "Ready to deliver: 7 of 7 checks pass." */
  readonly verdict: string;
  readonly services: readonly Playback[];
}

export type ReportFacts = Pick<
  Report,
  | 'date'
  | 'engineVersion'
  | 'source'
  | 'file'
  | 'target'
  | 'reference'
  | 'moves'
  | 'notes'
  | 'before'
  | 'after'
  | 'curves'
> & { readonly amount: number; readonly chain: readonly Stage[]; readonly reached: Reached };

export function makeReport(facts: ReportFacts): Report {
  const { date, engineVersion, source, file, target, reference, amount, chain, moves, notes, reached } =
    facts;
  const { before, after, curves } = facts;
  const checks = checksOf(after, target);
  const passing = checks.filter(({ passed }) => passed).length;
  const passed = passing === checks.length;
  return {
    kind: 'mixwell-report',
    version: 1,
    date,
    engineVersion,
    source,
    file,
    target,
    reference,
    settings: {
      amount,
      chain: chain
        .filter(({ on }) => on)
        .map((stage) => ({ device: stage.device, params: namedParams(stage) })),
    },
    moves,
    notes: [...notes, ...reached.warnings],
    limiting: {
      gainDb: reached.gainDb,
      limitingDb: reached.limitingDb,
      loudnessLostLu: reached.loudnessLostLu,
      reached: reached.reached,
      passes: reached.passes,
    },
    before,
    after,
    curves,
    checks,
    passed,
    verdict: `${passed ? 'Ready to deliver' : 'Not ready'}: ${passing} of ${checks.length} checks pass.`,
    services: playbackTable(after),
  };
}
