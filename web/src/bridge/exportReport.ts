import { stagesOf } from '../commands/mastering';
import { engineVersion } from '../generated/engineLayout';
import { curvesOf } from '../mastering/curves';
import { measuresOf } from '../mastering/measures';
import { makeReport, type Report } from '../mastering/report';
import { reportPage } from '../mastering/reportPage';
import { targetOf } from '../mastering/targets';
import type { ProjectSnapshot } from '../model/types';
import type { MasterFigures, RenderedFile } from '../workers/render/protocol';
import { safeFileName } from './fileNames';
import { offerDownload } from './offerDownload';
import type { ExportSettings, StudioSong } from './studioTypes';

/** What is said of a master that was just written; null where there is no file. */
export function reportOf(
  project: ProjectSnapshot,
  settings: ExportSettings,
  song: StudioSong,
  file: RenderedFile | undefined,
  { original, written }: MasterFigures,
): Report | null {
  if (!file) return null;
  const { mastering, sampleRateHz } = project;
  const stages = stagesOf(project);
  const before = measuresOf(original);
  const after = measuresOf(written);
  const limiter = stages.findLast(({ device, on }) => device === 'limiter' && on);
  const known = song.stale() ? null : (song.analysis()?.reached ?? null);
  return makeReport({
    date: new Date().toISOString(),
    engineVersion,
    source: {
      name: project.name,
      format: `Mix of ${project.tracks.length} ${project.tracks.length === 1 ? 'track' : 'tracks'}`,
      sampleRate: sampleRateHz,
      channels: 2,
      frames: original.frames,
    },
    file: {
      name: file.name,
      sampleRate: written.sampleRateHz,
      channels: written.channels.length,
      bits: String(settings.bits),
      dither: settings.dither,
      frames: written.frames,
      pcmSha256: file.sha256,
    },
    target: targetOf(mastering.targetId),
    reference: mastering.references[0]?.name ?? null,
    amount: mastering.amount / 100,
    chain: stages,
    moves: song.moves().filter(({ on }) => on),
    notes: song.notes(),
    reached: known ?? {
      gainDb: limiter?.params.inputGainDb ?? 0,
      reached: false,
      integratedLufs: after.integratedLufs,
      truePeakDbtp: after.truePeakDbtp,
      limitingDb: 0,
      loudnessLostLu: 0,
      passes: 0,
      warnings: [],
    },
    before,
    after,
    curves: curvesOf(written),
  });
}

/** Offers a report as a download. */
export async function saveReport(report: Report, as: 'json' | 'page'): Promise<void> {
  const name = `${safeFileName(report.file.name.replace(/\.wav$/, ''), 'Master')} report`;
  const [text, type, ext] =
    as === 'json'
      ? [`${JSON.stringify(report, null, 2)}\n`, 'application/json', 'json']
      : [reportPage(report), 'text/html', 'html'];
  const file = new File([text], `${name}.${ext}`, { type });
  offerDownload(file, file.name);
}
