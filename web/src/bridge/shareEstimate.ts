import { flacShares } from '../engine/flacLibrary';
import { sourcesInUse } from '../interchange/projectFileFormat';
import type { ProjectSnapshot } from '../model/types';
import type { ProjectMemory } from '../storage/shares';
import { compileScene } from './compile';
import { mainTracks } from './shareStems';
import type { ShareEstimate, ShareSettings } from './sharingTypes';

const previewBytesPerSecond = 20_000;
const stemBytesPerFrame = 6;

/** What a link will hold, about. */
export function estimateShare(
  project: ProjectSnapshot,
  { right }: ShareSettings,
  { files }: ProjectMemory,
): ShareEstimate {
  const frames = compileScene(project).endFrame;
  const seconds = frames / project.sampleRateHz;
  const preview = seconds * previewBytesPerSecond;
  if (right === 'listen') return { bytes: preview, files: 0, seconds };
  if (right === 'stems') {
    const count = mainTracks(project).length;
    return { bytes: preview + count * frames * stemBytesPerFrame * flacShares[24], files: count, seconds };
  }
  const sources = sourcesInUse(project);
  const bytes = sources.reduce((sum, { id, ext, bytes: original }) => {
    const guessed = original * (ext === 'wav' || ext === 'aif' ? flacShares[16] : 1);
    return sum + (files[`sound:${id}`]?.file.bytes ?? guessed);
  }, preview);
  return { bytes, files: sources.length, seconds };
}
