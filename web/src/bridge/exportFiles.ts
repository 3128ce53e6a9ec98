import type { WavFormat } from '../engine/codec';
import { masteredPart } from '../mastering/masteredPart';
import type { ProjectSnapshot } from '../model/types';
import { compileScene } from './compile';
import type { ExportSettings } from './exportTypes';
import { safeFileName, stemFileNames } from './fileNames';

/** What of the song an export is of, in frames of the project; none where the range is empty. */
export function exportRange(
  project: ProjectSnapshot,
  { range, what }: Pick<ExportSettings, 'range' | 'what'>,
): { readonly startFrame: number; readonly frames: number } {
  const { loop, endFrame } = compileScene(project);
  if (range === 'loop')
    return { startFrame: loop.startFrame, frames: Math.max(0, loop.endFrame - loop.startFrame) };
  return what === 'master' ? masteredPart(endFrame, project.mastering) : { startFrame: 0, frames: endFrame };
}

export const pcmBits = ({ bits }: Pick<ExportSettings, 'bits'>): WavFormat => `${bits}`;

export function exportNames(
  project: ProjectSnapshot,
  { what, fileName, format }: Pick<ExportSettings, 'what' | 'fileName' | 'format'>,
): string[] {
  if (fileName !== undefined && what !== 'stems') return [`${safeFileName(fileName, 'Song')}.${format}`];
  if (what === 'mix') return [`${safeFileName(project.name, 'Mix')}.${format}`];
  if (what === 'master') return [`${safeFileName(project.name, 'Song')} master.${format}`];
  return stemFileNames(
    project.tracks.map((track) => track.name),
    format,
  );
}

/** What players show of each of the files. */
export function exportTitles(
  { name, tracks }: ProjectSnapshot,
  { what }: Pick<ExportSettings, 'what'>,
): string[] {
  return what === 'stems' ? tracks.map((track) => track.name) : [name];
}
