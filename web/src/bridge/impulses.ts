import { type Accessor, createMemo } from 'solid-js';
import { setImpulse } from '../commands/inserts';
import type { Project } from '../model/project';
import type { ProjectSnapshot } from '../model/types';
import type { Importer } from './importer';
import type { Impulse, StudioImpulses, StudioMessages } from './studioTypes';

interface ImpulseOptions {
  readonly importer: Importer;
  readonly messages: StudioMessages;
  readonly project: Accessor<ProjectSnapshot>;
  /** The project that is open now. */
  current(): Project;
}

const extension = /\.[^.]+$/;

/** Impulse responses: audio files in the pool that inserts refer to. */
export function createImpulses({ importer, messages, project, current }: ImpulseOptions): StudioImpulses {
  const own = createMemo((): readonly Impulse[] => {
    const { sources, tracks, master } = project();
    const used = new Set(
      [...tracks, master].flatMap(({ inserts }) => inserts.map((insert) => insert.impulseId)),
    );
    return Object.values(sources)
      .filter(({ id }) => used.has(id))
      .map(({ id, name }) => ({ id, name: name.replace(extension, '') }))
      .sort((a, b) => a.name.localeCompare(b.name, 'en'));
  });
  return {
    builtin: [],
    own,
    async choose(ownerId, insertId, file) {
      const target = current();
      const projectRateHz = target.committed().sampleRateHz;
      try {
        const [result] = await importer.importAudio([file], { projectRateHz });
        if (!result || 'cancelled' in result) return;
        if ('error' in result) throw new Error(result.error);
        if (current() !== target) {
          throw new Error('Another project was opened meanwhile: the impulse response was not added.');
        }
        target.commit('Choose impulse response', [
          { op: 'source.add', source: result.ok },
          ...setImpulse(target.committed(), { ownerId, insertId, impulseId: result.ok.id }),
        ]);
      } catch (error) {
        messages.say(error instanceof Error ? error.message : String(error), 'alert');
      }
    },
  };
}
