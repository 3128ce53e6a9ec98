import type { Accessor } from 'solid-js';
import { untrack } from 'solid-js';
import type { ProjectSnapshot } from '../model/types';
import { clearDownloads } from '../storage/downloads';
import { openPool } from '../storage/pool';
import type { ProjectStore } from '../storage/projects/projectStore';
import type { Importer } from './importer';
import type { StudioMessages } from './messageTypes';

export interface SourceCareOptions {
  readonly importer: Importer;
  readonly messages: StudioMessages;
  readonly store: ProjectStore | null;
  readonly project: Accessor<ProjectSnapshot>;
  /** A source is complete, its waveform too. */
  prepared(sourceId: string): void;
}

/** Sees to it that the open project's sound is in the pool, and that the pool holds nothing else. */
export class SourceCare {
  readonly #options: SourceCareOptions;
  readonly #told = new Set<string>();
  #checks = 0;

  constructor(options: SourceCareOptions) {
    this.#options = options;
  }

  /** Makes again what was converted by an older version, or went missing while the original is there. */
  check(): void {
    const ticket = ++this.#checks;
    const project = untrack(this.#options.project);
    const work = async () => {
      const sources = Object.values(project.sources);
      if (sources.length === 0) return;
      const pool = await openPool();
      for (const { id, ext, name } of sources) {
        if (ticket !== this.#checks) return;
        if (await pool.entry(id, project.sampleRateHz)) continue;
        const result = await this.#options.importer.prepare({
          id,
          ext,
          name,
          projectRateHz: project.sampleRateHz,
        });
        if ('error' in result) this.#tell(id, () => result.error);
        else this.#options.prepared(id);
      }
    };
    work().catch((error: unknown) => {
      this.#options.messages.say(error instanceof Error ? error.message : String(error), 'alert');
    });
  }

  /** Lets go of sound that no project needs, and of downloads of earlier sessions. */
  tidy(): void {
    const { store, importer } = this.#options;
    const work = async () => {
      if (!store) return;
      await store.purgeOld();
      await importer.removeUnreferenced(await store.referencedSources());
      await clearDownloads();
    };
    work().catch(() => {});
  }

  missing(sourceId: string): void {
    this.#tell(sourceId, (name) => `The sound of “${name}” is not on this machine: it stays silent.`);
  }

  failed(sourceId: string, reason: string): void {
    this.#tell(sourceId, (name) => `The sound of “${name}” can’t be read and stays silent: ${reason}`);
  }

  #tell(sourceId: string, sentence: (name: string) => string): void {
    if (this.#told.has(sourceId)) return;
    this.#told.add(sourceId);
    const name = untrack(this.#options.project).sources[sourceId]?.name ?? sourceId;
    this.#options.messages.say(sentence(name), 'alert');
  }
}
