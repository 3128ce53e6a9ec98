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

export function exportNames(
  project: ProjectSnapshot,
  { what, fileName }: Pick<ExportSettings, 'what' | 'fileName'>,
): string[] {
  if (fileName !== undefined && what !== 'stems') return [`${safeFileName(fileName, 'Song')}.wav`];
  if (what === 'mix') return [`${safeFileName(project.name, 'Mix')}.wav`];
  if (what === 'master') return [`${safeFileName(project.name, 'Song')} master.wav`];
  return stemFileNames(project.tracks.map((track) => track.name));
}
