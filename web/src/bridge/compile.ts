import { masterParams, stripParams } from '../generated/devices';
import { minLoopFrames } from '../generated/engineLayout';
import { type Clip, fadeCurves, type ProjectSnapshot, type Track } from '../model/types';
import { compileInserts, compileLanes, type SceneInsert, type SceneLane } from './compileChannel';
import { compileMastering, type Heard, notMastered, type SceneMastering } from './compileMastering';

/** What the engine is to know of a project, in the engine's terms but with the document's ids. Pure data, no history. */
export interface EngineScene {
  readonly sampleRateHz: number;
  readonly sources: ReadonlyMap<string, SceneSource>;
  /** In the order of summation. */
  readonly tracks: readonly SceneTrack[];
  readonly master: SceneChannel;
  readonly mastering: SceneMastering;
  /** frame quarterBpm of each stretch, the first from frame 0. */
  readonly tempoMap: readonly number[];
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

/** What the master and tracks have in common. */
export interface SceneChannel {
  /** In the order of the table. */
  readonly params: readonly number[];
  readonly inserts: readonly SceneInsert[];
  readonly lanes: readonly SceneLane[];
}

export interface SceneTrack extends SceneChannel {
  readonly id: string;
  /** 1 where every clip plays a mono source, and no other track comes in. */
  readonly channels: 1 | 2;
  readonly clips: readonly SceneClip[];
  /** null: the master. */
  readonly outputId: string | null;
  readonly sends: readonly SceneSend[];
  /** Of the gate, of the compressor. */
  readonly keyIds: readonly (string | null)[];
}

export interface SceneSend {
  readonly toId: string;
  /** gainDb pan pre on */
  readonly numbers: readonly number[];
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

/** What the engine takes for a tempo, in quarter notes a minute. */
const quarterBpm = { min: 5, max: 1000 } as const;

/** Tracks that did not change keep their scene, so that a diff can pass them over. */
const compiledTracks = new WeakMap<Track, { sources: Sources; scene: SceneTrack }>();
const stereoScenes = new WeakMap<SceneTrack, SceneTrack>();
const compiledMasters = new WeakMap<ProjectSnapshot['master'], SceneChannel>();

/**
 * The one compiler: live player, export, command line and tests all start from its result. It is the mix alone, unless
 * the mastering chain and references are to be heard too.
 */
export function compileScene(project: ProjectSnapshot, heard: Heard | null = null): EngineScene {
  const buses = new Set(
    project.tracks.flatMap(({ outputId, sends }) => [outputId, ...sends.map(({ toId }) => toId)]),
  );
  const tracks = project.tracks.map((track) => {
    const scene = compileTrack(track, project.sources);
    return scene.channels === 1 && buses.has(track.id) ? inStereo(scene) : scene;
  });
  const sources = new Map<string, SceneSource>();
  let endFrame = 0;
  for (const track of tracks) {
    for (const { sourceId, numbers } of track.clips) {
      const source = project.sources[sourceId];
      if (source) sources.set(sourceId, sceneSource(source));
      endFrame = Math.max(endFrame, (numbers[0] ?? 0) + (numbers[2] ?? 0));
    }
  }
  const mastering = heard ? compileMastering(project, heard, endFrame) : notMastered;
  for (const { clips } of mastering.references) {
    for (const { sourceId } of clips) {
      const source = project.sources[sourceId];
      if (source) sources.set(sourceId, sceneSource(source));
    }
  }
  const { startFrame, endFrame: loopEnd } = project.loop;
  return {
    sampleRateHz: project.sampleRateHz,
    sources,
    tracks,
    master: compileMaster(project.master),
    mastering,
    tempoMap: [{ frame: 0, ...project.tempo }, ...project.tempoChanges].flatMap(
      ({ frame, bpm, beatUnit }) => [
        frame,
        Math.min(Math.max((bpm * 4) / beatUnit, quarterBpm.min), quarterBpm.max),
      ],
    ),
    loop: { on: project.loop.on && loopEnd - startFrame >= minLoopFrames, startFrame, endFrame: loopEnd },
    endFrame,
  };
}

function sceneSource({ id, ext, channels, frames }: Sources[string]): SceneSource {
  return { id, ext, channels, frames };
}

function compileMaster(master: ProjectSnapshot['master']): SceneChannel {
  let scene = compiledMasters.get(master);
  if (!scene) {
    scene = {
      params: masterParams.map(({ id }) => master.params[id]),
      inserts: compileInserts(master.inserts),
      lanes: compileLanes('master', { ...master, sends: [] }),
    };
    compiledMasters.set(master, scene);
  }
  return scene;
}

/** Sound of other tracks is stereo: the pan of such a track is a balance. */
function inStereo(scene: SceneTrack): SceneTrack {
  let stereo = stereoScenes.get(scene);
  if (!stereo) {
    stereo = { ...scene, channels: 2 };
    stereoScenes.set(scene, stereo);
  }
  return stereo;
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
    outputId: track.outputId,
    sends: track.sends.map(({ toId, gainDb, pan, pre, on }) => ({
      toId,
      numbers: [gainDb, pan, pre ? 1 : 0, on ? 1 : 0],
    })),
    keyIds: [track.gateKeyId, track.compressorKeyId],
    inserts: compileInserts(track.inserts),
    lanes: compileLanes(track.id, track),
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
