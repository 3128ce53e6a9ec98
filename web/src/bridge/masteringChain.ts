import { stagesOf } from '../commands/mastering';
import { defaultMasterParams } from '../model/params';
import { freshTrack } from '../model/strip';
import type { AudioSource, ProjectSnapshot } from '../model/types';
import type { RunnableChain } from '../workers/mastering/protocol';
import { compileScene, type EngineScene } from './compile';
import type { SceneMastering } from './compileMastering';
import { encodeScene } from './diffScenes';
import { sceneImpulses } from './sceneImpulses';

/** Of the song, in frames of the project. */
export interface ChainRange {
  readonly startFrame: number;
  readonly frames: number;
}

const mixId = 'mix';
/** Behind the song there is room for what looks ahead and rings on. */
const afterSeconds = 10;

/**
 * The part of a song's mastering chain from one place up to another, as a worker runs a mix of `range` through it. At another rate than
 * the project's, lanes and tempo lie where they lie in the song.
 */
export function chainOf(
  project: ProjectSnapshot,
  sampleRateHz: number,
  range: ChainRange,
  [from, to]: readonly [from: number, to: number] = [0, project.mastering.inserts.length],
): RunnableChain {
  const inserts = project.mastering.inserts.slice(from, to);
  const scene = sceneOf(project, sampleRateHz, range, new Set(inserts.map(({ id }) => id)));
  const { commands, handles } = encodeScene(scene);
  return {
    scene: {
      sampleRateHz,
      commands,
      source: handles.sources.of(mixId),
      startFrame: startOf(project, sampleRateHz, range),
    },
    stages: stagesOf(project).slice(from, to),
    inserts: inserts.map(({ id }) => handles.inserts.of(id)),
    impulses: [...sceneImpulses(scene)].map(([id, spec]) => {
      const source = project.sources[spec.impulseId] ?? null;
      return { insert: handles.inserts.of(id), spec, source: source && { id: source.id, ext: source.ext } };
    }),
  };
}

const startOf = (project: ProjectSnapshot, sampleRateHz: number, { startFrame }: ChainRange): number =>
  Math.round((startFrame * sampleRateHz) / project.sampleRateHz);

/** One track that plays the mix as it is, into that part of the chain. */
function sceneOf(
  project: ProjectSnapshot,
  sampleRateHz: number,
  range: ChainRange,
  kept: ReadonlySet<string>,
): EngineScene {
  const ratio = sampleRateHz / project.sampleRateHz;
  const startFrame = startOf(project, sampleRateHz, range);
  const frames = Math.ceil(range.frames * ratio) + afterSeconds * sampleRateHz;
  const whole = compileScene(project, { mastering: true, references: false, referenceId: null });
  const lanes = whole.mastering.lanes.filter(({ insertId }) => insertId !== null && kept.has(insertId));
  const mastering: SceneMastering = {
    on: true,
    inserts: whole.mastering.inserts.filter(({ id }) => kept.has(id)),
    lanes: ratio === 1 ? lanes : lanes.map((lane) => ({ ...lane, points: scaled(lane.points, 4, ratio) })),
    references: [],
  };
  const clip = {
    id: mixId,
    sourceId: mixId,
    name: mixId,
    startFrame,
    offsetFrames: 0,
    lengthFrames: frames,
    gainDb: 0,
    fadeInFrames: 0,
    fadeOutFrames: 0,
    fadeInCurve: 'linear',
    fadeOutCurve: 'linear',
  } as const;
  const alone = compileScene({
    ...project,
    tracks: [freshTrack({ id: mixId, name: mixId, colour: 'slate', kind: 'other', clips: [clip] })],
    sources: { [mixId]: mixSource(sampleRateHz, frames) },
    master: { ...project.master, params: defaultMasterParams, inserts: [], lanes: [] },
    loop: { on: false, startFrame: 0, endFrame: 0 },
  });
  return { ...alone, sampleRateHz, mastering, tempoMap: scaled(whole.tempoMap, 2, ratio) };
}

const mixSource = (sampleRateHz: number, frames: number): AudioSource => ({
  id: mixId,
  name: mixId,
  ext: 'wav',
  channels: 2,
  frames,
  originalSampleRateHz: sampleRateHz,
  originalFrames: frames,
  format: '',
  bytes: 0,
  truncated: false,
});

/** Numbers in groups that begin with a frame. */
const scaled = (numbers: readonly number[], group: number, ratio: number): number[] =>
  numbers.map((value, place) => (place % group === 0 ? Math.round(value * ratio) : value));
