import type { ProjectStore } from '../storage/projects/projectStore';
import { openDemo } from './openDemo';
import { openProjectFile, type ProjectFileOptions, saveProjectFile } from './projectFiles';
import type { ProjectSwitch } from './projectSwitch';
import type { ProjectInfo, StudioProjects } from './projectTypes';
import { isCancelled } from './tasks';

/** The projects of this browser, as the view works them; what fails becomes a message. */
export function studioProjects(
  store: ProjectStore | null,
  projects: ProjectSwitch,
  fileOptions: ProjectFileOptions,
  engineModule: Promise<WebAssembly.Module>,
): StudioProjects {
  const { messages, tasks, importer } = fileOptions;
  const told = <Args extends unknown[]>(work: (...args: Args) => Promise<unknown>) => {
    return async (...args: Args): Promise<void> => {
      try {
        await work(...args);
      } catch (error) {
        messages.say(error instanceof Error ? error.message : String(error), 'alert');
      }
    };
  };
  return {
    async list(): Promise<readonly ProjectInfo[]> {
      await projects.flush();
      const stored = (await store?.list()) ?? [];
      return stored.map(({ id, name, modifiedAt, trackCount, lengthFrames, sampleRateHz }) => ({
        id,
        name,
        changedAt: modifiedAt,
        trackCount,
        lengthSeconds: lengthFrames / sampleRateHz,
        sampleRateHz,
      }));
    },
    open: told((id: string) => projects.open(id)),
    create: told((name?: string) => projects.create(name)),
    duplicate: told(async (id: string) => store?.duplicate(id)),
    rename: told(async (id: string, name: string) => store?.rename(id, name)),
    remove: told(async (id: string) => {
      const name = (await store?.list())?.find((project) => project.id === id)?.name ?? 'The project';
      await projects.remove(id);
      messages.say(`“${name}” is in the bin.`, 'status', {
        label: 'Undo',
        run: () => void store?.restore(id).then(() => projects.open(id)),
      });
    }),
    saveFile: () => saveProjectFile(fileOptions),
    openFile: (file) => openProjectFile(fileOptions, file),
    openDemo: told(() =>
      tasks
        .run('Making the demo song', (task) => openDemo({ engineModule, importer, projects }, task))
        .catch((error: unknown) => {
          if (!isCancelled(error)) throw error;
        }),
    ),
    openShared: told(async (fragment: string, askPassword: (wrong: boolean) => Promise<string | null>) =>
      (await import('./openShared')).openShared(fileOptions, fragment, askPassword),
    ),
    current: projects.current,
    saveState: projects.saveState,
    tasks: tasks.list,
  };
}
