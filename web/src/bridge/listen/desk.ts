import { documentOf, Project } from '../../model/project';
import type { ProjectSnapshot } from '../../model/types';
import type { Manifest } from '../../share/manifest';
import { openDownloadFolder } from '../../storage/downloads';
import { renderInBackground } from '../backgroundRender';
import { compileEngine } from '../engineModule';
import { type FetchProjectOptions, fetchProject } from '../fetchProject';
import { createImporter } from '../importer';
import { mixRequest } from '../shareMix';
import { createVisit, type SessionStudio } from '../studio';
import type { OpenedLink } from './openLink';

export type DeskOptions = Omit<FetchProjectOptions, 'importer'>;

export interface Desk {
  readonly studio: SessionStudio;
  /** Renders the project as it was shared, and gives the SHA-256 of the mix's PCM. Throws a sentence. */
  render(signal: AbortSignal, onFraction: (fraction: number) => void): Promise<string>;
}

/** The desk of a link: its project, played by the engine and kept nowhere. Throws a sentence. */
export async function openDesk({ manifest, ...session }: OpenedLink, options: DeskOptions): Promise<Desk> {
  const engineModule = compileEngine();
  const importer = createImporter(engineModule);
  try {
    const records = await fetchProject({ manifest, ...session }, { ...options, importer });
    const project = new Project(documentOf(records));
    const shared = project.committed();
    project.commitSilently([
      { op: 'project.set', fields: { loop: { ...shared.loop, on: false } } },
      { op: 'mastering.set', fields: { on: manifest.mix.what === 'master' } },
    ]);
    return {
      studio: createVisit(project, engineModule, importer),
      render: async (signal, onFraction) =>
        renderedHash(await engineModule, shared, manifest.mix.what, signal, onFraction),
    };
  } catch (error) {
    importer.dispose();
    throw error;
  }
}

/** Of 24 bits at the project's rate, as the manifest has it. */
async function renderedHash(
  engine: WebAssembly.Module,
  project: ProjectSnapshot,
  what: Manifest['mix']['what'],
  signal: AbortSignal,
  onFraction: (fraction: number) => void,
): Promise<string> {
  const { folder, remove } = await openDownloadFolder();
  const request = mixRequest(engine, project, what, { kind: 'private', handle: folder });
  try {
    const { files } = await renderInBackground(request, signal, onFraction);
    if (!files[0]) throw new Error('The mix was not rendered.');
    return files[0].sha256;
  } finally {
    await remove().catch(() => {});
  }
}
