import type { ProjectSnapshot } from '../model/types';
import type { RenderRequest, RenderTarget } from '../workers/render/protocol';
import { compileScene, type EngineScene } from './compile';
import { exportNames, exportRange, exportTitles, pcmBits } from './exportFiles';
import type { ExportSettings } from './exportTypes';
import { chainOf } from './masteringChain';
import { renderedScene } from './renderedScene';

/** At the project's rate the engine runs the chain, as it is heard; else the mix is converted first. */
const isConverted = (project: ProjectSnapshot, { what, sampleRateHz }: ExportSettings): boolean =>
  what === 'master' && sampleRateHz !== project.sampleRateHz;

function sceneOf(project: ProjectSnapshot, settings: ExportSettings): EngineScene {
  const mastered = settings.what === 'master' && !isConverted(project, settings);
  return compileScene(project, mastered ? { mastering: true, referenceId: null, references: false } : null);
}

/** What renders the whole song as an export with these settings would, masters from the song's start to its end as well. */
export function songRequest(
  engine: WebAssembly.Module,
  project: ProjectSnapshot,
  settings: ExportSettings,
  target: RenderTarget,
): RenderRequest {
  const { frames } = exportRange(project, { range: 'song', what: 'mix' });
  return exportRequest(engine, project, settings, { startFrame: 0, frames }, target);
}

/** What renders an export of that range of the project. */
export function exportRequest(
  engine: WebAssembly.Module,
  project: ProjectSnapshot,
  settings: ExportSettings,
  range: { readonly startFrame: number; readonly frames: number },
  target: RenderTarget,
): RenderRequest {
  const scene = sceneOf(project, settings);
  const { rendered, handles } = renderedScene(engine, project, scene, range);
  const names = exportNames(project, settings);
  const titles = exportTitles(project, settings);
  const tracks = settings.what === 'stems' ? scene.tracks.map(({ id }) => handles.tracks.of(id)) : [null];
  return {
    ...rendered,
    master: isConverted(project, settings)
      ? { kind: 'converted', chain: chainOf(project, settings.sampleRateHz, range) }
      : settings.what === 'master'
        ? { kind: 'scene' }
        : null,
    format: {
      file: settings.format,
      sampleRateHz: settings.sampleRateHz,
      bits: pcmBits(settings),
      dither: settings.dither,
    },
    files: names.map((name, index) => ({
      name,
      title: titles[index] ?? '',
      track: tracks[index] ?? null,
    })),
    target,
  };
}
