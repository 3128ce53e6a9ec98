import { masterParams, stripParams } from '../generated/devices';
import { minLoopFrames } from '../generated/engineLayout';
import { type Clip, fadeCurves, type ProjectSnapshot, type Track } from '../model/types';

/** What the engine is to know of a project, in the engine's terms but with the document's ids. Pure data, no history. */
export interface EngineScene {
  readonly sampleRateHz: number;
  readonly sources: ReadonlyMap<string, SceneSource>;
  /** In the order of summation. */
  readonly tracks: readonly SceneTrack[];
  /** In the order of the table. */
  readonly masterParams: readonly number[];
  /** On only where the range is long enough to be looped. */
  readonly loop: SceneLoop;
  /** The end of the last clip. */
  readonly endFrame: number;
}

export interface SceneSource {
  readonly id: string;
  readonly ext: string;
  readonly channels: 1 | 2;
  readonly frames: number;
}

export interface SceneTrack {
  readonly id: string;
  /** 1 where every clip plays a mono source. */
  readonly channels: 1 | 2;
  /** In the order of the table. */
  readonly params: readonly number[];
  readonly clips: readonly SceneClip[];
}

export interface SceneClip {
  readonly sourceId: string;
  /** start offset length gainDb fadeIn fadeInCurve fadeOut fadeOutCurve, as in the engine's command. */
  readonly numbers: readonly number[];
}

export interface SceneLoop {
  readonly on: boolean;
  readonly startFrame: number;
  readonly endFrame: number;
}

type Sources = ProjectSnapshot['sources'];

/** Tracks that did not change keep their scene, so that a diff can pass them over. */
const compiledTracks = new WeakMap<Track, { sources: Sources; scene: SceneTrack }>();

/** The one compiler: live player, export, command line and tests all start from its result. */
export function compileScene(project: ProjectSnapshot): EngineScene {
  const tracks = project.tracks.map((track) => compileTrack(track, project.sources));
  const sources = new Map<string, SceneSource>();
  let endFrame = 0;
  for (const track of tracks) {
    for (const { sourceId, numbers } of track.clips) {
      const source = project.sources[sourceId];
      if (source) sources.set(sourceId, sceneSource(source));
      endFrame = Math.max(endFrame, (numbers[0] ?? 0) + (numbers[2] ?? 0));
    }
  }
  const { startFrame, endFrame: loopEnd } = project.loop;
  return {
    sampleRateHz: project.sampleRateHz,
    sources,
    tracks,
    masterParams: masterParams.map(({ id }) => project.master.params[id]),
    loop: { on: project.loop.on && loopEnd - startFrame >= minLoopFrames, startFrame, endFrame: loopEnd },
    endFrame,
  };
}

function sceneSource({ id, ext, channels, frames }: Sources[string]): SceneSource {
  return { id, ext, channels, frames };
}

function compileTrack(track: Track, sources: Sources): SceneTrack {
  const known = compiledTracks.get(track);
  if (known?.sources === sources) return known.scene;
  const clips = track.clips.filter((clip) => sources[clip.sourceId]);
  const mono = clips.length > 0 && clips.every((clip) => sources[clip.sourceId]?.channels === 1);
  const scene: SceneTrack = {
    id: track.id,
    channels: mono ? 1 : 2,
    params: stripParams.map(({ id }) => track.params[id]),
    clips: clips.map(compileClip),
  };
  compiledTracks.set(track, { sources, scene });
  return scene;
}

function compileClip(clip: Clip): SceneClip {
  return {
    sourceId: clip.sourceId,
    numbers: [
      clip.startFrame,
      clip.offsetFrames,
      clip.lengthFrames,
      clip.gainDb,
      clip.fadeInFrames,
      fadeCurves.indexOf(clip.fadeInCurve),
      clip.fadeOutFrames,
      fadeCurves.indexOf(clip.fadeOutCurve),
    ],
  };
}
