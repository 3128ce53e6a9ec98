import type { EngineScene } from '../src/bridge/compile';
import { encodeScene, type SceneHandles } from '../src/bridge/diffScenes';
import { sceneImpulses } from '../src/bridge/sceneImpulses';
import { bakeTables } from '../src/engine/impulseTables';
import type { MixwellModule } from '../src/engine/mixwellModule';
import type { PageReader, RenderJob } from '../src/engine/offlineRender';
import type { Song } from './songs';

/** All that a render of the whole song is told, and the handles in it. */
export async function songJob(
  module: MixwellModule,
  { project, sources }: Song,
  scene: EngineScene,
): Promise<{ readonly job: RenderJob; readonly handles: SceneHandles }> {
  const { commands, handles } = encodeScene(scene);
  const readers = new Map<number, PageReader>();
  for (const id of scene.sources.keys()) {
    const source = sources.get(id);
    if (source) readers.set(handles.sources.of(id), source.pcm);
  }
  const wanted = new Map(
    [...sceneImpulses(scene)].map(([id, spec]) => [handles.inserts.of(id), spec] as const),
  );
  const tables = await bakeTables(
    module,
    wanted,
    project.sampleRateHz,
    async (id) => sources.get(id)?.pcm ?? null,
  );
  const job = {
    sampleRateHz: project.sampleRateHz,
    commands,
    sources: readers,
    tables,
    startFrame: 0,
    frames: scene.endFrame,
    stemTracks: [],
  };
  return { job, handles };
}
