import { stagesOf } from '../commands/mastering';
import { formatName } from '../engine/soundWriter';
import { masterReport, mixReport, stemsReport, type WrittenFile } from '../mastering/makeReport';
import type { Report } from '../mastering/report';
import { reportPage, reportTitle } from '../mastering/reportPage';
import { targetOf } from '../mastering/targets';
import type { ProjectSnapshot } from '../model/types';
import type { FromRenderWorker, RenderedFile } from '../workers/render/protocol';
import type { ExportSettings } from './exportTypes';
import { safeFileName } from './fileNames';
import type { StudioSong } from './masteringTypes';
import { offerDownload } from './offerDownload';
import { originOf, sectionsOf } from './reportedSong';

type Rendered = Extract<FromRenderWorker, { kind: 'done' }>;

/** What of the project was written, in its frames. */
interface WrittenRange {
  readonly startFrame: number;
  readonly frames: number;
}

/** What is said of files that were just written; null where they were not measured. */
export function reportOf(
  project: ProjectSnapshot,
  settings: ExportSettings,
  range: WrittenRange,
  song: StudioSong,
  { files, original }: Rendered,
): Report | null {
  const written = files.flatMap((file) => writtenFile(file, settings));
  const [file] = written;
  if (!file) return null;
  const common = {
    ...originOf(project, range.frames),
    range: settings.range,
    startSeconds: range.startFrame / project.sampleRateHz,
  };
  const tracks = project.tracks.length;
  const sections = sectionsOf(project, range);
  if (settings.what === 'stems') return stemsReport({ ...common, tracks, files: written });
  if (settings.what === 'mix' || !original)
    return mixReport({ ...common, tracks, sections, file, stems: [] });
  const { mastering } = project;
  const chain = stagesOf(project);
  const limiter = chain.findLast(({ device, on }) => device === 'limiter' && on);
  const known = song.stale() ? null : (song.analysis()?.reached ?? null);
  return masterReport({
    ...common,
    file,
    sections,
    original,
    target: targetOf(mastering.targetId),
    reference: mastering.references[0]?.name ?? null,
    amount: mastering.amount / 100,
    chain,
    moves: song.moves().filter(({ on }) => on),
    notes: song.notes().map(({ text }) => text),
    reached: known ?? {
      gainDb: limiter?.params.inputGainDb ?? 0,
      reached: false,
      integratedLufs: null,
      truePeakDbtp: null,
      limitingDb: 0,
      loudnessLostLu: 0,
      passes: 0,
      warnings: [],
    },
  });
}

function writtenFile(
  { name, bytes, sha256, clippedSamples, figures }: RenderedFile,
  { format, bits, dither }: ExportSettings,
): WrittenFile[] {
  if (!figures) return [];
  const cutOff = bits === '32f' ? 0 : clippedSamples;
  const written = { name, bytes, sha256, cutOff, bits: String(bits), dither, written: figures };
  return [{ ...written, format: formatName(format) }];
}

/** Offers a report as a download. */
export async function saveReport(report: Report, as: 'json' | 'page'): Promise<void> {
  const name = `${safeFileName(reportTitle(report).replace(/\.(wav|flac)$/, ''), 'Song')} report`;
  const [text, type, ext] =
    as === 'json'
      ? [`${JSON.stringify(report, null, 2)}\n`, 'application/json', 'json']
      : [reportPage(report), 'text/html', 'html'];
  const file = new File([text], `${name}.${ext}`, { type });
  offerDownload(file, file.name);
}
