import type { ProjectSnapshot } from '../model/types';
import type { RenderedScene } from '../workers/render/protocol';
import type { EngineScene } from './compile';
import { encodeScene, type SceneHandles } from './diffScenes';
import { sceneImpulses } from './sceneImpulses';

/** A scene as a worker takes it, with the handles that its commands use. */
export function renderedScene(
  engine: WebAssembly.Module,
  project: ProjectSnapshot,
  scene: EngineScene,
  range: { readonly startFrame: number; readonly frames: number },
): { readonly rendered: RenderedScene; readonly handles: SceneHandles } {
  const { commands, handles } = encodeScene(scene);
  const rendered: RenderedScene = {
    engine,
    sampleRateHz: scene.sampleRateHz,
    commands,
    sources: [...scene.sources.values()].map(({ id, ext }) => ({
      handle: handles.sources.of(id),
      id,
      ext,
      name: project.sources[id]?.name ?? id,
    })),
    impulses: [...sceneImpulses(scene)].map(([id, spec]) => {
      const source = project.sources[spec.impulseId] ?? null;
      return { insert: handles.inserts.of(id), spec, source: source && { id: source.id, ext: source.ext } };
    }),
    ...range,
  };
  return { rendered, handles };
}
