import { type Accessor, createMemo, createSignal, untrack } from 'solid-js';
import { setImpulse } from '../commands/inserts';
import { builtInIds } from '../engine/impulseTables';
import type { Project } from '../model/project';
import type { ProjectSnapshot } from '../model/types';
import { importedSource } from './importedSource';
import type { Importer } from './importer';
import type { ImpulseBaker } from './impulseBaker';
import type { StudioMessages } from './messageTypes';
import { standardImpulseId } from './sceneImpulses';
import type { Impulse, StudioImpulses, StudioPeaks, WaveformPeaks } from './waveformTypes';

interface ImpulseOptions {
  readonly importer: Importer;
  readonly messages: StudioMessages;
  readonly project: Accessor<ProjectSnapshot>;
  readonly baker: ImpulseBaker;
  readonly peaks: StudioPeaks;
  /** The project that is open now. */
  current(): Project;
}

const builtin: readonly Impulse[] = builtInIds.map(({ id, name }) => ({
  id,
  name: `${name[0]?.toUpperCase()}${name.slice(1)}`,
}));

const extension = /\.[^.]+$/;

/** Impulse responses: audio files in the pool that inserts refer to. */
export function createImpulses(options: ImpulseOptions): StudioImpulses {
  const { importer, messages, project, current } = options;
  const own = createMemo((): readonly Impulse[] => {
    const { sources, tracks, master, mastering } = project();
    const used = new Set(
      [...tracks, master, mastering].flatMap(({ inserts }) => inserts.map((insert) => insert.impulseId)),
    );
    return Object.values(sources)
      .filter(({ id }) => used.has(id))
      .map(({ id, name }) => ({ id, name: name.replace(extension, '') }))
      .sort((a, b) => a.name.localeCompare(b.name, 'en'));
  });
  return {
    builtin,
    standardId: standardImpulseId,
    own,
    peaks: createImpulsePeaks(options),
    async choose(ownerId, insertId, file) {
      const target = current();
      try {
        const source = await importedSource(importer, target, current, file);
        if (!source) return;
        target.commit('Choose impulse response', [
          { op: 'source.add', source },
          ...setImpulse(target.committed(), { ownerId, insertId, impulseId: source.id }),
        ]);
      } catch (error) {
        messages.say(error instanceof Error ? error.message : String(error), 'alert');
      }
    },
  };
}

/** Pictures of those that are built in are drawn when they are first asked for; the others have waveforms like any source. */
function createImpulsePeaks({ baker, peaks, project }: ImpulseOptions): StudioImpulses['peaks'] {
  const known = new Map<string, Accessor<WaveformPeaks | null>>();
  return (impulseId) => {
    const id = impulseId ?? standardImpulseId;
    if (!builtin.some((one) => one.id === id)) return peaks.get(id);
    const rateHz = untrack(project).sampleRateHz;
    const key = `${id} ${rateHz}`;
    let value = known.get(key);
    if (!value) {
      const [drawn, setDrawn] = createSignal<WaveformPeaks | null>(null);
      value = drawn;
      known.set(key, drawn);
      baker.outline(id, rateHz).then(
        (outline) => {
          if (!outline) return;
          const { frames, framesPerPoint, channels } = outline;
          setDrawn({ channels: 2, frames, levels: [{ framesPerPoint, channels }] });
        },
        () => known.delete(key),
      );
    }
    return value();
  };
}
