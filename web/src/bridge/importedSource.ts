import type { Project } from '../model/project';
import type { AudioSource } from '../model/types';
import type { Importer } from './importer';

/** Takes a file into the pool for a project; null where that was called off. Throws a sentence where it can't be taken. */
export async function importedSource(
  importer: Importer,
  target: Project,
  current: () => Project,
  file: File,
): Promise<AudioSource | null> {
  const projectRateHz = target.committed().sampleRateHz;
  const [result] = await importer.importAudio([file], { projectRateHz });
  if (!result || 'cancelled' in result) return null;
  if ('error' in result) throw new Error(result.error);
  if (current() !== target) {
    throw new Error(`Another project was opened meanwhile: “${file.name}” was not added.`);
  }
  return result.ok;
}
