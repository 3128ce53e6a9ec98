import { documentOf, Project } from '../../model/project';
import { compileEngine } from '../engineModule';
import { type FetchProjectOptions, fetchProject } from '../fetchProject';
import { createImporter } from '../importer';
import { createVisit, type SessionStudio } from '../studio';
import type { OpenedLink } from './openLink';

export type DeskOptions = Omit<FetchProjectOptions, 'importer'>;

/** The desk of a link: its project, played by the engine and kept nowhere. Throws a sentence. */
export async function openDesk(session: OpenedLink, options: DeskOptions): Promise<SessionStudio> {
  const engineModule = compileEngine();
  const importer = createImporter(engineModule);
  try {
    const records = await fetchProject(session, { ...options, importer });
    const project = new Project(documentOf(records));
    project.commitSilently([
      { op: 'project.set', fields: { loop: { ...project.committed().loop, on: false } } },
      { op: 'mastering.set', fields: { on: session.manifest.mix.what === 'master' } },
    ]);
    return createVisit(project, engineModule, importer);
  } catch (error) {
    importer.dispose();
    throw error;
  }
}
