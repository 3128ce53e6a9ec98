import type { Check } from './checks';
import type { Curves } from './curves';
import type { Measures } from './measures';
import type { Move } from './moves';
import type { Playback } from './playback';
import type { Reached } from './reach';
import type { MasteringTarget } from './targets';

/**
 * Says of an export where it comes from, what was done to it, and what it is now. Its JSON has this shape; numbers are in the units of
 * their names, null is minus infinity. Version 2: fields may be added. `what` tells mixes, masters and stems apart; in version 1 there
 * were masters alone, with the fields that they have here.
 */
export type Report = MasterReport | MixReport | StemsReport;

interface ReportHead {
  readonly kind: 'mixwell-report';
  readonly version: 2;
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
  /** Whether all checks are passed. */
  readonly passed: boolean;
  /** "Ready to deliver: 7 of 7 checks pass." */
  readonly verdict: string;
}

export interface ReportedFile {
  readonly name: string;
  readonly format: 'WAV' | 'FLAC';
  readonly sampleRate: number;
  readonly channels: number;
  readonly bits: string;
  readonly dither: string;
  readonly frames: number;
  readonly bytes: number;
  /** SHA-256 of the sound data as it lies in a WAV file of this word length: of FLAC, of what is decoded. */
  readonly pcmSha256: string;
}

/** What of the song was written. */
export interface ReportedRange {
  readonly range: 'song' | 'loop';
  readonly startSeconds: number;
}

/** A named part of the song; seconds from the file's start. */
export interface ReportedSection {
  readonly name: string;
  readonly startSeconds: number;
}

/** What is told of one file as it was written, after rounding to its word length. */
interface FileReport extends ReportHead {
  readonly file: ReportedFile;
  readonly sections: readonly ReportedSection[];
  readonly after: Measures;
  /** Over time and over frequency, to be drawn. */
  readonly curves: Curves;
  readonly checks: readonly Check[];
}

export interface MasterReport extends FileReport {
  readonly what: 'master';
  readonly target: MasteringTarget;
  readonly reference: string | null;
  readonly settings: ReportedRange & {
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
  readonly services: readonly Playback[];
}

/** Nothing goes before a mix: there are no measures of a before, and no target. */
export interface MixReport extends FileReport {
  readonly what: 'mix';
  readonly settings: ReportedRange & { readonly tracks: number };
  /** Where they were written along with the mix. */
  readonly stems: readonly ReportedStem[];
}

export interface StemsReport extends ReportHead {
  readonly what: 'stems';
  readonly settings: ReportedRange & { readonly tracks: number };
  readonly stems: readonly ReportedStem[];
}

/** A line of the table of stems. */
export interface ReportedStem {
  readonly file: ReportedFile;
  readonly after: Measures;
  readonly checks: readonly Check[];
  readonly passed: boolean;
}

export type ReportOrigin = Pick<ReportHead, 'date' | 'engineVersion' | 'source'>;
