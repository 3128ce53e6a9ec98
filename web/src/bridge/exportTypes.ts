import type { Accessor } from 'solid-js';
import type { FileFormat } from '../engine/soundWriter';
import type { Report } from '../mastering/report';
import type { RenderTarget } from '../workers/render/protocol';

export type ExportWhat = 'mix' | 'master' | 'stems';
export type ExportRange = 'song' | 'loop';
export type ExportFormat = FileFormat;
/** FLAC takes no 32-bit float. */
export type ExportBits = 16 | 24 | '32f';
export type ExportDither = 'none' | 'tpdf' | 'shaped';

export interface ExportSettings {
  readonly what: ExportWhat;
  readonly range: ExportRange;
  readonly format: ExportFormat;
  readonly bits: ExportBits;
  readonly dither: ExportDither;
  readonly sampleRateHz: number;
  /** In place of the usual name, without its ending; stems have names of their own. */
  readonly fileName?: string;
}

/** What the export would be, before it is made. */
export interface ExportEstimate {
  readonly fileNames: readonly string[];
  readonly seconds: number;
  /** About as many where the format packs sound by what it is. */
  readonly bytes: number;
  readonly exact: boolean;
}

export interface ExportedFile {
  readonly name: string;
  readonly seconds: number;
  readonly bytes: number;
  /** Null is silence. Headroom is what is left to 0 dBFS, negative above it. */
  readonly peakDbfs: number | null;
  readonly headroomDb: number | null;
  readonly rmsDbfs: number | null;
  /** Samples beyond full scale (cut off at 16 and 24 bits). */
  readonly clippedSamples: number;
  /** SHA-256 of the sound data as a WAV file has it, in hexadecimal. */
  readonly sha256: string;
}

export type ExportState = 'choosing' | 'rendering' | 'saving' | 'done' | 'failed' | 'cancelled';

export interface ExportProgress {
  /** 0 to 1. */
  readonly fraction: number;
  /** Times real time. */
  readonly speed: number;
  /** Null until it can be told. */
  readonly secondsLeft: number | null;
}

export type ExportTarget = RenderTarget;

export interface ExportJob {
  readonly state: Accessor<ExportState>;
  readonly progress: Accessor<ExportProgress>;
  /** There when the state is 'done'. */
  readonly files: Accessor<readonly ExportedFile[]>;
  /** What the files are, as they were measured; there when the state is 'done'. */
  readonly report: Accessor<Report | null>;
  /** There when the state is 'failed': a sentence. */
  readonly error: Accessor<string | null>;
  /** Resolves when it is over, however it ended. */
  readonly ended: Promise<unknown>;
  cancel(): void;
}

export interface StudioExporter {
  defaults(): ExportSettings;
  /** 24 bits take no dither, 16 bits TPDF. */
  ditherFor(bits: ExportBits): ExportDither;
  readonly sampleRates: readonly number[];
  estimate(settings: ExportSettings): ExportEstimate;
  /** Call it in the handler of the click: it may ask for a file first, unless it is told where to write. Without a file dialog the result is downloaded. */
  run(settings: ExportSettings, target?: ExportTarget): ExportJob;
  /** Hands a report over as a download: for programs, or as a page to be read and printed. */
  saveReport(report: Report, as: 'json' | 'page'): Promise<void>;
}
