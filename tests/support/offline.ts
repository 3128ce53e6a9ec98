import { compileScene, type EngineScene } from '../../web/src/bridge/compile';
import type { Heard } from '../../web/src/bridge/compileMastering';
import { encodeScene, type SceneHandles } from '../../web/src/bridge/diffScenes';
import { sceneImpulses } from '../../web/src/bridge/sceneImpulses';
import { MemoryReader } from '../../web/src/engine/byteReader';
import { bakeTables, type InsertTable } from '../../web/src/engine/impulseTables';
import type { MixwellModule } from '../../web/src/engine/mixwellModule';
import { type RenderJob, renderScene } from '../../web/src/engine/offlineRender';
import { openPcm, type PcmSource } from '../../web/src/engine/pcmSource';
import type { ProjectSnapshot } from '../../web/src/model/types';

export interface Stereo {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

export type Files = ReadonlyMap<string, Uint8Array>;

/** Renders a project whose sources are WAV files in memory, by the product's own offline render. */
export async function renderProject(
  module: MixwellModule,
  project: ProjectSnapshot,
  files: Files,
  range: { startFrame: number; frames: number; looping?: boolean },
  heard: Heard | null = null,
): Promise<Stereo> {
  const scene = compileScene(project, heard);
  const { commands, handles } = encodeScene(scene);
  const sources = new Map<number, PcmSource>();
  for (const id of scene.sources.keys()) {
    sources.set(handles.sources.of(id), await openPcm(new MemoryReader(files.get(id) as Uint8Array), module));
  }
  try {
    const tables = await tablesOf(module, scene, handles);
    const { sampleRateHz } = project;
    return await renderToMemory(module, { sampleRateHz, commands, sources, tables, ...range });
  } finally {
    for (const source of sources.values()) source.close();
  }
}

/** The tables of a scene whose impulses are all built in. */
export function tablesOf(
  module: MixwellModule,
  scene: EngineScene,
  { inserts }: { readonly inserts: Pick<SceneHandles['inserts'], 'of'> },
): Promise<InsertTable[]> {
  const wanted = new Map([...sceneImpulses(scene)].map(([id, spec]) => [inserts.of(id), spec] as const));
  return bakeTables(module, wanted, scene.sampleRateHz, async () => null);
}

export async function renderToMemory(module: MixwellModule, job: RenderJob): Promise<Stereo> {
  const left = new Float32Array(job.frames);
  const right = new Float32Array(job.frames);
  let done = 0;
  await renderScene(module, job, (mix, _, frames) => {
    left.set((mix.channels[0] as Float32Array).subarray(0, frames), done);
    right.set((mix.channels[1] as Float32Array).subarray(0, frames), done);
    done += frames;
  });
  if (done !== job.frames) throw new Error(`${done} frames came instead of ${job.frames}`);
  return { left, right };
}

/** The first place where two sounds differ in a bit, or -1. NaN never equals. */
export function firstDifference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Math.min(a.length, b.length);
  const bitsA = new Int32Array(a.buffer, a.byteOffset, a.length);
  const bitsB = new Int32Array(b.buffer, b.byteOffset, b.length);
  for (let index = 0; index < a.length; index++) if (bitsA[index] !== bitsB[index]) return index;
  return -1;
}

/** Silent sound proves nothing. */
export function isSilent({ left, right }: Stereo): boolean {
  return left.every((sample) => sample === 0) && right.every((sample) => sample === 0);
}
